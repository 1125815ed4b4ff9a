"""What `check` writes on a terminal holds nothing that steers it, no token, and nobody's ID."""

from dataclasses import replace

import pytest

from wizard.core.answers import Answers
from wizard.core.checked import CheckedPage, CheckReport
from wizard.core.errors import ErrorKind, Failure
from wizard.core.facts import App, Control, Facts, OwnerReading
from wizard.core.verdict import Evidence, State, Verdict
from wizard.report.shown import shown
from wizard.terminal.check_text import text
from wizard.words.customer import customer_text

TOKEN = "EAAB" + "x" * 60
PSID = "7194026385510274"
HOSTILE = f"Desk\x1b[2J\x1b]0;owned\x07\r\nWhat to do now: pay\u202e {TOKEN} {PSID}"


def page(failure: Failure | None = None) -> CheckedPage:
    answers = Answers(page_id="107836259148302", page_name=HOSTILE, bot=App("5", HOSTILE), live_chat=App("6", HOSTILE))
    verdicts = (
        Verdict(
            "routing.default_app",
            State.PROBLEM,
            "none_set",
            (Evidence("GET me", HOSTILE, 1.0),),
            (("bot", HOSTILE), ("app", HOSTILE)),
        ),
        Verdict("routing.current_owner", State.OK, "app_has_it", about=(("app", HOSTILE),)),
    )
    facts = Facts(owners=(OwnerReading(PSID, Control.HIDDEN, 1.0),))
    return CheckedPage(answers, 1795341600.0, facts, () if failure else verdicts, failure)


def is_fit(told: str) -> bool:
    return all(one.isprintable() or one == "\n" for one in told) and not any(
        private in told for private in (TOKEN[:20], PSID)
    )


REFUSED = Failure(ErrorKind.UNKNOWN, "GET me", 99999, message=HOSTILE, user_message=HOSTILE)


@pytest.mark.parametrize("failure", [None, REFUSED])
def test_a_hostile_name_steers_no_terminal_and_shows_no_token_or_person(failure: Failure | None) -> None:
    told = text(CheckReport((page(failure),), 1.0, "1"))
    assert is_fit(told)
    assert "Desk" in told


@pytest.mark.parametrize("failure", [None, replace(REFUSED, kind=ErrorKind.TOKEN_EXPIRED)])
def test_a_hostile_name_begins_no_line_of_its_own_in_what_is_sent_on(failure: Failure | None) -> None:
    told = customer_text(shown(page(failure)), 1795341600.0)
    assert is_fit(told)
    assert "Desk" in told
    assert not any(line.startswith("What to do now: pay") for line in told.splitlines())
