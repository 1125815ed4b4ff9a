"""Where each site of a running practice world is reached; a different secret stands in each address."""

import secrets
from dataclasses import dataclass
from typing import Any

from wizard.simulator.world.cast import APP_IDS, PAGE_ID, PAGE_NAME, PEOPLE
from wizard.simulator.world.world import SimulatedWorld

SITES = ("graph", "facebook", "business", "developers", "platform", "platform_api", "livechat", "messenger", "control")


@dataclass(frozen=True, slots=True)
class Addresses:
    """root: http://127.0.0.1:PORT. paths: site -> "/SECRET-site"."""

    root: str
    paths: dict[str, str]

    def url(self, site: str) -> str:
        return self.root + self.paths[site]


def new_addresses(port: int) -> Addresses:
    return Addresses(f"http://127.0.0.1:{port}", {site: f"/{secrets.token_hex(12)}-{site}" for site in SITES})


def start_object(world: SimulatedWorld, addresses: Addresses) -> dict[str, Any]:
    """Return what the first line on standard output says; all of it stays over a change of scenario."""
    return {
        **{f"{site}_url": addresses.url(site) for site in SITES},
        "page": {"id": PAGE_ID, "name": PAGE_NAME},
        "apps": {role: {"id": app_id, "name": world.app_name(app_id)} for role, app_id in APP_IDS.items()},
        "tokens": {**world.cast.texts, "paste": pasted_token(world)},
        "platform_api_key": world.platform_key,
        "psids": {key: psid for key, (psid, _) in PEOPLE.items()},
    }


def pasted_token(world: SimulatedWorld) -> str:
    """Return what the owner pastes in the scenario now loaded: a token by its name, or the text itself."""
    paste = world.scenario.owner.paste
    return world.cast.texts.get(paste, paste)
