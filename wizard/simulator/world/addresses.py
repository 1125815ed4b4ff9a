"""Where each site of a running practice world is reached; a different secret stands in each address."""

import json
from dataclasses import dataclass
from typing import Any

from wizard.simulator.world import ids
from wizard.simulator.world.cast import APP_IDS, INSTAGRAM_ID, INSTAGRAM_TESTER, PAGE_ID, PAGE_NAME, PEOPLE
from wizard.simulator.world.state import ALL_SCOPES
from wizard.simulator.world.world import SimulatedWorld

SITES = (
    *("graph", "facebook", "business", "developers", "relay"),
    *("platform", "platform_api", "livechat", "messenger", "control"),
)

CONFIGURATION = "1204560938517742"  # of Facebook Login for Business


@dataclass(frozen=True, slots=True)
class Addresses:
    """root: http://127.0.0.1:PORT. paths: site -> "/SECRET-site"."""

    root: str
    paths: dict[str, str]

    def url(self, site: str) -> str:
        return self.root + self.paths[site]


def new_addresses(port: int, is_plain: bool = False) -> Addresses:
    """is_plain: without secrets, "/graph" and so on, for those who write addresses into files of their own."""
    if is_plain:
        return Addresses(f"http://127.0.0.1:{port}", {site: f"/{site}" for site in SITES})
    return Addresses(f"http://127.0.0.1:{port}", {site: f"/{ids.digits('address', 12)}-{site}" for site in SITES})


def start_object(world: SimulatedWorld, addresses: Addresses) -> dict[str, Any]:
    """Return what the first line on standard output says; all of it stays over a change of scenario."""
    return {
        **{f"{site}_url": addresses.url(site) for site in SITES},
        "page": {"id": PAGE_ID, "name": PAGE_NAME},
        "apps": {
            role: {"id": app_id, "name": world.app_name(app_id), "secret": world.cast.secrets_of_apps[role]}
            for role, app_id in APP_IDS.items()
        },
        "tokens": {**world.cast.texts, "paste": pasted_token(world)},
        "platform_api_key": world.platform_key,
        "log_in": log_in_file(world, addresses),
        "psids": {key: psid for key, (psid, _) in PEOPLE.items()},
        "instagram": {"id": INSTAGRAM_ID, "tester": INSTAGRAM_TESTER[0]},
    }


def pasted_token(world: SimulatedWorld) -> str:
    """Return what the owner pastes in the scenario now loaded: a token by its name, or the text itself."""
    paste = world.scenario.owner.paste
    return world.cast.texts.get(paste, paste)


def log_in_file(world: SimulatedWorld, addresses: Addresses) -> str:
    """Return the log-in file that the bot's vendor hands out here."""
    bot = APP_IDS["primary"]
    values = {
        "label": world.app_name(bot),
        "app_id": bot,
        "redirect_uri": addresses.url("relay") + "/",
        "client_token": world.cast.client_tokens[bot],
        "bot_app_id": bot,
        "live_chat_app_id": APP_IDS["secondary"],
    }
    lines = [f'{name} = "{value}"' for name, value in values.items()]
    if world.scenario.log_in.kind == "business":
        return "\n".join([*lines, f'config_id = "{CONFIGURATION}"', ""])
    return "\n".join([*lines, f"scopes = {json.dumps(ALL_SCOPES[:-1])}", ""])
