"""Apps of Facebook whose IDs are fixed, and IDs that are known to be misprints: `resources/apps.toml`."""

from dataclasses import dataclass

from wizard.core.facts import App, Origin
from wizard.core.resource import load_toml

_FILE = "apps.toml"


@dataclass(frozen=True, slots=True)
class Misprint:
    """An ID that stands in public texts and belongs to no app. meant: the ID that was meant."""

    id: str
    meant: str


def page_inbox() -> App:
    """Return the Page Inbox, where staff answer in Business Suite: an app like any other for handing over."""
    return _app("page_inbox")


def instagram_inbox() -> App:
    """Return the inbox for Instagram: never right for Messenger, and easily mistaken for the Page Inbox."""
    return _app("instagram_inbox")


def misprints() -> tuple[Misprint, ...]:
    return tuple(Misprint(raw["id"], raw["meant"]) for raw in load_toml(_FILE)["misprint"])


def _app(key: str) -> App:
    raw = load_toml(_FILE)["app"][key]
    return App(raw["id"], raw["name"], Origin.BUILT_IN)
