"""The list of apps from several sources: each app once, with the best proof that it is connected."""

import pytest

from wizard.core.apps import merged
from wizard.core.facts import App, Origin

ID = "3000000003"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([App(ID), App(ID, "Bot", Origin.TOKEN)], App(ID, "Bot", Origin.TOKEN)),
        ([App(ID, "Bot", Origin.TYPED), App(ID, "", Origin.HAS_CONTROL)], App(ID, "Bot", Origin.HAS_CONTROL)),
        (
            [App(ID, "Bot", Origin.TOKEN), App(ID, "Bot", Origin.TYPED, frozenset({"messages"}))],
            App(ID, "Bot", Origin.TOKEN, frozenset({"messages"})),
        ),
        (
            [App(ID, "Bot", Origin.TYPED, frozenset({"messages"})), App(ID, "Bot", Origin.TOKEN, frozenset())],
            App(ID, "Bot", Origin.TOKEN, frozenset()),
        ),
        (
            [App(ID, "Our bot", is_name_said=True), App(ID, "", Origin.HAS_CONTROL)],
            App(ID, "Our bot", Origin.HAS_CONTROL, is_name_said=True),
        ),
        (
            [App(ID, "Our bot", Origin.HAS_CONTROL, is_name_said=True), App(ID, "Bot")],
            App(ID, "Bot", Origin.HAS_CONTROL),
        ),
    ],
)
def test_an_app_known_twice_keeps_its_best_proof_and_what_either_row_tells(rows: list[App], expected: App) -> None:
    assert merged(rows) == (expected,)


def test_what_is_proved_to_be_connected_comes_first() -> None:
    typed, built_in = App("1", "A", Origin.TYPED), App("2", "B", Origin.BUILT_IN)
    seen, own = App("3", "z", Origin.HAS_CONTROL), App("4", "Y", Origin.TOKEN)
    named = App("5", "a", Origin.HAS_CONTROL)
    assert merged([typed, built_in, seen, own, named]) == (own, named, seen, built_in, typed)
