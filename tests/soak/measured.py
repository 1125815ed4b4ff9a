"""The terminal program, which at its end says on standard error how much memory it had at most: `memory: 41.5 MB`."""

import re
import sys
from pathlib import Path

from wizard.cli import run_command_line
from wizard.i18n import language

KILOBYTE = 1024.0


def most_memory() -> float:
    """Return MB. Not from getrusage: there a child begins with what its parent had (Linux, exec)."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    if found is None:
        raise OSError("this system does not tell the most memory of a process")
    return int(found[1]) / KILOBYTE


if __name__ == "__main__":
    language.use(None)
    code = run_command_line()
    print(f"memory: {most_memory():.1f} MB", file=sys.stderr)
    sys.exit(code)
