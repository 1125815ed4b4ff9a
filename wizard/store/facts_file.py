"""Facts files: what was seen of a Page, to be judged again later and elsewhere. No token; people only if asked for."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import msgspec

from wizard.core.answers import Answers
from wizard.core.checked import CheckedPage, SavedFacts
from wizard.core.errors import Failure
from wizard.core.facts import Conversation, Facts, Identity, OwnerReading, Reading, TokenFacts, TokenKind
from wizard.core.redact import redact_tokens
from wizard.core.saved_file import SavedFileError, SavedFileProblem
from wizard.store.facts_validation import validate
from wizard.store.saved import load, save, with_each_text

T = TypeVar("T")
KIND = "handover-facts"
_LONG_NUMBER = re.compile(r"(?<!\d)\d{12,20}(?!\d)")  # IDs of people, Pages and apps have as many digits


def save_facts(path: Path, page: CheckedPage, include_personal_data: bool = False) -> None:
    """Write what was seen of a Page, for this user alone. Names of people are never in it unless they were kept in the
    facts and are asked for. Raises OSError."""
    if include_personal_data:
        answers = replace(page.answers, token_name="")
        kept = _without_tokens(SavedFacts(answers, page.facts, page.at, True, page.not_checked))
    else:
        kept = without_people(page)
    save(path, kept, KIND)


def load_facts(path: Path) -> SavedFacts:
    """Read facts, of this computer or sent by somebody. Raises SavedFileError."""
    kept = load(path, SavedFacts, KIND)
    if place := validate(kept, "$.content"):
        raise SavedFileError(SavedFileProblem.DAMAGED, path, place)
    return kept


def without_people(page: CheckedPage) -> SavedFacts:
    """What was seen with person-1, person-2 in place of PSIDs, without names, without numbers that may be people's,
    without tokens; and of the set-up what the checks need."""
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

    def unless_known(text: str) -> str:
        return _LONG_NUMBER.sub(lambda number: number[0] if number[0] in known else "(ID)", text)

    clean_facts = _with_each_text(hidden, Facts, unless_known)
    why = _with_each_text(page.not_checked, Failure, unless_known) if page.not_checked is not None else None
    return _without_tokens(SavedFacts(_set_up_alone(page.answers), clean_facts, page.at, not_checked=why))


def _without_tokens(kept: SavedFacts) -> SavedFacts:
    """Each value for itself: over the encoded whole it would take what stands around a token as well."""
    return _with_each_text(kept, SavedFacts, redact_tokens)


def _set_up_alone(answers: Answers) -> Answers:
    """What the checks need: no name of a token, no folder or address of the bot, no words of the person."""
    first, *more = (target.without_place() for target in answers.targets) if answers.targets else (None,)
    return replace(answers, token_name="", target=first, more_targets=tuple(more), test_skipped_because="")


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


def _with_each_text(content: T, model: type[T], change: Callable[[str], str]) -> T:
    return msgspec.convert(with_each_text(msgspec.to_builtins(content), change), model)
