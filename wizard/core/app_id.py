"""Is this text the App ID that belongs into the bot's settings? Checked before it is written anywhere."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from wizard.core.facts import App
from wizard.core.known_apps import instagram_inbox, is_meta_ai, misprints, page_inbox

SHORTEST, LONGEST = 5, 20  # digits; today's have 15 to 17
PATTERN = rf"[0-9]{{{SHORTEST},{LONGEST}}}"  # of a regular expression


class AppIdTrouble(StrEnum):
    EMPTY = "empty"
    NOT_DIGITS = "not_digits"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    IS_PAGE = "is_page"
    IS_INSTAGRAM_INBOX = "is_instagram_inbox"
    IS_META_AI = "is_meta_ai"
    NEAR_MISS = "near_miss"
    SAME_AS_OTHER = "same_as_other"


class Slip(StrEnum):
    """How a near miss differs from the ID that was probably meant."""

    MISSING = "missing"  # one digit is missing
    EXTRA = "extra"
    CHANGED = "changed"
    SWAPPED = "swapped"  # two neighbours changed places
    MISPRINT = "misprint"  # known from a public text


@dataclass(frozen=True, slots=True)
class AppIdProblem:
    """trouble, and what it needs to be said: odd: the characters that are no digits, each once; meant: the app that
    was probably meant; slip: how its ID differs; digits: how many there are."""

    trouble: AppIdTrouble
    odd: str = ""
    digits: int = 0
    meant: App | None = None
    slip: Slip | None = None


def clean_app_id(pasted: str) -> str:
    """Return the digits of a pasted App ID: without quotes, spaces, dashes, a label such as "App ID:", other digits
    (full-width, Arabic) turned into 0-9. What is no part of a number stays, to be named."""
    text = unicodedata.normalize("NFKC", pasted)
    text = "".join(
        str(unicodedata.decimal(character)) if unicodedata.category(character) == "Nd" else character
        for character in text
        if unicodedata.category(character) not in ("Cf", "Cc") or character in "\t\r\n"
    )
    text = text.strip().lstrip("\"'([").lstrip()  # not in the pattern: there many spaces would be tried in many ways
    text = re.sub(r"^app(?:lication)?[\s_-]*id\b\s*[\"']?\s*[:=#]?\s*", "", text, flags=re.IGNORECASE)
    text = text.strip(" \t\r\n\"'`“”„‘’()[]<>#,;.:")  # noqa: RUF001 - quotes that texts come in
    if re.fullmatch(r"[\d\s\-‐‑‒–—_.,']+", text):  # noqa: RUF001 - the dashes that texts group digits with
        return re.sub(r"\D", "", text)
    return text


def check_app_id(
    text: str, *, page_id: str = "", bot_id: str = "", live_chat_id: str = "", known: Sequence[App] = ()
) -> AppIdProblem | None:
    """Return what is wrong with a typed App ID, None if nothing is known against it.

    text: as `clean_app_id` returns it. bot_id, live_chat_id: IDs it must differ from; give only those that are not the
    one being typed. known: apps of this Page; the built-in ones are added. An exact known ID is never a near miss.
    """
    if not text:
        return AppIdProblem(AppIdTrouble.EMPTY)
    if not (text.isascii() and text.isdigit()):
        return AppIdProblem(AppIdTrouble.NOT_DIGITS, odd=_odd(text))
    if page_id and text == page_id:
        return AppIdProblem(AppIdTrouble.IS_PAGE)
    if text == instagram_inbox().id:
        return AppIdProblem(AppIdTrouble.IS_INSTAGRAM_INBOX, meant=page_inbox())
    if is_meta_ai(text):
        return AppIdProblem(AppIdTrouble.IS_META_AI)
    if text in (bot_id, live_chat_id):
        return AppIdProblem(AppIdTrouble.SAME_AS_OTHER)
    if near := _near_miss(text, (*known, page_inbox())):
        return near
    if len(text) < SHORTEST:
        return AppIdProblem(AppIdTrouble.TOO_SHORT, digits=len(text))
    if len(text) > LONGEST:
        return AppIdProblem(AppIdTrouble.TOO_LONG, digits=len(text))
    return None


def _near_miss(text: str, known: Sequence[App]) -> AppIdProblem | None:
    if any(app.id == text for app in known):
        return None
    by_id = {app.id: app for app in known}
    for misprint in misprints():
        if misprint.id == text and misprint.meant in by_id:
            return AppIdProblem(AppIdTrouble.NEAR_MISS, meant=by_id[misprint.meant], slip=Slip.MISPRINT)
    for app in known:
        # Short IDs lie close to each other by chance; App IDs of today do not.
        if len(app.id) >= 10 and (slip := _slip(text, app.id)):
            return AppIdProblem(AppIdTrouble.NEAR_MISS, digits=len(text), meant=app, slip=slip)
    return None


def _slip(typed: str, meant: str) -> Slip | None:
    if len(typed) + 1 == len(meant) and _is_one_left_out(typed, meant):
        return Slip.MISSING
    if len(typed) == len(meant) + 1 and _is_one_left_out(meant, typed):
        return Slip.EXTRA
    if len(typed) != len(meant):
        return None
    places = [at for at, (left, right) in enumerate(zip(typed, meant, strict=True)) if left != right]
    if len(places) == 1:
        return Slip.CHANGED
    if len(places) == 2 and places[1] == places[0] + 1:
        first, second = places
        if typed[first] == meant[second] and typed[second] == meant[first]:
            return Slip.SWAPPED
    return None


def _is_one_left_out(shorter: str, longer: str) -> bool:
    return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))


def _odd(text: str) -> str:
    return "".join(dict.fromkeys(character for character in text if not (character.isascii() and character.isdigit())))
