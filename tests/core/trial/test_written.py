"""What the tester's messages tell: whether the newest one found nobody in control, and who got it."""

from tests.core.trial.conftest import StageIn
from tests.core.trial.stage import Stage
from wizard.core.trial.written import who_got_it
from wizard.core.trial_result import OwnerRelation

CODE = "Handover test 4821"


def test_after_a_quiet_day_the_message_with_the_code_shows_who_answers_first(stage_in: StageIn) -> None:
    stage = stage_in("wrong-id-saved", reads=True)
    stage.world.write(CODE)
    assert who_got_it(stage.run()) is OwnerRelation.BOT


def test_another_app_that_got_it_is_seen(stage_in: StageIn) -> None:
    stage = stage_in("social-route-elsewhere", reads=True)
    stage.world.write(CODE)
    run = stage.run()
    assert who_got_it(run) is OwnerRelation.OTHER
    seen = run.app_seen()
    assert seen is not None
    assert seen.id == stage.third.id


def test_a_message_within_a_day_of_another_proves_nothing(stage_in: StageIn) -> None:
    stage = stage_in("wrong-id-saved", reads=True)
    stage.world.write("Hello")
    stage.world.clock(3_600)
    stage.world.write(CODE)
    stage.world.forget_requests()
    assert who_got_it(stage.run()) is None
    assert "GET me/thread_owner" not in stage.world.calls()


def test_nothing_is_read_where_nobody_agreed_to_it(stage: Stage) -> None:
    stage.world.write(CODE)
    stage.world.forget_requests()
    assert who_got_it(stage.run()) is None
    assert stage.world.calls() == []


def test_messages_that_may_not_be_read_leave_it_unknown(stage_in: StageIn) -> None:
    stage = stage_in("wrong-id-saved", reads=True)
    stage.world.write(CODE)
    run = stage.run()
    stage.world.fault("GET {conversation}/messages", {"code": 200}, None)
    assert who_got_it(run) is None


def test_the_live_chats_token_cannot_tell(stage_in: StageIn) -> None:
    stage = stage_in("wrong-id-saved", token="secondary_page", reads=True)
    stage.world.write(CODE)
    assert who_got_it(stage.run()) is None


def test_a_live_chat_that_answered_may_have_taken_it(stage_in: StageIn) -> None:
    """Somebody there saw the message and wrote: that it has control is no sign of a wrong route."""
    stage = stage_in("wrong-id-saved", reads=True)
    stage.world.write(CODE)
    stage.world.control_of("pass", target_app_id=stage.live_chat.id)
    assert who_got_it(stage.run()) is None
