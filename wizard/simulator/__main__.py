"""`python -m wizard.simulator`, and `simulator` where it is installed by itself: a practice world and nothing else."""

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from wizard.simulator.command import Wanted, run
from wizard.simulator.graph.played import openapi, table
from wizard.simulator.world.clock import FIRST, LAST


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="simulator",
        description="A stand-in for Facebook Messenger on this computer. The first line it prints is one JSON object "
        "with every address, token, App ID and app secret.",
    )
    add = parser.add_argument
    add("--port", type=_port, default=0, help="0, which is the default, takes a free one")
    begins_with = parser.add_mutually_exclusive_group()
    begins_with.add_argument("--scenario", metavar="NAME", default="happy-routing", help="how the world starts")
    begins_with.add_argument("--seed", metavar="FILE", type=Path, help="a scenario of your own, as a TOML file")
    begins_with.add_argument("--snapshot", metavar="FILE", type=Path, help="a world that was kept: GET /snapshot")
    add("--id-seed", metavar="N", type=int, help="the same number gives the same tokens, secrets and IDs each time")
    add("--clock", metavar="TIME", type=_moment, help="the time in the world at its start, as 2026-11-29T09:00:00Z")
    add("--plain-addresses", action="store_true", help="/graph, /control and so on, without a secret in front")
    add("--listen", metavar="ADDRESS", default="127.0.0.1", help="of this machine; 0.0.0.0 in a container")
    add(
        "--allow-host",
        metavar="HOST",
        action="append",
        default=[],
        help="a name beside 127.0.0.1 by which this world may be called, and where a callback may be",
    )
    add(
        "--webhook",
        metavar="APP=URL",
        type=_webhook,
        action="append",
        default=[],
        help="where an app gets its web hooks: primary (the bot), secondary (the live chat), third, or an App ID",
    )
    add("--verify-token", metavar="TEXT", default="simulator", help="of all callbacks; 'simulator' unless told")
    add("--calls", action="store_true", help="print what is played of the Graph API as a table, and end")
    add("--openapi", action="store_true", help="print the same as OpenAPI 3.1, and end")
    add("--until-stdin-closes", action="store_true", help="end with what started it")
    options = parser.parse_args()
    if options.calls or options.openapi:
        print(table() if options.calls else json.dumps(openapi("http://127.0.0.1:8765/graph"), indent=2))
        return 0
    return run(
        Wanted(
            port=options.port,
            scenario=options.scenario,
            until_stdin_closes=options.until_stdin_closes,
            seed=options.seed,
            snapshot=options.snapshot,
            id_seed=options.id_seed,
            begins_at=options.clock,
            plain_addresses=options.plain_addresses,
            listen=options.listen,
            allowed_hosts=tuple(options.allow_host),
            webhooks=tuple(options.webhook),
            verify_token=options.verify_token,
        )
    )


def _port(text: str) -> int:
    port = int(text) if text.isdecimal() else -1
    if not 0 <= port <= 65_535:
        raise argparse.ArgumentTypeError(f"a port is a number from 0 to 65535, not {text!r}")
    return port


def _webhook(text: str) -> tuple[str, str]:
    app, _, url = text.partition("=")
    if not app or not url:
        raise argparse.ArgumentTypeError(
            f"a web hook is APP=URL, as primary=http://127.0.0.1:5000/webhook, not {text!r}"
        )
    return app, url


def _moment(text: str) -> float:
    """Return Unix seconds; a time without a zone is UTC."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"a time looks like 2026-11-29T09:00:00Z, not {text!r}") from error
    at = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    if not FIRST <= at <= LAST:
        raise argparse.ArgumentTypeError(f"a time is in the years 2000 to 9999, not {text!r}")
    return at


if __name__ == "__main__":
    sys.exit(main())
