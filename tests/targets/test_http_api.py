"""The settings API of a bot, written over real HTTP on the practice world's bot platform."""

import json
from dataclasses import replace

import pytest

from tests.simulator.world import PracticeWorld
from tests.targets.http_bot import NEW, OLD, POINTER, HttpBot, http_bot, refusal
from wizard.core.target import TargetProblem
from wizard.targets.http_shape import Method
from wizard.targets.http_wire import HttpWire


def test_the_plan_shows_old_and_new_and_sends_nothing(bot: HttpBot) -> None:
    before = bot.document()
    plan = bot.target().plan(NEW)
    (change,) = plan.changes
    assert (change.key, change.old, change.new) == (POINTER, OLD, NEW)
    assert plan.diff.splitlines()[-2:] == [f'-{POINTER}: "{OLD}"', f'+{POINTER}: "{NEW}"']
    assert plan.sends == f"{bot.api.method} {bot.api.url}"
    assert not plan.is_guided
    assert (bot.document(), bot.writes()) == (before, [])


def test_applied_it_is_what_the_bot_reads_and_the_next_plan_is_empty(bot: HttpBot) -> None:
    target = bot.target()
    target.apply(target.plan(NEW))
    assert bot.saved() == NEW
    assert target.read_back() == NEW
    assert target.plan(NEW).is_empty
    assert len(bot.writes()) == 1


def test_undo_restores_byte_for_byte(bot: HttpBot) -> None:
    before = bot.document()
    target = bot.target()
    target.undo(target.apply(target.plan(NEW)))
    assert bot.document() == before


def test_only_the_value_changes_in_a_document_of_any_look(put_bot: HttpBot) -> None:
    odd = b'{"bot":"Flow bot",  "price": 1e5, "big": 12345678901234567890123,\r\n\t"integrations": {"messenger":'
    odd += '{"ä": "\\u00e4", "secondary_receiver" : "1000000000001"}}, "ids": [1, 2.50]}\n'.encode()
    put_bot.put(odd)
    target = put_bot.target()
    applied = target.apply(target.plan(NEW))
    assert put_bot.document() == odd.replace(OLD.encode(), NEW.encode())
    target.undo(applied)
    assert put_bot.document() == odd


def test_a_missing_value_is_said_to_be_added_then_added_then_taken_out_again(world: PracticeWorld) -> None:
    for method in (Method.PUT, Method.PATCH):
        bot = http_bot(world, method)
        before = bot.document()
        target = bot.target(pointer="/integrations/handover/app_id")
        plan = target.plan(NEW)
        assert plan.adds_key
        applied = target.apply(plan)
        assert bot.settings()["integrations"]["handover"] == {"app_id": NEW}
        target.undo(applied)
        assert bot.settings() == json.loads(before) | (
            {} if method is Method.PUT else {"integrations": bot.settings()["integrations"]}
        )
        assert "app_id" not in bot.settings()["integrations"].get("handover", {})


def test_a_number_becomes_a_text_and_comes_back_as_a_number(put_bot: HttpBot) -> None:
    put_bot.put(put_bot.document().replace(b'"answer_delay_seconds": 0.5', b'"answer_delay_seconds": 12345678'))
    before = put_bot.document()
    for method in (Method.PUT, Method.PATCH):
        target = put_bot.target(method=method, pointer="/integrations/messenger/answer_delay_seconds")
        applied = target.apply(target.plan(NEW))
        assert put_bot.settings()["integrations"]["messenger"]["answer_delay_seconds"] == NEW
        target.undo(applied)
        assert put_bot.document() == before


def test_a_change_made_meanwhile_is_a_conflict_that_is_shown_and_resolved_by_a_new_plan(put_bot: HttpBot) -> None:
    target = put_bot.target()
    plan = target.plan(NEW)
    put_bot.put(put_bot.document().replace(b"Hello, I am", b"Welcome, I am"))
    assert refusal(target.apply, plan).problem is TargetProblem.CHANGED_SINCE
    assert put_bot.saved() == OLD
    target.apply(target.plan(NEW))
    assert put_bot.saved() == NEW
    assert "Welcome" in put_bot.settings()["integrations"]["messenger"]["welcome_text"]


def test_a_change_made_in_the_last_moment_is_refused_by_the_server(
    put_bot: HttpBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = put_bot.target()
    plan = target.plan(NEW)
    write = HttpWire.write

    def write_late(self: HttpWire, body: bytes, tag: str) -> None:
        put_bot.put(put_bot.document().replace(b"Hello, I am", b"Welcome, I am"))
        write(self, body, tag)

    monkeypatch.setattr(HttpWire, "write", write_late)
    assert refusal(target.apply, plan).problem is TargetProblem.CHANGED_SINCE
    assert put_bot.writes()[-1]["status"] == 412
    assert put_bot.saved() == OLD
    assert b"Welcome, I am" in put_bot.document()


def test_without_a_tag_the_document_is_compared_before_it_is_replaced(put_bot: HttpBot) -> None:
    target = put_bot.target()
    plan = replace(target.plan(NEW), tag="")
    changed = put_bot.document().replace(b"Hello, I am", b"Welcome, I am")
    put_bot.put(changed)
    put_bot.world.forget_requests()
    assert refusal(target.apply, plan).problem is TargetProblem.CHANGED_SINCE
    assert (put_bot.document(), put_bot.writes()) == (changed, [])


def test_undo_leaves_alone_what_somebody_else_has_chosen_since(bot: HttpBot) -> None:
    target = bot.target()
    applied = target.apply(target.plan(NEW))
    bot.put(bot.document().replace(NEW.encode(), b"222222222222"))
    assert refusal(target.undo, applied).problem is TargetProblem.CHANGED_SINCE
    assert bot.saved() == "222222222222"


def test_undo_keeps_what_somebody_else_changed_beside_it(bot: HttpBot) -> None:
    target = bot.target()
    applied = target.apply(target.plan(NEW))
    bot.put(bot.document().replace(b"Hello, I am", b"Welcome, I am"))
    target.undo(applied)
    assert bot.saved() == OLD
    assert b"Welcome, I am" in bot.document()


def test_a_later_run_undoes_with_the_old_value_alone(bot: HttpBot) -> None:
    before = bot.document()
    applied = bot.target().apply(bot.target().plan(NEW))
    bot.target().undo(replace(applied, before=None))
    assert bot.document() == before


def test_a_later_run_does_not_guess_what_a_missing_value_was(put_bot: HttpBot) -> None:
    target = put_bot.target(pointer="/integrations/app_id")
    applied = replace(target.apply(target.plan(NEW)), before=None)
    assert refusal(target.undo, applied).problem is TargetProblem.CANNOT_UNDO
