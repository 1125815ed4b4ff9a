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


def meta_ai() -> tuple[App, ...]:
    """Return the apps under which Meta's own AI answers: likely, for Meta lists them nowhere in public."""
    return tuple(App(raw["id"], raw["name"], Origin.BUILT_IN) for raw in load_toml(_FILE)["meta_ai"])


def is_meta_ai(app_id: str) -> bool:
    return any(app.id == app_id for app in meta_ai())


def name_of_fixed(app_id: str) -> str:
    """Return the name of an app of Facebook, "" for any other: better known than what Facebook calls it in public."""
    apps = (page_inbox(), instagram_inbox(), *meta_ai())
    return next((app.name for app in apps if app.id == app_id), "")


def are_swapped_by_name(bot: str, live_chat: str) -> bool:
    """Whether the names of two apps say the opposite of what they were chosen for: a question to ask, no proof."""
    words = load_toml(_FILE)["says"]

    def says(name: str, what: str) -> bool:
        return any(word in name.casefold() for word in words[what])

    return says(live_chat, "bot") and not says(bot, "bot") and not says(live_chat, "live_chat")


def misprints() -> tuple[Misprint, ...]:
    return tuple(Misprint(raw["id"], raw["meant"]) for raw in load_toml(_FILE)["misprint"])


def _app(key: str) -> App:
    raw = load_toml(_FILE)["app"][key]
    return App(raw["id"], raw["name"], Origin.BUILT_IN)
