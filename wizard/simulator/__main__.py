"""`python -m wizard.simulator`: a practice world without the rest of the program."""

import argparse
import sys

from wizard.simulator.command import run


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m wizard.simulator", description="Run a practice world.")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--scenario", default="happy-routing")
    parser.add_argument("--until-stdin-closes", action="store_true")
    options = parser.parse_args()
    return run(options.port, options.scenario, options.until_stdin_closes)


if __name__ == "__main__":
    sys.exit(main())
