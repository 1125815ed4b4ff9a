"""IDs, tokens and secrets of a world: the same again with the same seed, and not to be guessed without one."""

from collections.abc import Iterator

import pytest

from wizard.simulator.world import ids


@pytest.fixture(autouse=True)
def by_chance_again() -> Iterator[None]:
    yield
    ids.use_seed(None)


def drawn(traces: int) -> list[str]:
    for _ in range(traces):
        ids.text("trace", 16)
    return [ids.letters("token", 20), ids.text("message", 24), ids.digits("secret", 16), ids.text("message", 24)]


def test_a_seed_gives_the_same_ids_however_many_of_another_kind_were_drawn_between() -> None:
    ids.use_seed(7)
    first = drawn(traces=0)
    ids.use_seed(7)
    assert drawn(traces=3) == first
    ids.use_seed(8)
    assert not set(drawn(traces=0)) & set(first)


def test_without_a_seed_nothing_comes_twice() -> None:
    ids.use_seed(None)
    first = drawn(traces=0)
    ids.use_seed(None)
    assert not set(drawn(traces=0)) & set(first)
    assert len(set(first)) == len(first)
