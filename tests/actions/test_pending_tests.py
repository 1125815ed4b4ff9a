"""What earlier runs left behind, as one list for window and terminal."""

from dataclasses import replace
from pathlib import Path

from tests.actions.trial_stage import ActionStage
from tests.simulator.world import start_world
from wizard.actions.pending_tests import list_pending, quarantine
from wizard.core.pending import PendingTest


def left(stage: ActionStage) -> tuple[PendingTest, Path]:
    """An open test, and where its file lies."""
    entry = stage.stop_after_pass()
    (path,) = stage.session.places.journal.glob("*.json")
    return entry, path


def test_open_tests_are_listed_oldest_first(stage: ActionStage) -> None:
    assert list_pending(stage.session).tests == []
    entry, _path = left(stage)
    older = replace(entry, id="older", psid="1", opened_at=entry.opened_at - 60)
    stage.session.journal.write(older)
    pending = list_pending(stage.session)
    assert pending.tests == [older, entry]
    assert not pending.is_unread
    assert pending.elsewhere == []


def test_files_that_cannot_be_read_are_named_and_kept_apart_once(stage: ActionStage) -> None:
    entry, path = left(stage)
    newer, torn = path.with_name("newer.json"), path.with_name("torn.json")
    newer.write_bytes(path.read_bytes().replace(b'"version":1', b'"version":2'))
    torn.write_bytes(b"{")
    pending = list_pending(stage.session)
    assert (pending.damaged, pending.newer, pending.tests) == ([torn], [newer], [entry])
    assert pending.is_unread
    kept = quarantine(stage.session, pending)
    assert not torn.exists()
    assert [each.read_bytes() for each in kept.damaged] == [b"{"]
    again = list_pending(stage.session)
    assert (again.damaged, again.newer) == ([], [newer])


def test_tests_of_a_practice_that_has_ended_are_closed_unless_only_looked_at(stage: ActionStage) -> None:
    entry, _path = left(stage)
    with start_world() as other:
        stage.session.journal.write(replace(entry, id="ended", graph=other.graph_url))
        assert list_pending(stage.session).closed == 0
    assert list_pending(stage.session, only_look=True).closed == 0
    assert len(stage.session.strangers()) == 1
    assert list_pending(stage.session).closed == 1
    assert stage.session.strangers() == []
    assert list_pending(stage.session).tests == [entry]
