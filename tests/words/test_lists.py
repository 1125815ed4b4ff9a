"""Names one after the other are parted by the comma of the language that is spoken; what is kept has its own."""

from collections.abc import Callable

import pytest

from wizard.core.app_id import AppIdProblem, AppIdTrouble
from wizard.core.verdict import State, Verdict
from wizard.i18n.language import speaking
from wizard.i18n.lists import listed
from wizard.words import fields, starting, verdicts
from wizard.words.guides import PERMISSIONS
from wizard.words.log_in import lacks
from wizard.words.log_in_letter import for_whoever_set_it_up


@pytest.mark.parametrize(
    ("code", "said"), [("en", "a, b"), ("de", "a, b"), ("vi", "a, b"), ("ar", "a، b"), ("ja", "a、b")]
)
def test_the_comma_is_that_of_the_language(code: str, said: str) -> None:
    with speaking(code):
        assert listed(("a", "b")) == said
        assert listed(()) == ""


def a_verdict() -> str:
    verdict = Verdict("app.fields", State.PROBLEM, "missing", about=(("app", "Acme"), ("fields", "one, two")))
    return " ".join((verdicts.said(verdict).text, verdicts.said(verdict).action))


SENTENCES: list[tuple[Callable[[], str], str]] = [
    (a_verdict, "one{}two"),
    (lambda: starting.damaged(("one", "two")), "one{}two"),
    (lambda: lacks({"one": "declined", "two": "declined"})[0], "one{}two"),
    (lambda: for_whoever_set_it_up().body, "{}".join(PERMISSIONS[:2])),
    (lambda: fields.app_id_problem_text(AppIdProblem(AppIdTrouble.NOT_DIGITS, odd="ab")), "a{}b"),
]


@pytest.mark.parametrize(("make", "said"), SENTENCES)
@pytest.mark.parametrize(("code", "comma"), [("en", ", "), ("ar", "، "), ("ja", "、")])
def test_sentences_list_names_with_it(make: Callable[[], str], said: str, code: str, comma: str) -> None:
    with speaking(code):
        assert said.replace("{}", comma) in make()
