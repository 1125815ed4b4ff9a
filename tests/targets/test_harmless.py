"""A write into any settings file leaves all other values as they were for every program that reads it, or is refused;
and undo gives back the same bytes."""

from collections import Counter
from pathlib import Path

import hypothesis
import pytest
from hypothesis import HealthCheck, given

from tests.targets.any_files import FILES
from tests.targets.consumers import CONSUMERS, Consumer, NotRead, leaves, others
from tests.targets.node import Node
from tests.targets.properties import examples
from wizard.core.target import TargetChoice, TargetError
from wizard.core.world import World
from wizard.targets.choose import target_for
from wizard.targets.path import names_in
from wizard.targets.presets import load_presets

APP_ID = "538127490663815"
PRESETS = load_presets()


@pytest.mark.parametrize("kind", FILES)
def test_a_write_changes_one_value_for_every_program_or_is_refused(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tally = try_any_file(kind, tmp_path, CONSUMERS[kind])
    with capsys.disabled():
        print(f"\n{kind}: {dict(tally)}")
    assert tally["written"] or tally.total() < 20
    assert tally["refused"] or tally.total() < 20


@pytest.mark.slow
def test_the_same_for_node(tmp_path: Path, node: Node) -> None:
    assert try_any_file("dotenv", tmp_path, [lambda text: leaves(node.dotenv(text))])["written"]


def try_any_file(kind: str, folder: Path, consumers: "tuple[Consumer, ...] | list[Consumer]") -> Counter[str]:
    name, files, keys = FILES[kind]
    file = folder / name
    tally = Counter[str]()

    @hypothesis.settings(examples(60, soak=5000), suppress_health_check=[HealthCheck.too_slow])
    @given(text=files(), key=keys)
    def try_one(text: str, key: str) -> None:
        before = text.encode()
        file.write_bytes(before)
        target = target_for(TargetChoice(kind, str(file), key), PRESETS, World(), folder / "state")
        try:
            plan = target.plan(APP_ID)
        except TargetError:
            tally["refused"] += 1
            return
        applied = target.apply(plan)
        after = file.read_bytes().decode()
        names = (key,) if kind == "dotenv" else names_in(key)
        seen = 0
        for consumer in consumers:
            try:
                was = consumer(text)
            except NotRead:
                continue
            now = consumer(after)
            assert others(now, names) == others(was, names)
            seen += any(APP_ID in str(value) for value in now.values())
        tally["written" if seen else "written, but nobody else reads such a file"] += 1
        target.undo(applied)
        assert file.read_bytes() == before

    try_one()
    return tally
