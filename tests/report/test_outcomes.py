"""No form of a report is green where the handover was not proven, and all forms say the same of a proven one."""

import json
from dataclasses import replace

import pytest

from tests.report import cases
from wizard.core.checked import CheckedPage
from wizard.core.verdict import Evidence, State, Verdict
from wizard.report.render import render
from wizard.terminal.check_text import text

SEEN = (Evidence(cases.OWNER_CALL, f"app_id {cases.LIVE_CHAT.id}", cases.NOW - cases.DAY),)
PASSED = cases.with_verdicts(
    Verdict("handover.facebook_allows", State.OK, "works", SEEN),
    Verdict("handover.bot_does", State.OK, "bot_handed_over", SEEN),
)


def proven() -> CheckedPage:
    return replace(cases.well(), verdicts=PASSED)


def of_another_time(days: float) -> CheckedPage:
    return replace(proven(), at=cases.NOW + days * cases.DAY)


def greens(page: CheckedPage) -> set[str]:
    """The forms whose first word on the Page is a good one."""
    report = cases.report(page)
    html = render(report, "html").partition("<main>")
    markdown = render(report, "markdown")
    [told] = json.loads(render(report, "json"))["pages"]
    found = {
        "text": text(report).startswith("✓"),
        "markdown": "**✓" in markdown,
        "html": 'class="headline ok"' in html[2] or "state ok" in html[0],
        "json": told["outcome"] == "works" or bool(told["proven_at"]),
        "letter": "a test showed it" in (told["letter"] or ""),
    }
    return {form for form, is_green in found.items() if is_green}


def test_a_fresh_test_makes_every_form_green() -> None:
    assert greens(proven()) == {"text", "markdown", "html", "json", "letter"}


@pytest.mark.parametrize(
    "page",
    [
        cases.well(),
        of_another_time(-400),
        of_another_time(-31),
        of_another_time(500),
        replace(proven(), verdicts=cases.with_verdicts(PASSED[-1])),
        replace(
            proven(),
            verdicts=cases.with_verdicts(
                cases.verdict("inbox.takes_control", State.WARNING, "has_control", "app_id 1", bot="Flow bot"),
                of=(*PASSED, Verdict("inbox.takes_control", State.OK, "not_seen")),
            ),
        ),
        cases.unreachable(),
        cases.troubled(),
    ],
    ids=["untested", "400 days", "31 days", "ahead", "only the bot's part", "warning", "dead token", "problem"],
)
def test_no_form_is_green_without_a_proof(page: CheckedPage) -> None:
    assert greens(page) == set()


def test_a_clock_that_is_wrong_here_is_no_doubt_about_the_page() -> None:
    skewed = cases.verdict("clock.skew", State.WARNING, "ahead", "+600 s", minutes="10")
    page = replace(proven(), verdicts=cases.with_verdicts(skewed, of=(*PASSED, replace(skewed, state=State.OK))))
    assert "json" in greens(page)
