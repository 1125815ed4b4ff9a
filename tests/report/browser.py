"""A real browser without a window, which opens reports as their readers do and tells what it asked the network for."""

import base64
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.webdriver.chrome.service import Service

_DRIVER = "/usr/bin/chromedriver"
_AXE = Path(sys.prefix) / "axe" / "axe_playwright_python" / "axe.min.js"


class Reader:
    """One browser; open as many files as you like."""

    def __init__(self, driver: webdriver.Chrome) -> None:
        self.driver = driver

    def open(self, address: str, width: int = 1280, height: int = 900, is_dark: bool = False) -> None:
        """Open a page on a screen of that size in CSS pixels. Below 500 it is a phone."""
        self._tell(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 500
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if is_dark else "light"}
        self._tell("Emulation.setEmulatedMedia", media="", features=[scheme])
        self._log("performance")  # empties it
        self.driver.get(address)

    def requests(self) -> list[str]:
        """Addresses that were asked for since the page was opened, that of the page itself included."""
        messages = [json.loads(entry["message"])["message"] for entry in self._log("performance")]
        return [each["params"]["request"]["url"] for each in messages if each["method"] == "Network.requestWillBeSent"]

    def complaints(self) -> list[str]:
        """What the browser wrote to its console: broken rules of the Content-Security-Policy among it."""
        return [entry["message"] for entry in self._log("browser")]

    def violations(self) -> list[str]:
        """What axe finds: rule and element. It runs beside the page, so the page's own rules against scripts stand."""
        if not _AXE.exists():
            raise FileNotFoundError(f"{_AXE} is not there: run `make setup`")
        self._evaluate(_AXE.read_text(encoding="utf-8"))
        found = self._evaluate("axe.run().then(result => JSON.stringify(result))")
        result = json.loads(found)
        assert result["passes"], "axe looked at nothing"
        return [f"{rule['id']}: {node['target']}" for rule in result["violations"] for node in rule["nodes"]]

    def asks(self, script: str) -> Any:
        return self._evaluate(script)

    def picture(self, path: Path) -> None:
        shot = self._tell("Page.captureScreenshot", captureBeyondViewport=True)
        path.write_bytes(base64.b64decode(shot["data"]))

    def on_paper(self) -> bytes:
        """The page as a PDF file, as the print dialog would make it."""
        return base64.b64decode(self._tell("Page.printToPDF", preferCSSPageSize=True)["data"])

    def _log(self, kind: str) -> list[dict[str, Any]]:
        return list(self.driver.execute("getLog", {"type": kind})["value"])

    def _evaluate(self, script: str) -> Any:
        answer = self._tell("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def _tell(self, command: str, **arguments: Any) -> dict[str, Any]:
        return dict(self.driver.execute_cdp_cmd(command, arguments))


@contextmanager
def reader() -> Iterator[Reader]:
    options = webdriver.ChromeOptions()
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(_DRIVER))
    try:
        yield Reader(driver)
    finally:
        driver.quit()
