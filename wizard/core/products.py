"""Bots and live chats by the names that their owners know: `resources/products.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from wizard.core.resource import load_toml

if TYPE_CHECKING:
    from datetime import date

    from wizard.core.facts import App

_FILE = "products.toml"
# What a person may say in place of a product of the list.
OTHER = "other"  # not in the list
UNKNOWN = "unknown"  # they do not know
OWN = "own"  # a developer made it for them
# Presets for whoever has none of the others.
ELSEWHERE = "other-platform"  # of a bot whose settings nobody has described
DEVELOPER = "developer"  # somebody else puts it there


@dataclass(frozen=True, slots=True)
class Product:
    """What the person said they use. id: of a preset, of the list, or OTHER, UNKNOWN, OWN. name: to be said in
    sentences, "" where none is known."""

    id: str
    name: str = ""


class KnownProduct(NamedTuple):
    """One of the list. text: a sentence about it, where: the place where its App ID stands; both in English, "" for
    none. app_id: "" where no public page states it. seen, source: when and where it was read."""

    product: Product
    text: str
    where: str
    app_id: str
    seen: "date"
    source: str

    @property
    def app(self) -> "App | None":
        """Its app on Facebook, None where its App ID is not public."""
        from wizard.core.facts import App, Origin  # the first page does without
        from wizard.core.known_apps import page_inbox

        if not self.app_id:
            return None
        inbox = page_inbox()
        return inbox if self.app_id == inbox.id else App(self.app_id, self.product.name, Origin.TYPED)


def bots_without_preset() -> tuple[KnownProduct, ...]:
    """Bots that are known by name, and of whose settings no public page tells a field for the App ID."""
    return tuple(_known(raw) for raw in load_toml(_FILE)["bot"])


def live_chats(is_practice: bool) -> tuple[KnownProduct, ...]:
    """is_practice: with those that are there in the practice world alone."""
    found = load_toml(_FILE)["live_chat"]
    return tuple(_known(raw) for raw in found if is_practice or not raw.get("practice"))


def live_chat(product: Product | None) -> KnownProduct | None:
    """What is known of a product, None where it is not in the list."""
    found = load_toml(_FILE)["live_chat"]
    return next((_known(raw) for raw in found if product == Product(raw["id"], raw["name"])), None)


def _known(raw: Mapping[str, Any]) -> KnownProduct:
    text, where, app_id = (raw.get(name, "") for name in ("text", "action", "app_id"))
    return KnownProduct(Product(raw["id"], raw["name"]), text, where, app_id, raw["date"], raw["source"])
