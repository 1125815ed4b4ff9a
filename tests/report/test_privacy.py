"""No report holds a token; people are numbers unless their data was asked for."""

from dataclasses import replace

import pytest

from tests.report import cases
from wizard.core.checked import CheckedPage
from wizard.core.facts import Identity, Reading, TokenFacts, TokenKind
from wizard.core.verdict import State
from wizard.report.render import FORMATS, render

OTHER_PSID, OTHER_NAME = "24681357902468999", "Ola Nordmann"


def talkative() -> CheckedPage:
    """A Page whose evidence and values hold people, as no check should do."""
    page = cases.well()
    leak = cases.verdict(
        "routing.current_owner", State.OK, "app", f"recipient {cases.PSID} {OTHER_NAME}", app=cases.NAME
    )
    return replace(page, verdicts=cases.with_verdicts(leak))


@pytest.mark.parametrize("format", [form.id for form in FORMATS])
def test_people_are_numbers_unless_asked_for(format: str) -> None:
    text = render(cases.report(talkative()), format)
    for word in (cases.PSID, OTHER_PSID, cases.NAME, OTHER_NAME):
        assert word not in text
    if format != "junit":  # it shows nothing of what is right
        assert "person-1 had control" in text
        assert "recipient person-1 person-2" in text


@pytest.mark.parametrize("format", ["html", "markdown", "json"])
def test_people_are_named_when_asked_for(format: str) -> None:
    text = render(cases.report(talkative()), format, include_personal_data=True)
    for word in (cases.PSID, OTHER_PSID, cases.NAME, OTHER_NAME):
        assert word in text


def test_reader_is_told_whether_people_are_in_the_file() -> None:
    left_out, in_it = "names and IDs of people are left out", "It holds names and IDs of people"
    assert left_out in render(cases.report(), "html")
    assert in_it in render(cases.report(), "html", include_personal_data=True)


@pytest.mark.parametrize("format", [form.id for form in FORMATS])
@pytest.mark.parametrize("include_personal_data", [False, True])
def test_token_never_reaches_a_report(format: str, include_personal_data: bool) -> None:
    leak = cases.verdict("app.fields", State.PROBLEM, "missing", f"with {cases.TOKEN}", fields=cases.TOKEN)
    page = replace(cases.renamed(cases.well(), cases.TOKEN), verdicts=cases.with_verdicts(leak))
    earlier = cases.as_earlier(replace(page, answers=replace(page.answers, page_id="99", page_name=cases.TOKEN)))
    text = render(cases.report(page), format, include_personal_data, earlier)
    assert cases.TOKEN not in text
    assert cases.TOKEN[:20] not in text
    assert "hidden" in text


def test_name_of_the_person_whose_token_it_is_is_left_out() -> None:
    person = Identity(TokenKind.USER, "10158999999999999", "Grace Hopper")
    seen = cases.verdict("token.kind", State.PROBLEM, "is_user", "Grace Hopper (10158999999999999)")
    page = replace(
        cases.well(),
        facts=replace(cases.facts(), token=TokenFacts(Reading("GET me", cases.NOW, person))),
        verdicts=cases.with_verdicts(seen),
    )
    text = render(cases.report(page), "markdown")
    assert "Grace Hopper" not in text
    assert "10158999999999999" not in text
    assert "a person (a person)" in text


def test_person_with_the_name_of_a_thing_hides_no_word_of_ours() -> None:
    facts = cases.facts()
    assert facts.conversations is not None
    first, *rest = facts.conversations.value or ()
    named = replace(facts.conversations, value=(replace(first, person_name="Page"), *rest))
    page = replace(cases.well(), facts=replace(facts, conversations=named))
    assert "speaks for the Page" in render(cases.report(page), "markdown")


@pytest.mark.parametrize("format", [form.id for form in FORMATS])
def test_signs_that_turn_the_reading_direction_or_end_a_line_are_taken_out(format: str) -> None:
    text = render(cases.report(cases.renamed(cases.well(), "left\u202eright\u2028\x00\x1b[31mred\ud800")), format)
    assert not set("\u202e\u2028\x00\x1b\ud800") & set(text)
    assert text.encode("utf-8")
