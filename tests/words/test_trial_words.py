"""The test in words: no more is said than this token could see."""

from collections.abc import Mapping
from typing import Any

import pytest

from wizard.core.answers import Answers
from wizard.core.errors import ErrorKind, Failure
from wizard.core.facts import App, Control, OwnerReading
from wizard.core.pending import TrialPart
from wizard.core.target import TargetChoice
from wizard.core.trial_result import ConsentRequest, ConsentTo, RestoreEnd, RestoreResult, TrialOutcome, TrialResult
from wizard.words import asking, restored, trial, trial_result

BOT, LIVE_CHAT = App("914602738451926", "Flow bot"), App("538127490663815", "Support Desk")
CAST = trial.TrialApps(BOT, LIVE_CHAT)
HIDDEN = OwnerReading("7194", Control.HIDDEN, 1_790_000_000.0, expires_at=1_790_080_000)


@pytest.mark.parametrize(
    ("ended", "title", "detail"),
    [
        (
            RestoreEnd(RestoreResult.NOT_BACK, left=HIDDEN, is_certain=False),
            "It is not known whether the conversation is back.",
            "Write to your Page and see whether Flow bot answers.",
        ),
        (
            RestoreEnd(RestoreResult.NOT_BACK, left=HIDDEN),
            "The conversation is not back: another app has it.",
            "",
        ),
    ],
)
def test_a_hidden_owner_is_another_app_only_for_the_bot(ended: RestoreEnd, title: str, detail: str) -> None:
    line = restored.where(ended, CAST)
    assert (line.title, line.detail) == (title, detail)


@pytest.mark.parametrize("is_seen_by_live_chat", [True, False])
def test_the_live_chats_token_does_not_say_what_it_cannot_see(is_seen_by_live_chat: bool) -> None:
    found = TrialResult(
        TrialPart.BOT_DOES,
        TrialOutcome.NOTHING_HAPPENED,
        RestoreEnd(RestoreResult.NOT_BACK, left=HIDDEN, is_certain=False),
        is_seen_by_live_chat=is_seen_by_live_chat,
    )
    line = trial_result.result(found, CAST)
    assert ("kept the conversation" in line.title) is not is_seen_by_live_chat
    assert (line.title == "Support Desk did not get the conversation.") is is_seen_by_live_chat
    assert (LIVE_CHAT.id in line.detail) is is_seen_by_live_chat


@pytest.mark.parametrize("outcome", [TrialOutcome.NOTHING_HAPPENED, TrialOutcome.WENT_ELSEWHERE])
@pytest.mark.parametrize(
    "seen", [{}, {"by_eye": True}, {"is_seen_by_live_chat": True}], ids=["bot", "eye", "live chat"]
)
@pytest.mark.parametrize("path", ["", "/srv/bot/.env"])
def test_a_bot_that_reads_a_file_may_run_with_what_stood_there_before(
    outcome: TrialOutcome, seen: Mapping[str, Any], path: str
) -> None:
    answers = Answers(bot=BOT, live_chat=LIVE_CHAT, target=TargetChoice("dotenv" if path else "flow-ai", path))
    found = TrialResult(TrialPart.BOT_DOES, outcome, RestoreEnd(RestoreResult.BACK), **seen)
    line = trial_result.result(found, trial.TrialApps.of(answers))
    assert ("started again" in line.detail) is bool(path)


def test_a_conversation_straight_with_the_live_chat_points_at_who_answers_first() -> None:
    found = TrialResult(
        TrialPart.BOT_DOES,
        TrialOutcome.CANNOT_TELL,
        RestoreEnd(RestoreResult.BACK),
        app=LIVE_CHAT,
        is_seen_by_live_chat=True,
    )
    line = trial_result.result(found, CAST)
    assert line.title == "Support Desk has the conversation, but Flow bot was not seen to have it before."
    assert "answers first" in line.detail


@pytest.mark.parametrize(
    ("failure", "said", "way"),
    [
        (Failure(ErrorKind.NO_DEFAULT_APP, code=27), "so no app will answer", "choose Flow bot as the default app"),
        (Failure(ErrorKind.THROTTLED), "is not known", "Wait a little"),
        (Failure(ErrorKind.TOKEN_REVOKED, code=190), "is not known", "Get a new token of Flow bot"),
        (Failure(ErrorKind.TAKE_REFUSED, code=10), "is not known", "switch “take control” on for Flow bot"),
    ],
)
def test_nobody_having_it_is_said_with_what_helps_and_no_word_of_the_live_chat(
    failure: Failure, said: str, way: str
) -> None:
    where = restored.where(RestoreEnd(RestoreResult.NOT_BACK, failure, is_idle=True), CAST)
    assert where.title == "Nobody has the conversation now."
    assert said in where.detail
    ways = restored.ways_out(CAST, "", failure, is_idle=True)
    assert way in ways[0]
    assert "Support Desk" not in " ".join(ways)


def test_what_was_let_go_without_having_seen_who_had_it_claims_nothing() -> None:
    left = OwnerReading("1", Control.NOTHING, 0.0)
    assert "Who had it before was not shown" in restored.where(RestoreEnd(RestoreResult.LET_GO, left=left), CAST).title


def test_consent_to_take_what_may_be_anybodys_says_so() -> None:
    said = asking.consent(ConsentRequest(ConsentTo.TAKE_FROM))
    assert "may belong to another app" in said
    assert "cannot give it back" in said
