"""The App ID put where the bot keeps it, without a face: planned, written, undone; and the key of a settings API."""

from pathlib import Path

import pytest

from tests.simulator.world import PracticeWorld
from wizard.actions.save_app_id import (
    app_id_problem,
    every_preset,
    forget_key,
    is_http,
    keep_key,
    offered_presets,
    plan_app_id,
    remembered_key,
    saved_how,
    undo_and_plan,
    undo_app_id,
    undoable,
    write_app_id,
)
from wizard.actions.saved_setup import note_setup, save_summary
from wizard.actions.session import Session
from wizard.actions.tokens import RememberResult
from wizard.core.answers import Answers, SavedHow
from wizard.core.app_id import AppIdTrouble
from wizard.core.facts import App
from wizard.core.secret import Secret
from wizard.core.target import TargetChoice, TargetError, TargetProblem
from wizard.core.world import World

APP_ID = "263902037430900"
BEFORE = "# mine\nAPP=1\n"
API = TargetChoice("practice-api")


@pytest.fixture
def choice(tmp_path: Path) -> TargetChoice:
    (tmp_path / ".env").write_text(BEFORE)
    return TargetChoice("dotenv", str(tmp_path / ".env"), "LIVE_CHAT_APP_ID")


def test_planning_changes_nothing_and_writing_is_read_back(own_session: Session, choice: TargetChoice) -> None:
    planned = plan_app_id(own_session, [choice], APP_ID)
    assert Path(choice.path).read_text() == BEFORE
    written = write_app_id(own_session, planned)
    assert Path(choice.path).read_text() == f"{BEFORE}LIVE_CHAT_APP_ID={APP_ID}\n"
    assert saved_how(planned, written) is SavedHow.READ_BACK
    assert plan_app_id(own_session, [choice], APP_ID)[0].is_there


def test_what_one_run_wrote_a_later_one_can_undo(own_session: Session, choice: TargetChoice) -> None:
    write_app_id(own_session, plan_app_id(own_session, [choice], APP_ID))
    ((note, applied),) = undoable(own_session)
    assert note.app_id == APP_ID
    undo_app_id(own_session, note.choice, applied)
    assert Path(choice.path).read_text() == BEFORE
    assert not undoable(own_session)


def test_undoing_shows_at_once_what_stands_there_again(own_session: Session, choice: TargetChoice) -> None:
    (written,) = write_app_id(own_session, plan_app_id(own_session, [choice], APP_ID))
    (planned,) = undo_and_plan(own_session, choice, written.applied, [choice])
    assert not planned.is_there
    assert planned.plan.app_id == APP_ID


def test_what_is_pasted_by_hand_is_only_as_sure_as_the_persons_word(own_session: Session, choice: TargetChoice) -> None:
    planned = plan_app_id(own_session, [TargetChoice("flow-ai"), choice], APP_ID)
    written = write_app_id(own_session, planned)
    assert [one.choice for one in written] == [choice]
    assert saved_how(planned, written) is SavedHow.CONFIRMED


def test_a_place_that_cannot_be_used_stops_before_any_is_written(own_session: Session, choice: TargetChoice) -> None:
    with pytest.raises(TargetError) as raised:
        plan_app_id(own_session, [choice, TargetChoice("dotenv", "", "KEY")], APP_ID)
    assert raised.value.problem is TargetProblem.NO_FILE_CHOSEN
    assert Path(choice.path).read_text() == BEFORE


def test_a_key_of_a_settings_api_is_for_its_host_alone(own_session: Session, world: PracticeWorld) -> None:
    key, url = Secret(str(world.start["platform_api_key"])), f"{world.start['platform_api_url']}/settings"
    with pytest.raises(TargetError) as raised:
        plan_app_id(own_session, [API], APP_ID)
    assert raised.value.problem in (TargetProblem.NO_SECRET, TargetProblem.LOGIN_REFUSED)
    assert keep_key(own_session, API, key, remember=False) is RememberResult.NOT_ASKED
    assert remembered_key(own_session, url, "Authorization") == key
    assert remembered_key(own_session, "https://elsewhere.example/settings", "Authorization") is None
    planned = plan_app_id(own_session, [API], APP_ID)
    assert saved_how(planned, write_app_id(own_session, planned)) is SavedHow.READ_BACK
    forget_key(own_session, API)
    assert remembered_key(own_session, url, "Authorization") is None


def test_only_a_settings_api_is_sent_to(own_session: Session, choice: TargetChoice) -> None:
    assert is_http(own_session, API)
    assert not is_http(own_session, choice)
    with pytest.raises(TargetError):
        is_http(own_session, TargetChoice("no-such-preset"))


def test_the_pretend_platform_is_offered_in_practice_alone(own_session: Session) -> None:
    assert API.preset in offered_presets(own_session).by_name
    own_session.world = World()
    assert API.preset not in offered_presets(own_session).by_name
    assert API.preset in every_preset(own_session).by_name


@pytest.mark.parametrize(
    ("live_chat", "trouble"),
    [
        (None, AppIdTrouble.EMPTY),
        (App("1789017890178"), AppIdTrouble.IS_PAGE),
        (App("63902037430900"), AppIdTrouble.NEAR_MISS),
        (App("3000000003"), AppIdTrouble.SAME_AS_OTHER),
        (App("7001002003004"), None),
    ],
)
def test_an_app_id_that_cannot_be_meant_is_known_before_it_is_written(
    own_session: Session, live_chat: App | None, trouble: AppIdTrouble | None
) -> None:
    answers = Answers(page_id="1789017890178", bot=App("3000000003"), live_chat=live_chat)
    problem = app_id_problem(own_session, answers)
    assert (problem.trouble if problem is not None else None) is trouble


# What stays of the set-up.


def test_a_set_up_is_noted_once_page_and_apps_are_chosen(own_session: Session) -> None:
    assert note_setup(own_session, Answers(page_id="1789"))
    assert not own_session.setups.list().setups
    answers = Answers(page_id="1789", bot=App("3000000003"), live_chat=App(APP_ID), saved_app_id=APP_ID)
    assert note_setup(own_session, answers)
    ((_path, setup),) = own_session.setups.list().setups
    assert (setup.page_id, setup.app_id) == ("1789", APP_ID)


def test_a_set_up_that_cannot_be_noted_stops_nobody(own_session: Session) -> None:
    own_session.places.setups.parent.mkdir(parents=True, exist_ok=True)
    own_session.places.setups.write_text("a file where the folder should be")
    answers = Answers(page_id="1789", bot=App("3000000003"), live_chat=App(APP_ID))
    assert not note_setup(own_session, answers)


def test_the_summary_is_a_text_file_in_utf_8(tmp_path: Path) -> None:
    save_summary(tmp_path / "summary.txt", "Fünf Punkte")
    assert (tmp_path / "summary.txt").read_bytes() == "Fünf Punkte\n".encode()


def test_no_token_is_in_a_saved_summary(tmp_path: Path) -> None:
    save_summary(tmp_path / "summary.txt", f"1. my_EAAB{'x9Zk' * 15} has control")
    assert (tmp_path / "summary.txt").read_text("utf-8") == "1. my_(hidden) has control\n"
