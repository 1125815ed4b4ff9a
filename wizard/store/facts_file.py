"""Facts files: what was seen of a Page, to be judged again later and elsewhere. No token; people only if asked for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import msgspec

from wizard.core.answers import Answers
from wizard.core.checked import CheckedPage
from wizard.core.facts import Conversation, Facts, Identity, OwnerReading, Reading, TokenFacts, TokenKind
from wizard.core.token_shape import blank_tokens
from wizard.store.saved import load, save

ENDING = ".facts.json"
KIND = "handover-facts"
_LONG_NUMBER = re.compile(r"(?<!\d)\d{12,20}(?!\d)")  # IDs of people, Pages and apps have as many digits


@dataclass(frozen=True, slots=True)
class SavedFacts:
    """at: Unix seconds by Facebook's clock of what was seen. has_personal_data: PSIDs are real, not person-1."""

    answers: Answers
    facts: Facts
    at: float
    has_personal_data: bool = False


def save_facts(path: Path, page: CheckedPage, include_personal_data: bool = False) -> None:
    """Write what was seen of a Page, for this user alone. Names of people are never in it unless they were kept in the
    facts and are asked for. Raises OSError."""
    content = SavedFacts(
        answers=_set_up_alone(page.answers, include_personal_data),
        facts=page.facts if include_personal_data else without_people(page),
        at=page.at,
        has_personal_data=include_personal_data,
    )
    save(path, _each_text(msgspec.to_builtins(content), blank_tokens), KIND)


def load_facts(path: Path) -> SavedFacts:
    """Read facts, of this computer or sent by somebody. Raises SavedFileError."""
    return load(path, SavedFacts, KIND)


def without_people(page: CheckedPage) -> Facts:
    """The facts with person-1, person-2 in place of PSIDs, without names, and without numbers that may be people's."""
    facts = page.facts
    listed = (facts.conversations.value if facts.conversations else None) or ()
    psids = dict.fromkeys((*(one.psid for one in listed), *(reading.psid for reading in facts.owners)))
    people = {psid: f"person-{number}" for number, psid in enumerate((psid for psid in psids if psid), start=1)}
    conversations = facts.conversations
    if conversations is not None and conversations.value is not None:
        nobody = tuple(_nobody(one, people, number) for number, one in enumerate(listed, start=1))
        conversations = replace(conversations, value=nobody)
    hidden = replace(
        facts,
        token=_token(facts.token),
        second_token=_token(facts.second_token),
        conversations=conversations,
        owners=tuple(_reading(reading, people) for reading in facts.owners),
    )
    known = _known_ids(page)
    built: Any = msgspec.to_builtins(hidden)
    cleaned = _each_text(built, lambda text: _LONG_NUMBER.sub(lambda id_: id_[0] if id_[0] in known else "(ID)", text))
    return msgspec.convert(cleaned, Facts)


def _set_up_alone(answers: Answers, include_personal_data: bool) -> Answers:
    """What the checks need: no name of a token, no folder of this computer, no words of the person."""
    if include_personal_data:
        return replace(answers, token_name="")
    target = replace(answers.target, path="") if answers.target is not None else None
    return replace(answers, token_name="", target=target, test_skipped_because="")


def _known_ids(page: CheckedPage) -> frozenset[str]:
    """IDs of the Page and of apps: nobody's."""
    facts, answers = page.facts, page.answers
    tokens = [token for token in (facts.token, facts.second_token) if token is not None]
    apps = [answers.bot, answers.live_chat, answers.token_app]
    apps += [reading.value for token in tokens for reading in (token.app, token.subscription) if reading is not None]
    apps += [app for token in tokens for app in (token.receivers.value if token.receivers else None) or ()]
    pages = [token.identity.value.id for token in tokens if token.identity.value and not _is_persons(token)]
    seen = (reading.app_id for reading in facts.owners)
    return frozenset(
        (answers.page_id, *pages, *(app.id for app in apps if app), *(app_id for app_id, _ in facts.app_names), *seen)
    )


def _nobody(conversation: Conversation, people: Mapping[str, str], number: int) -> Conversation:
    return replace(conversation, id=f"conversation-{number}", psid=people.get(conversation.psid, ""), person_name="")


def _reading(reading: OwnerReading, people: Mapping[str, str]) -> OwnerReading:
    return replace(reading, psid=people.get(reading.psid, ""))


def _is_persons(token: TokenFacts) -> bool:
    identity = token.identity.value
    return identity is not None and identity.kind in (TokenKind.USER, TokenKind.SYSTEM_USER)


def _token(token: TokenFacts | None) -> TokenFacts | None:
    if token is None or token.identity.value is None or not _is_persons(token):
        return token
    nobody: Reading[Identity] = replace(token.identity, value=Identity(token.identity.value.kind))
    return replace(token, identity=nobody)


def _each_text(value: Any, change: Any) -> Any:
    """The same JSON values with every text changed; names of members stay."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {name: _each_text(one, change) for name, one in value.items()}
    return [_each_text(one, change) for one in value] if isinstance(value, (list, tuple)) else value
