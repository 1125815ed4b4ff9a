"""The command `simulator`. It runs the files that lie inside this package, whatever else is installed."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main() -> int:
    """Run the world and return the exit code."""
    packed = HERE / "inside"
    sys.path.insert(0, str(packed if packed.is_dir() else HERE.parents[2]))  # else this is the project's source tree
    from wizard.simulator.__main__ import main as run

    return run()


if __name__ == "__main__":
    sys.exit(main())
