"""The practice world produces the recorded bodies; what it does not produce is named with its reason."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.replies import conformance
from tests.replies.asked import ASKED, REASONS
from tests.replies.corpus import line
from tests.simulator.world import PracticeWorld


@pytest.fixture(scope="module")
def world() -> Iterator[PracticeWorld]:
    with conformance.conformance_world() as running:
        yield running


def test_every_kept_body_is_asked_for_or_has_a_reason() -> None:
    names = [each.id for each in conformance.bodies()]
    assert sorted([*ASKED, *REASONS]) == sorted(names)


def test_every_body_that_is_asked_for_is_produced(world: PracticeWorld) -> None:
    judged = conformance.judge(world)
    assert {name: what for name, what in judged.items() if what} == {}
    told = conformance.report(judged)
    assert told.startswith(f"Conformance: {len(ASKED)} of {len(ASKED) + len(REASONS)} kept bodies")
    assert all(name in told for name in REASONS)


@pytest.mark.parametrize(
    ("name", "produced", "what"),
    [
        ("send-ok-v20", {"recipient_id": "1"}, ".message_id is missing"),
        ("send-ok-v20", {"recipient_id": 1, "message_id": "m_1"}, ".recipient_id is int, not str"),
        ("owner-string", {"data": []}, ".data is empty"),
        ("owner-string", {"data": [{"thread_owner": {}}]}, ".data[0].thread_owner.app_id is missing"),
        ("e-190-460", {"error": {"message": "No", "type": "OAuthException", "code": 190}}, ".error.message is 'No'"),
        ("e-4", {"error": {"message": "(#4) Application request limit reached", "type": "?"}}, ".error.type is '?'"),
        ("bat-ok", [{"code": 200, "headers": [], "body": "{}"}], "1 answers, not 2"),
        (
            "bat-2500-twice",
            [{"headers": [{"name": "", "value": ""}], "body": '{"error": {"code": 1}}'}] * 2,
            "[0].body",
        ),
    ],
)
def test_what_is_missing_or_different_is_told_with_its_place(name: str, produced: Any, what: str) -> None:
    assert conformance.difference(line(name).body, produced, exact=True).startswith(what)
