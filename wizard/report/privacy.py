"""What a report may show: no token ever, and of people only numbers unless their data was asked for."""

import re
from collections.abc import Callable, Iterator

from wizard.core.checked import CheckedPage
from wizard.core.facts import Facts, Identity, TokenKind
from wizard.core.redact import printable

Clean = Callable[[str], str]
_PEOPLE = (TokenKind.USER, TokenKind.SYSTEM_USER)


def cleaner(page: CheckedPage, include_personal_data: bool) -> Clean:
    """Return a function that makes a text of this Page fit to show.

    Tokens, secrets and proofs are taken out. Without include_personal_data the IDs and names of people that were seen
    become "person-1", "person-2"; the numbers are those of `people`."""
    hidden = {} if include_personal_data else stand_ins(page)
    if not hidden:
        return printable
    longest_first = sorted(hidden, key=len, reverse=True)
    anyone = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")
    return lambda text: anyone.sub(lambda found: hidden[found.group()], printable(text))


def people(facts: Facts) -> tuple[str, ...]:
    """The PSIDs this run saw, in the order of their conversations: the first one is person 1."""
    listed = facts.conversations.value if facts.conversations and facts.conversations.value else ()
    psids = [*(conversation.psid for conversation in listed), *(reading.psid for reading in facts.owners)]
    return tuple(dict.fromkeys(psid for psid in psids if psid))


def stand_ins(page: CheckedPage) -> dict[str, str]:
    """IDs and names of people, each with what stands in its place."""
    facts = page.facts
    known = {psid: f"person-{number}" for number, psid in enumerate(people(facts), start=1)}
    listed = facts.conversations.value if facts.conversations and facts.conversations.value else ()
    names = {
        conversation.person_name: known.get(conversation.psid, "a person")
        for conversation in listed
        if conversation.person_name
    }
    owners = {text: "a person" for person in _token_owners(facts) for text in (person.id, person.name) if text}
    return {**owners, **names, **known}


def _token_owners(facts: Facts) -> Iterator[Identity]:
    """People whose own tokens were used; the identity of a Page token is the Page."""
    for token in (facts.token, facts.second_token):
        identity = token.identity.value if token is not None else None
        if identity is not None and identity.kind in _PEOPLE:
            yield identity
