"""Answers and webhook events of Facebook that are no errors: who gave a conversation to whom, who has it, what is set.

They come as errors do, in any dress, so names are looked for. What each tells is said in `resources/replies.toml`.
"""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from wizard.core.explain.error_rules import ADVICE_FIELDS, Advice, advice_fields, entries_with, refuse_unknown
from wizard.core.explain.symptoms import symptoms
from wizard.core.explain.undress import undress
from wizard.core.known_apps import instagram_inbox, page_inbox
from wizard.core.resource import load_toml

FILE = "replies.toml"
NEEDED = ("messages", "messaging_handovers", "standby")
_LONGEST = 20_000  # characters: a longer text is a log
_IS = r"\\{0,15}[\"']?\s*(?:=>|[:=])\s*"
_ID = r"\W{1,9}(?:id\W{1,9})?(\d{5,20})"
_EVENT = re.compile(rf"\b(pass|take|request)_thread_control{_IS}\{{(?P<inside>[^{{}}]{{0,600}})")
_OWNER_IN_EVENT = re.compile(rf"(previous|new|requested)_owner_app_id{_ID}")
_ROLES = re.compile(rf"\bapp_roles{_IS}\{{(?P<inside>[^{{}}]{{0,600}})")
_ROLE = re.compile(r"(\d{5,20})\W{1,9}\[?\W{0,9}(primary|secondary)_receiver")
_STANDBY = re.compile(rf"\bstandby{_IS}\[\s*\{{")
_TIME = re.compile(r"\btimestamp\W{1,9}(\d{13}|\d{10})\b")
_THREAD_OWNER = re.compile(rf"\bthread_owner{_IS}\{{(?P<inside>[^{{}}]{{0,300}})")
_APP_ID = re.compile(rf"\bapp_id{_ID}")
_EMPTY = re.compile(rf"\bdata{_IS}\[\s*\]")
_FIELDS = re.compile(rf"\bsubscribed_fields{_IS}\[(?P<inside>[^\[\]]{{0,2000}})\]")
_NAME = re.compile(rf"\bname{_IS}\\{{0,15}}[\"'](?P<name>[^\"'\\\n]{{1,100}})")
_PAGE = re.compile(rf"\baccess_token{_IS}")
_TASKS = re.compile(rf"\b(?:tasks|perms|category){_IS}")
_SUCCESS = re.compile(rf"\bsuccess{_IS}\\{{0,15}}[\"']?(true|1|false|0)\b", re.IGNORECASE)
_ONLY_SUCCESS = re.compile(r"[^{]*\{[^{}]*\}\W*")
# The same in somebody's words. A call that worked is a whole answer only where nothing follows, such as "but".
_SAID_SUCCESS = re.compile(
    r"\b(?P<call>(?:pass|take|request|release|extend)[_ ]thread[_ ]control)\b"
    r"(?:[^\n]{0,60}?\b(?:success|result|return(?:s|ed|ing)?|gives|gave|answers|answered|says|said|response))?"
    r"\W{1,6}(?:success\W{1,6})?"
    r"(?P<told>true(?=\W*\Z)|false)\b",
    re.IGNORECASE,
)
_VALID = re.compile(rf"\bis_valid{_IS}true\b", re.IGNORECASE)
_SENT = re.compile(
    rf"\brecipient_id{_IS}[^{{}}]{{0,200}}\bmessage_id{_IS}|\bmessage_id{_IS}[^{{}}]{{0,200}}\brecipient_id{_IS}"
)
_REFUSED = re.compile(
    r"\b(?P<call>(?:pass|take|request|release|extend)_thread_control|thread_owner|subscribed_apps|me/messages)\b"
    r"[^\n]{0,200}?(?<![\w.])(?P<status>[45]\d\d)\b(?!\.\d)",
)
_LONGEST_QUESTION = 200
_ASKS_MEANING = re.compile(r"\b(?:what(?:'s|’s| is| are| does| do)|meaning of|explain|define)\s+[\"“']?", re.IGNORECASE)
_CALL = re.compile(r"\b(thread_owner|subscribed_apps|request_thread_control|accounts)\b")


@dataclass(frozen=True, slots=True)
class Reply:
    """What an answer or event tells. line: where it stands, from 1. apps: App IDs by what they do ("new", "previous",
    "app"). lists: words by name ("names", "fields", "missing", "status"). roles: App ID and "primary" or "secondary".
    at: Unix seconds, None if not told."""

    id: str
    line: int = 1
    apps: dict[str, str] = field(default_factory=dict)
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    roles: tuple[tuple[str, str], ...] = ()
    at: float | None = None


@functools.cache
def advice_on_replies() -> dict[str, Advice]:
    """Return what is said of each, by its id. Raises ResourceError for a mistake in the file."""
    data = load_toml(FILE)
    found: dict[str, Advice] = {one.id: one for one in (*symptoms(), *entries_with(None))}
    for number, raw in enumerate(data["reply"], start=1):
        place = f"reply {number} ({raw.get('id', 'no id')})"
        refuse_unknown(raw, ADVICE_FIELDS, FILE, place)
        found[raw["id"]] = Advice(**advice_fields(raw, data, FILE, place))
    return found


def find_replies(text: str) -> tuple[Reply, ...]:
    """Return what is in a text that was blanked, each kind of event with its last one, for that one counts now."""
    if len(text) > _LONGEST:
        return ()
    plain = undress(text)
    found = {(reply.id, *sorted(reply.apps.values())): reply for reply in _events(plain)}
    return tuple(found.values()) or tuple(_answers(plain))


def meaning_of_word(question: str) -> Reply | None:
    """Return the word of the glossary that somebody asks about in English, None where it is not such a question."""
    asked = _ASKS_MEANING.search(question) if len(question) <= _LONGEST_QUESTION else None
    if asked is None:
        return None
    about = " ".join(question[asked.end() :].lower().split())
    known = [entry["title"] for entry in load_toml("help.toml")["glossary"]]
    said = [word for word in known if re.match(rf"(?:an?\s|the\s|my\s|your\s)?{re.escape(word.lower())}s?\b", about)]
    return Reply("what-a-word-means", lists={"word": (max(said, key=len),)}) if said else None


def _events(text: str) -> Iterator[Reply]:
    for event in _EVENT.finditer(text):
        if told := _of_control(event, _line(text, event), _time_near(text, event)):
            yield told
    for event in _ROLES.finditer(text):
        if roles := tuple(_ROLE.findall(event["inside"])):
            yield Reply("event-app-roles", _line(text, event), roles=roles, at=_time_near(text, event))
    if standby := _STANDBY.search(text):
        yield Reply("event-standby", _line(text, standby), at=_time_near(text, standby))


def _of_control(event: re.Match[str], line: int, at: float | None) -> Reply | None:
    owners: dict[str, str] = dict(_OWNER_IN_EVENT.findall(event["inside"]))
    if event[1] == "request":
        asked = owners.get("requested")
        return Reply("event-control-requested", line, {"app": asked}, at=at) if asked else None
    if "new" not in owners:
        return None
    apps = {"new": owners["new"], "previous": owners.get("previous", "")}
    if event[1] == "take" and owners["new"] in (page_inbox().id, instagram_inbox().id):
        return Reply("event-inbox-took-control", line, apps, at=at)
    return Reply("event-control-taken" if event[1] == "take" else "event-control-passed", line, apps, at=at)


def _answers(text: str) -> Iterator[Reply]:
    call = _CALL.search(text)
    if owner := _THREAD_OWNER.search(text):
        app_id = _APP_ID.search(owner["inside"])
        apps = {"app": app_id[1]} if app_id else {}
        yield Reply("reply-owner" if app_id else "reply-owner-unnamed", _line(text, owner), apps)
    elif fields := list(_FIELDS.finditer(text)):
        yield _subscribed(text, fields)
    elif _PAGE.search(text) and (pages := _TASKS.search(text)):
        names = tuple(found["name"] for found in _NAME.finditer(text))
        yield Reply("reply-accounts", _line(text, pages), lists={"names": names})
    elif valid := _VALID.search(text):
        app_id = _APP_ID.search(text)
        yield Reply("reply-token", _line(text, valid), {"app": app_id[1] if app_id else ""})
    elif empty := _EMPTY.search(text):
        kinds = {"thread_owner": "owner-not-shown", "subscribed_apps": "reply-not-subscribed"}
        yield Reply(kinds.get(call[1] if call else "", "reply-empty-list"), _line(text, empty))
    elif sent := _SENT.search(text):
        yield Reply("reply-sent", _line(text, sent))
    elif (success := _SUCCESS.search(text)) and _ONLY_SUCCESS.fullmatch(text):
        yield _done(text, success, success[1], call[1] if call else "")
    elif len(text) <= _LONGEST_QUESTION and (said := _SAID_SUCCESS.search(text)):
        yield _done(text, said, said["told"], said["call"].lower().replace(" ", "_"))
    elif refused := _REFUSED.search(text):
        told: dict[str, tuple[str, ...]] = {"names": (refused["call"],), "status": (refused["status"],)}
        yield Reply("refused-without-body", _line(text, refused), lists=told)


def _done(text: str, found: re.Match[str], success: str, call: str) -> Reply:
    if success.lower() not in ("true", "1"):
        return Reply("not-done", _line(text, found))
    return Reply("request-not-granted" if call == "request_thread_control" else "reply-success", _line(text, found))


def _subscribed(text: str, fields: list[re.Match[str]]) -> Reply:
    listed = re.findall(r"[a-z_]+", " ".join(found["inside"] for found in fields))
    names = tuple(found["name"] for found in _NAME.finditer(text))
    missing = tuple(name for name in NEEDED if name not in listed)
    kind = "reply-subscribed-partly" if missing and len(fields) == 1 else "reply-subscribed"
    return Reply(kind, _line(text, fields[0]), lists={"names": names, "fields": tuple(listed), "missing": missing})


def _line(text: str, found: re.Match[str]) -> int:
    return text.count("\n", 0, found.start()) + 1


def _time_near(text: str, event: re.Match[str]) -> float | None:
    """Return the time of the event: the last one told before it, else one right behind."""
    before = _TIME.findall(text, max(0, event.start() - 600), event.start())
    after = _TIME.search(text, event.end(), event.end() + 200)
    told = before[-1] if before else after[1] if after else ""
    return int(told) / (1_000 if len(told) == 13 else 1) if told else None
