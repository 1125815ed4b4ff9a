"""The browser that the desktop opens links with: Chromium without a window, started by the first link.

Run as a program with a folder and an address; each further link becomes a tab of the Chromium that runs already."""

import os
import sys
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import quote

CHROMIUM = "/usr/bin/chromium"
_OPTIONS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-port=0",  # a free one, written to DevToolsActivePort
)
PORT_FILE, PID_FILE, SURROUNDINGS_FILE = "DevToolsActivePort", "pid", "environ"


def open_link(folder: Path, address: str) -> None:
    """Show an address. folder: the browser's profile."""
    port_file = folder / PORT_FILE
    if port_file.exists():
        port = port_file.read_text().split()[0]
        # quote: DevTools takes all behind "?" as the address
        request = urllib.request.Request(f"http://127.0.0.1:{port}/json/new?{quote(address, safe='')}", method="PUT")
        try:
            urllib.request.urlopen(request, timeout=10).close()
        except urllib.error.URLError as error:
            sys.exit(f"the browser does not answer: {error}")
        return
    folder.mkdir(parents=True, exist_ok=True)
    (folder / PID_FILE).write_text(str(os.getpid()))
    (folder / SURROUNDINGS_FILE).write_bytes(Path("/proc/self/environ").read_bytes())
    log = os.open(folder / "browser.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.execv(CHROMIUM, [CHROMIUM, *_OPTIONS, f"--user-data-dir={folder}", address])


if __name__ == "__main__":
    open_link(Path(sys.argv[1]), sys.argv[2])
