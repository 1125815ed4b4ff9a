"""The way to each setting on Facebook, and messages for those who can do it instead.

From `resources/ui_paths.toml`, and what was imported over it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wizard.core import catalogues
from wizard.core.catalogues import CatalogueKind
from wizard.core.facts import App, Page
from wizard.core.pictures import Picture, draw, is_english, site_of
from wizard.core.world import World
from wizard.i18n.language import _
from wizard.i18n.lists import listed
from wizard.i18n.texts import Translations, translate
from wizard.words.moments import of_date

ROUTING, BUSINESS_SUITE, LEGACY, OLDEST = "routing", "business_suite", "legacy", "oldest"
GET_TOKEN, LOG_IN, OWN_APP, META_AI, APP_LIST = "get_token", "log_in", "own_app", "meta_ai_off", "app_list"
_FRESH_DAYS = 365
PERMISSIONS = ("pages_show_list", "pages_manage_metadata", "pages_messaging", "pages_read_engagement")


@dataclass(frozen=True, slots=True)
class Names:
    """What the sentences call the Page and the apps."""

    page: str
    bot: str
    live_chat: str


@dataclass(frozen=True, slots=True)
class SettingPath:
    """One way to a setting, in sentences. generation: which form of the settings it belongs to; unique in a setting.

    link: as `World.link` takes it, "" where none is known. as_of, source: when and where it was seen. documented: by
    Meta itself, else reported by somebody. pictures: of each step, None where there is none.
    """

    generation: str
    title: str
    steps: tuple[str, ...]
    link: str
    as_of: date
    source: str
    documented: bool
    pictures: tuple[Picture | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing to set on Facebook. why: one sentence. cannot_be_read: no program sees it, only the test shows it."""

    id: str
    title: str
    why: str
    cannot_be_read: bool
    paths: tuple[SettingPath, ...]


def names_of(page: Page, bot: App | None, live_chat: App | None) -> Names:
    """Return the names to show: an app without one is called by its App ID, one not chosen by what it does."""
    return Names(
        # Translators: stands in sentences where else a name would: no case ending or article that depends on it
        page.name or _("your Page"),
        # Translators: stands in sentences where else a name would: no case ending or article that depends on it
        _app_name(bot) or _("your bot"),
        # Translators: stands in sentences where else a name would: no case ending or article that depends on it
        _app_name(live_chat) or _("your live chat"),
    )


def setting_ids() -> tuple[str, ...]:
    """Return the settings of "Who answers first" in the order to go through them; others are no part of it."""
    return tuple(data["id"] for data in _settings() if data.get("is_role", True))


def setting(setting_id: str, names: Names, first: str = ROUTING) -> Setting:
    """Return a setting in words. first: the generation of paths that fits this Page; it comes first, if there is one.

    Raises KeyError for an unknown setting."""
    data = next((data for data in _settings() if data["id"] == setting_id), None)
    if data is None:
        raise KeyError(setting_id)
    own = data.get("translations")
    found = tuple(_path(path, names, own) for path in data["path"])
    fitting = [path for path in found if path.generation == first]
    return Setting(
        id=setting_id,
        title=_filled(data["title"], names, own),
        why=_filled(data["text"], names, own),
        cannot_be_read=data["cannot_be_read"],
        paths=(*fitting, *(path for path in found if path not in fitting)),
    )


def paths(setting_id: str, names: Names, first: str = ROUTING) -> tuple[SettingPath, ...]:
    """Return all known paths to a setting, the one to try first at the front."""
    return setting(setting_id, names, first).paths


def seen_when(path: SettingPath, today: date) -> str:
    """Where a way leads, and how old it is: after a year nobody knows whether it still looks so."""
    seen = _("{place}, as Facebook describes it ({date})") if path.documented else _("{place}, as seen on {date}")
    if (today - path.as_of).days > _FRESH_DAYS:
        seen = _("{place}, as it was on {date}. It may look different today.")
    return seen.format(place=path.title, date=of_date(path.as_of))


def message_for_someone_else(
    page: Page, bot: App, live_chat: App, settings: Sequence[str], first: str = ROUTING
) -> str:
    """Return a text to send to whoever may change the Page's settings: Page, apps with their IDs, each setting with its
    path and its link on the real Facebook. settings: ids, in the order to do them."""
    names = names_of(page, bot, live_chat)
    parts = [
        _("Hello! Please change some settings of our Facebook Page, so that our bot and our live chat work together."),
        "\n".join(
            (
                _("Page: {name} (ID {id})").format(name=names.page, id=page.id),
                _("Answers first: {name} (App ID {id})").format(name=names.bot, id=bot.id),
                _("Takes over: {name} (App ID {id})").format(name=names.live_chat, id=live_chat.id),
            )
        ),
    ]
    for number, setting_id in enumerate(settings, start=1):
        wanted = setting(setting_id, names, first)
        parts.append("\n".join((f"{number}. {wanted.title}", wanted.why, *_way(wanted.paths[0]))))
    parts.append(_("If something looks different for you, tell me what you see. Thank you!"))
    return "\n\n".join(parts)


def way_lines(path: SettingPath | None) -> list[str]:
    """The numbered steps to a setting, then the link in life and when this was seen; empty for None."""
    if path is None:
        return []
    steps = [f"{number}. {step}" for number, step in enumerate(path.steps, start=1)]
    seen = _("(as of {date})").format(date=of_date(path.as_of))
    return [*steps, f"{World().link(path.link)} {seen}" if path.link else seen]


def _way(path: SettingPath) -> list[str]:
    """Return the steps as lines, with the link of life."""
    lines = [f"   - {step}" for step in path.steps]
    return [*lines, f"   {World().link(path.link)}"] if path.link else lines


def _settings() -> list[dict[str, Any]]:
    return catalogues.entries(CatalogueKind.UI_PATHS, catalogues.imported(CatalogueKind.UI_PATHS))


def _path(data: dict[str, Any], names: Names, own: Translations | None) -> SettingPath:
    title = translate(data["title"], own)
    steps = tuple(_filled(step, names, own) for step in data["steps"])
    site = site_of(data["link"], title)
    return SettingPath(
        generation=data["generation"],
        title=title,
        steps=steps,
        link=data["link"],
        as_of=data["date"],
        source=data["source"],
        documented=data["mark"] == "documented",
        pictures=draw(
            data.get("pictures", ()),
            data["steps"],
            steps,
            site,
            data["date"],
            lambda label: _labels(label, names),
            is_english(data["link"]),
        ),
    )


def _labels(label: str, names: Names) -> tuple[str, ...]:
    """The words of a place stay as they are: Facebook does not use our translations."""
    if label == "{permissions}":
        return PERMISSIONS
    return (label.format(page=names.page, bot=names.bot, live_chat=names.live_chat, permissions=""),)


def _filled(sentence: str, names: Names, own: Translations | None) -> str:
    return translate(sentence, own).format(
        page=names.page, bot=names.bot, live_chat=names.live_chat, permissions=listed(PERMISSIONS)
    )


def _app_name(app: App | None) -> str:
    if app is None:
        return ""
    return app.name or _("App {id}").format(id=app.id)
