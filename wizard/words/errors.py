"""A failure in words: what happened, what to do next, details to copy. The sentences are in `resources/errors.toml`."""

import math
from dataclasses import dataclass
from datetime import UTC, datetime

from wizard.core.clock import known_moment
from wizard.core.errors import ErrorKind, Failure
from wizard.core.explain.error_rules import entry_for
from wizard.i18n.language import _, ngettext
from wizard.i18n.texts import translate


@dataclass(frozen=True, slots=True)
class Explanation:
    """title: what happened; action: the one next thing to do; who: owner, developer, facebook or wait, decides no text.

    link_template: for `World.link`, "" without one. details: lines to copy, without secrets. facebook_says: Facebook's
    own text for people, in their language, "" if it gave none; show it beside ours.
    """

    title: str
    action: str
    who: str
    link_template: str = ""
    details: tuple[str, ...] = ()
    facebook_says: str = ""


# Where Facebook gave no number, the text of these is ours: names of files, or what came instead.
_OURS = frozenset({ErrorKind.LOG_IN_FILE_MISSING, ErrorKind.OTHER_APPS_TOKEN, ErrorKind.PAGE_ACCESS_LOST})


def explain(failure: Failure, at: float | None = None) -> Explanation:
    """Say a failure in the current language. at: Unix seconds of the call, None if not known."""
    entry = entry_for(failure)
    action = translate(entry.action, entry.translations)
    if 0 < failure.wait < math.inf:
        minutes = math.ceil(failure.wait / 60)
        asked = ngettext("Facebook asks to wait {count} minute.", "Facebook asks to wait {count} minutes.", minutes)
        action = f"{asked.format(count=minutes)} {action}"
    title = translate(entry.title, entry.translations)
    return Explanation(title, action, entry.who, entry.link, details(failure, at), failure.user_message)


def details(failure: Failure, at: float | None = None) -> tuple[str, ...]:
    """Return lines that tell support all there is: call, kind, numbers, trace id, time, Facebook's own text."""
    is_ours = failure.kind in _OURS and failure.code is None
    lines = [
        (_("Call: {value}"), failure.call),
        (_("Kind: {value}"), failure.kind.value),
        (_("Code: {value}"), _numbers(failure)),
        (_("HTTP status: {value}"), str(failure.http_status or "")),
        (_("Trace ID: {value}"), failure.trace_id),
        (_("Time: {value}"), _moment(at)),
        (_("Noted: {value}") if is_ours else _("Facebook’s text: {value}"), failure.message),
    ]
    return tuple(line.format(value=value) for line, value in lines if value)


def in_facebooks_words(title: str, message: str) -> str:
    """Return Facebook's own title and text for people as one text, "" where it gave none."""
    title, message = title.strip(), message.strip()
    if not (title and message) or message.startswith(title):
        return message or title
    return f"{title}{'' if title[-1] in '.!?:…' else ':'} {message}"


def _numbers(failure: Failure) -> str:
    return "/".join(str(number) for number in (failure.code, failure.subcode) if number is not None)


def _moment(at: float | None) -> str:
    """A time that reads the same everywhere: the details go to other people."""
    known = None if at is None else known_moment(at)
    return "" if known is None else datetime.fromtimestamp(known, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
