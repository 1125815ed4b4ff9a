"""The finish in words: the one line about the handover says no more than was seen."""

from dataclasses import replace

import pytest

from wizard.checks.case import CheckContext
from wizard.core.answers import Answers, TestOutcome, TokenOwner
from wizard.core.errors import ErrorKind, Failure
from wizard.core.facts import (
    App,
    Control,
    Facts,
    FeatureStatus,
    Identity,
    OwnerReading,
    Reading,
    TokenFacts,
    TokenKind,
)
from wizard.core.pending import TrialPart
from wizard.core.trial_result import RestoreEnd, RestoreResult, TrialOutcome, TrialResult
from wizard.words import summary

BOT, LIVE_CHAT, OTHER = App("914602738451926", "Flow bot"), App("538127490663815", "Support Desk"), App("7001002003004")
ANSWERS = Answers(
    started=True,
    page_id="107836259148302",
    page_name="Lumen Coffee",
    token_app=BOT,
    token_owner=TokenOwner.BOT,
    bot=BOT,
    live_chat=LIVE_CHAT,
)


def reading(app: App | None, control: Control = Control.APP) -> OwnerReading:
    return OwnerReading("7194", control, 1_790_000_000.0, app.id if app else "")


def back_with(app: App | None, back: RestoreResult = RestoreResult.BACK, control: Control = Control.APP) -> RestoreEnd:
    return RestoreEnd(back, left=reading(app, control))


HIDDEN = back_with(None, control=Control.HIDDEN)
LET_GO = back_with(None, RestoreResult.LET_GO, Control.NOTHING)
PASSED = TrialResult(TrialPart.BOT_DOES, TrialOutcome.BOT_HANDED_OVER, back_with(BOT), app=LIVE_CHAT, first_app=BOT)
READY = TrialResult(TrialPart.FACEBOOK_ALLOWS, TrialOutcome.WORKS, back_with(BOT), app=LIVE_CHAT)
DECLINED_B = TrialResult(TrialPart.BOT_DOES, TrialOutcome.DECLINED, RestoreEnd(RestoreResult.UNTOUCHED))


@pytest.mark.parametrize(
    ("tests", "line"),
    [
        (
            (READY, PASSED),
            "Handover tested: Flow bot had control, Support Desk got it through the bot, Flow bot has it now.",
        ),
        (
            (replace(PASSED, ended=back_with(None, RestoreResult.IDLE, Control.NOTHING)),),
            "Handover tested: Flow bot had control, Support Desk got it through the bot. "
            "Nobody has the conversation. The next message goes to the app that answers first.",
        ),
        (
            (replace(PASSED, first_app=None, ended=HIDDEN),),  # with the live chat's token
            "Handover tested: Support Desk got the conversation when a person was asked for. "
            "It was given back to the app that had it at the start.",
        ),
        (
            (READY,),
            "Facebook is ready; your bot was not tried. Flow bot had control, Support Desk got it, "
            "Flow bot has it now.",
        ),
        (
            (replace(READY, ended=back_with(None, control=Control.NOTHING)),),  # an empty list shows nobody
            "Facebook is ready; your bot was not tried. Flow bot had control, Support Desk got it. "
            "The conversation is as it was before the test.",
        ),
        (
            (replace(READY, ended=LET_GO),),
            "Facebook is ready; your bot was not tried. Flow bot had control, Support Desk got it. "
            "The wizard has let the conversation go again. Who had it before was not shown.",
        ),
        (
            (replace(READY, ended=back_with(BOT, RestoreResult.LET_GO)),),  # a message came in meanwhile
            "Facebook is ready; your bot was not tried. Flow bot had control, Support Desk got it. "
            "The wizard has let the conversation go again. Who had it before was not shown.",
        ),
        (
            (replace(PASSED, first_app=None, ended=LET_GO),),
            "Handover tested: Support Desk got the conversation when a person was asked for. "
            "The wizard has let the conversation go again. Who had it before was not shown.",
        ),
        (
            (READY, DECLINED_B),
            "Facebook is ready; your bot was not tried. Flow bot had control, Support Desk got it, "
            "Flow bot has it now.",
        ),
        (
            (replace(READY, app=None),),  # it left the bot, and Facebook hides who has it
            "Facebook is ready; your bot was not tried. The conversation left Flow bot. "
            "Flow bot has the conversation again.",
        ),
        (
            (READY, TrialResult(TrialPart.BOT_DOES, TrialOutcome.NO_HELLO, back_with(BOT))),
            "Facebook is ready, but the bot was not seen to hand over: Your message was not seen in time. "
            "Flow bot has the conversation again.",
        ),
        (
            (
                READY,
                TrialResult(TrialPart.BOT_DOES, TrialOutcome.WENT_ELSEWHERE, back_with(BOT), app=OTHER, first_app=BOT),
            ),
            "Not passed: The conversation went to App 7001002003004, not to Support Desk. "
            "Flow bot has the conversation again.",
        ),
        (
            (READY, TrialResult(TrialPart.BOT_DOES, TrialOutcome.NOTHING_HAPPENED, back_with(BOT), first_app=BOT)),
            "Not passed: Flow bot kept the conversation, or got it back at once: no handover was seen. "
            "Flow bot has the conversation again.",
        ),
        (
            (replace(PASSED, ended=back_with(LIVE_CHAT, RestoreResult.NOT_BACK)),),
            "Not passed: Your bot handed over to Support Desk by itself. "
            "The conversation is not back: Support Desk has it.",
        ),
        ((replace(DECLINED_B, part=TrialPart.FACEBOOK_ALLOWS),), "Not tested."),
        (
            (TrialResult(TrialPart.FACEBOOK_ALLOWS, TrialOutcome.CANNOT_TELL, back_with(BOT)),),
            "Not proved: It cannot be told who got the conversation. Flow bot has the conversation again.",
        ),
        (
            (
                TrialResult(
                    TrialPart.BOT_DOES, TrialOutcome.BOT_HANDED_OVER, RestoreEnd(RestoreResult.BACK), by_eye=True
                ),
            ),
            "Not proved: You saw the bot hand over to Support Desk. The conversation is as it was before the test.",
        ),
    ],
)
def test_the_line_says_what_was_seen_and_no_more(tests: tuple[TrialResult, ...], line: str) -> None:
    assert summary.handover_line(tests, ANSWERS) == line


def test_a_failure_on_the_way_is_named_in_its_own_words() -> None:
    failure = Failure(ErrorKind.THROTTLED, "GET me/thread_owner", 80006)
    test = TrialResult(TrialPart.FACEBOOK_ALLOWS, TrialOutcome.TROUBLE, back_with(BOT), failure=failure)
    line = summary.handover_line((test,), ANSWERS)
    assert line.startswith("Not proved: ")
    assert "Flow bot has the conversation again." in line


@pytest.mark.parametrize("earlier", [*TestOutcome, None])
def test_without_a_test_in_this_run_no_line_claims_a_test_now(earlier: TestOutcome | None) -> None:
    line = summary.handover_line((), replace(ANSWERS, test=earlier))
    assert line == "Not tested." or "In this run" in line
    assert not line.startswith("Handover tested")


def test_the_reason_for_skipping_is_told() -> None:
    answers = replace(ANSWERS, test=TestOutcome.SKIPPED, test_skipped_because="No phone at hand")
    assert summary.handover_line((), answers) == "Not tested. Reason: No phone at hand"


def test_the_text_has_page_apps_findings_and_ends_with_the_line() -> None:
    test = replace(PASSED, readings=(reading(BOT), reading(LIVE_CHAT), reading(BOT)))
    lines = summary.text(CheckContext(ANSWERS, Facts(), (test,)), 1_790_000_100.0).splitlines()
    assert lines[0] == "Messenger handover of Lumen Coffee (107836259148302)"
    assert f"Answers first: Flow bot (App ID {BOT.id})" in lines
    assert f"Takes over: Support Desk (App ID {LIVE_CHAT.id})" in lines
    assert {"What works", "Cannot tell, or not checked", "Keep an eye on"} <= set(lines)
    assert lines[-1] == summary.handover_line((test,), ANSWERS)


def test_the_text_leaves_out_parts_that_are_empty() -> None:
    text = summary.text(CheckContext(Answers()), 1_790_000_100.0)
    assert "What works" not in text
    assert text.startswith("Messenger handover of your Page")


@pytest.mark.parametrize("shared", [True, False])
def test_that_instagram_was_not_looked_at_is_said_only_where_apps_share_it(shared: bool) -> None:
    features = Reading("GET me?fields=messaging_feature_status", 1.0, FeatureStatus((("ig_multi_app", shared),)))
    identity = Reading("GET me", 1.0, Identity(TokenKind.PAGE, "107836259148302", "Lumen Coffee", True))
    facts = Facts(TokenFacts(identity, features=features))
    told = summary.summary(CheckContext(ANSWERS, facts))
    assert ("Instagram" in [row.title for row in told.open]) == shared
    assert "Instagram" not in [row.title for row in told.works]


def test_a_look_of_yesterday_says_how_old_it_is() -> None:
    row = summary.SummaryRow("The bot answers first", "", 1_790_000_000.0)
    assert "ago" not in summary.seen_when(row, 1_790_000_000.0 + 3600)
    assert summary.seen_when(row, 1_790_000_000.0 + 2 * 86_400).endswith("(2 days ago)")
    assert summary.seen_when(replace(row, at=0.0), 1.0) == ""
