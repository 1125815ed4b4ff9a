"""The person's browser: links reach it through the desktop, and Selenium does in it what the person would do."""

import contextlib
import os
import shlex
import signal
import sqlite3
import sys
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import Select, WebDriverWait

from tests.e2e.opened_browser import PID_FILE, PORT_FILE, SURROUNDINGS_FILE
from tests.waiting import wait_until

_DRIVER = "/usr/bin/chromedriver"
_SECONDS = 30.0


class Browser:
    """One browser profile, not running until a link is opened. profile: its folder."""

    def __init__(self, profile: Path) -> None:
        self._profile = profile
        self._driver: webdriver.Chrome | None = None
        self.actions: list[str] = []  # what a person does in it

    def become_default(self, config_home: Path, data_home: Path) -> None:
        """Tell the desktop of these folders to open links with this browser."""
        program = Path(__file__).with_name("opened_browser.py")
        command = shlex.join([sys.executable, str(program), str(self._profile)])
        applications = data_home / "applications"
        applications.mkdir(parents=True, exist_ok=True)
        (applications / "test-browser.desktop").write_text(
            f"[Desktop Entry]\nType=Application\nName=Browser of the test\nExec={command} %u\nNoDisplay=true\n"
            "MimeType=x-scheme-handler/http;x-scheme-handler/https;\n"
        )
        config_home.mkdir(parents=True, exist_ok=True)
        (config_home / "mimeapps.list").write_text(
            "[Default Applications]\nx-scheme-handler/http=test-browser.desktop\n"
            "x-scheme-handler/https=test-browser.desktop\n"
        )

    def see(self, address_start: str, element_id: str) -> None:
        """Turn to the newest tab at an address that starts so, once it shows an element."""

        def is_there() -> bool:
            driver = self._attached()
            for handle in reversed(driver.window_handles):
                driver.switch_to.window(handle)
                if driver.current_url.startswith(address_start) and driver.find_elements(By.ID, element_id):
                    return True
            return False

        wait_until(is_there, f"a tab at {address_start} with “{element_id}”")

    def visit(self, address: str) -> None:
        """Open a tab by hand."""
        self._attached().switch_to.new_window("tab")
        self._attached().get(address)

    def choose(self, select_id: str, value: str) -> None:
        self.actions.append(f"choose {select_id}")
        Select(self._element(select_id)).select_by_value(value)

    def tick(self, box_id: str) -> None:
        box = self._element(box_id)
        if not box.is_selected():
            self.actions.append(f"tick {box_id}")
            box.click()

    def write(self, field_id: str, text: str) -> None:
        """Put a text in place of what stands in a field."""
        self.actions.append(f"write {field_id}")
        field = self._element(field_id)
        field.clear()
        field.send_keys(text)

    def press(self, element_id: str) -> None:
        self.actions.append(f"press {element_id}")
        self._element(element_id).click()

    def text_of(self, element_id: str) -> str:
        element = self._element(element_id)
        return element.get_attribute("value") or element.text

    def wait_for_text(self, element_id: str, words: str) -> None:
        wait_until(lambda: words in self._element(element_id).text, f"“{words}” in “{element_id}”")

    def wait_for_words(self, words: str) -> None:
        """Somewhere on the page that is shown."""
        wait_until(lambda: words in self._attached().find_element(By.TAG_NAME, "body").text, f"“{words}”")

    def history(self) -> list[tuple[str, str]]:
        """Addresses and titles of all pages that this browser remembers, once it has ended."""
        (database,) = self._profile.rglob("History")
        with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as opened:
            return list(opened.execute("SELECT url, title FROM urls"))

    def surroundings(self) -> dict[str, str]:
        """The variables that the program's link gave to the browser."""
        content = (self._profile / SURROUNDINGS_FILE).read_bytes().decode()
        return dict(line.split("=", 1) for line in content.split("\0") if "=" in line)

    def close(self) -> None:
        """End the browser, if a link ever started it."""
        if self._driver is not None:
            self._driver.service.stop()
        pid_file = self._profile / PID_FILE
        if not pid_file.exists():
            return
        pid = int(pid_file.read_text())
        try:
            os.kill(pid, signal.SIGTERM)
        except ProcessLookupError:
            return
        wait_until(lambda: not _is_running(pid), "the end of the browser")

    def _attached(self) -> webdriver.Chrome:
        if self._driver is None:
            port_file = self._profile / PORT_FILE
            wait_until(
                lambda: port_file.exists() and port_file.read_text().strip(), "a browser that a link has started"
            )
            options = webdriver.ChromeOptions()
            options.debugger_address = f"127.0.0.1:{port_file.read_text().split()[0]}"
            self._driver = webdriver.Chrome(options=options, service=Service(_DRIVER))
        return self._driver

    def _element(self, element_id: str) -> WebElement:
        driver = self._attached()
        return WebDriverWait(driver, _SECONDS).until(
            lambda shown: shown.find_element(By.ID, element_id), f"no “{element_id}” at {driver.current_url}"
        )


def _is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
