"""Part B without a useful token: the tester looks, and says what happened. Nothing is read, nothing is changed."""

from dataclasses import replace

from wizard.core.facts import App
from wizard.core.trial.part_b import heard, part_b_result
from wizard.core.trial.run import TrialRun
from wizard.core.trial.silence import CANNOT_SEE, NO, YES, silence_by_eye
from wizard.core.trial_result import Item, ItemState, RestoreEnd, RestoreResult, TrialOutcome, TrialResult


def run_by_eye(run: TrialRun) -> TrialResult:
    """Ask whether the bot answered, whether the live chat got it, and whether the bot is silent and then back."""
    run.show(Item.HELLO, ItemState.RUNNING)
    if not run.instruct("say_hello"):
        return _not_done(run, Item.HELLO)
    answered = _ask_what_was_seen(run, Item.HELLO, "bot_answered", run.subject.bot)
    if answered == NO:
        return part_b_result(run, TrialOutcome.OTHER_ANSWERS_FIRST, RestoreEnd(RestoreResult.UNTOUCHED), by_eye=True)
    run.show(Item.HUMAN, ItemState.RUNNING)
    if not run.instruct("ask_for_human"):
        return _not_done(run, Item.HUMAN)
    run.show(Item.HUMAN, ItemState.SAID)
    got_it = _ask_what_was_seen(run, Item.ARRIVED, "live_chat_got_it", run.subject.live_chat)
    if got_it == NO:
        answers = run.ask("bot_answers_again", run.subject.bot, (YES, NO)) == YES
        ended = RestoreEnd(RestoreResult.BACK if answers else RestoreResult.NOT_BACK)
        run.show(Item.BACK, ItemState.SAID if answers else ItemState.PROBLEM)
        return part_b_result(run, TrialOutcome.NOTHING_HAPPENED, ended, by_eye=True)
    silence = silence_by_eye(run) if got_it == YES else None
    ended = _given_back_by_hand(run)
    is_seen = answered == got_it == YES
    outcome = heard(TrialOutcome.BOT_HANDED_OVER if is_seen else TrialOutcome.CANNOT_TELL, silence)
    return part_b_result(run, outcome, ended, by_eye=True, silence=silence)


def _ask_what_was_seen(run: TrialRun, item: Item, question: str, app: App) -> str:
    run.show(item, ItemState.RUNNING)
    answer = run.ask(question, app, (YES, NO, CANNOT_SEE))
    run.show(item, {YES: ItemState.SAID, NO: ItemState.PROBLEM}.get(answer, ItemState.UNKNOWN))
    return answer


def _not_done(run: TrialRun, item: Item) -> TrialResult:
    run.show(item, ItemState.UNKNOWN)
    return part_b_result(run, TrialOutcome.DECLINED, RestoreEnd(RestoreResult.UNTOUCHED), by_eye=True)


def _given_back_by_hand(run: TrialRun) -> RestoreEnd:
    run.show(Item.BACK, ItemState.RUNNING)
    run.instruct("close_in_live_chat")
    ended = RestoreEnd(RestoreResult.NOT_BACK)
    while ended.result is RestoreResult.NOT_BACK:
        if run.ask("bot_answers_again", run.subject.bot, (YES, NO)) == YES:
            ended = RestoreEnd(RestoreResult.BACK)
        elif run.ask("way_out", run.subject.live_chat, ("other_side", "wait")) == "other_side":
            run.instruct("close_in_live_chat")
        else:
            ended = replace(ended, is_wanted=True)
            break
    run.show(Item.BACK, ItemState.SAID if ended.result is RestoreResult.BACK else ItemState.PROBLEM)
    return ended
