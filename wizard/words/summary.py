"""The end of a run in words: what works, what is open, what to keep an eye on, and the one line about the handover."""

from collections.abc import Sequence
from dataclasses import dataclass

from wizard.checks.case import CheckContext
from wizard.checks.check import Reason
from wizard.checks.diagnosis import diagnosis_of, reason_of
from wizard.checks.run import verdicts
from wizard.core.answers import Answers, TestOutcome
from wizard.core.diagnosis import PageOutcome
from wizard.core.facts import Control
from wizard.core.kept_tests import OWNER_FOR
from wizard.core.known_apps import page_inbox
from wizard.core.mend import Mend, mend_of_check, mend_of_setup
from wizard.core.outcome import outcome
from wizard.core.pending import TrialPart
from wizard.core.resource import load_toml
from wizard.core.step_state import lasts
from wizard.core.trial_result import PASSED, RestoreResult, TrialOutcome, TrialResult
from wizard.core.verdict import State, Verdict
from wizard.i18n.language import _, ngettext
from wizard.i18n.texts import translate_tree
from wizard.words import mending, restored, trial_result
from wizard.words.asking import app_name
from wizard.words.headlines import Headline, headline_of
from wizard.words.moments import ago, clock_time
from wizard.words.trial import TrialApps
from wizard.words.verdicts import said

_WITHOUT_SAYING = frozenset(
    {
        *("token.shape", "token.valid", "page.published", "roles.distinct", "api.version", "api.usage", "clock.skew"),
        "instagram.handover",
    }
)
_NOTHING_TO_WATCH = frozenset({"is_live_chat"})  # the Page Inbox is meant to answer there
_NOBODY = (RestoreResult.IDLE, RestoreResult.LET_GO)
_TOGETHER = 15 * 60.0  # seconds: one run of the wizard


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """title: what was checked; text: what was found, or what to do. at: Unix seconds, 0.0 where not dated.
    lasts: seconds for which it says something about today. state: of the check, UNKNOWN where it is of none."""

    title: str
    text: str = ""
    at: float = 0.0
    lasts: float = OWNER_FOR
    state: State = State.UNKNOWN


@dataclass(frozen=True, slots=True)
class Summary:
    """headline: what it all comes to. works: seen by us. look_at: warnings and problems, each with what to do. open:
    cannot be told, or not checked. watch: what changes by itself later. handover: the one line about the test.
    proven_at: Unix seconds of the test that proves it, 0.0 without."""

    headline: Headline
    works: tuple[SummaryRow, ...]
    look_at: tuple[SummaryRow, ...]
    open: tuple[SummaryRow, ...]
    watch: tuple[SummaryRow, ...]
    handover: str
    proven_at: float = 0.0


def summary(context: CheckContext) -> Summary:
    found = verdicts(context)
    diagnosed = diagnosis_of(context, found)
    return Summary(
        headline=headline_of(diagnosed, context.answers),
        proven_at=diagnosed.proven_at,
        works=tuple(_row(verdict) for verdict in found if verdict.state is State.OK and is_noteworthy(verdict)),
        look_at=tuple(_row(verdict) for verdict in found if verdict.state in (State.PROBLEM, State.WARNING)),
        open=tuple(_row(verdict) for verdict in found if verdict.state in (State.UNKNOWN, State.NOT_CHECKED)),
        watch=watch(context.answers),
        handover=handover_line(context.tests, context.answers),
    )


def mend(context: CheckContext) -> Mend:
    """What to do next at the end of a run."""
    found = diagnosis_of(context, verdicts(context))
    of_tests = {test.part: mending.after(test) for test in context.all_tests}
    of_checks = []
    for cause in found.causes:
        reason = reason_of(cause.verdict)
        of_checks.append(mend_of_check(cause.verdict.check, reason.place if isinstance(reason, Reason) else ""))
    return mend_of_setup(of_tests, of_checks, is_proven=found.outcome is PageOutcome.WORKS)


def for_developer(told: Summary) -> str:
    """The heading of all that was checked."""
    if not told.works:
        return not_checked(len(told.open))
    count = len(told.works) + len(told.open)
    return ngettext("What was checked ({count} point)", "What was checked ({count} points)", count).format(count=count)


def not_checked(count: int) -> str:
    """The heading of what is open."""
    return ngettext("{count} point is not checked", "{count} points are not checked", count).format(count=count)


def is_noteworthy(verdict: Verdict) -> bool:
    """Whether an owner who set up a handover wants to hear it: what goes without saying when it is well is left out."""
    return verdict.state is not State.OK or (
        verdict.check not in _WITHOUT_SAYING and verdict.reason not in _NOTHING_TO_WATCH
    )


def seen_when(row: SummaryRow, now: float) -> str:
    """ "Seen 22 Nov 2026, 15:04", and how long ago where that is a day or more; "" without a date."""
    if not row.at:
        return ""
    when = _("Seen {time}").format(time=clock_time(row.at))
    return f"{when} ({ago(now - row.at)})" if now - row.at >= OWNER_FOR else when


def is_old(row: SummaryRow, now: float) -> bool:
    """Whether it says little about today; False where it is not dated."""
    return bool(row.at) and now - row.at >= row.lasts


def seen_together(rows: Sequence[SummaryRow], now: float) -> str:
    """ "seen 22 Nov 2026, 15:04" where all dated rows were seen within some minutes; "" where each must tell."""
    moments = [row.at for row in rows if row.at]
    if not moments or max(moments) - min(moments) > _TOGETHER or now - min(moments) >= OWNER_FOR:
        return ""
    return _("seen {time}").format(time=clock_time(max(moments)))


def watch(answers: Answers) -> tuple[SummaryRow, ...]:
    """What to keep an eye on. Source: Meta, Conversation Routing, 2025-09-24."""
    live_chat = app_name(answers.live_chat) if answers.live_chat else _("the live chat")
    bot = app_name(answers.bot) if answers.bot else _("the bot")
    return (
        SummaryRow(
            _("Giving back"),
            _("{live_chat} keeps a conversation until it is closed or given back there.").format(live_chat=live_chat),
        ),
        SummaryRow(
            _("24 hours"),
            _(
                "24 hours after the customer’s last message nobody has control any more. The next message goes to the "
                "app that answers first."
            ),
        ),
        SummaryRow(
            _("Replies of your staff"),
            _(
                "Whoever replies in the {inbox} (Meta Business Suite) takes control, and {bot} falls silent for this "
                "customer. Meta’s own AI answers from there, too: leave it off."
            ).format(inbox=page_inbox().name, bot=bot),
        ),
    )


def glossary() -> tuple[SummaryRow, ...]:
    """The words on screen with the words of Facebook and of older help pages."""
    return tuple(
        SummaryRow(entry["title"], entry["text"]) for entry in translate_tree(load_toml("help.toml")["glossary"])
    )


def text(context: CheckContext, now: float) -> str:
    """The whole summary to copy, save or send: names of the Page and the apps, no token, nothing of customers.

    now: Unix seconds. The last line is the one about the handover."""
    answers, told = context.answers, summary(context)
    head = told.headline
    lines = [_("Messenger handover of {page}").format(page=_page(answers)), clock_time(now), "", head.sentence]
    lines += [f"→ {head.next_step}", ""] if head.next_step else [""]
    for role, app in ((_("Answers first"), answers.bot), (_("Takes over"), answers.live_chat)):
        if app is not None:
            lines.append(_("{role}: {app} (App ID {id})").format(role=role, app=app_name(app), id=app.id))
    lines += _block(_("What works"), [_line("✓", row, now) for row in told.works])
    lines += _block(_("Look at this"), [_line("!", row, now) for row in told.look_at])
    lines += _block(_("Cannot tell, or not checked"), [_line("–", row, now) for row in told.open])
    lines += _block(_("Keep an eye on"), [_line("•", row, now) for row in told.watch])
    return "\n".join([*lines, "", told.handover])


def handover_line(tests: Sequence[TrialResult], answers: Answers) -> str:
    """Who had control, who got it through the bot, who has it now; or, as truthfully, what was not seen.

    tests: all of this run, oldest first; without any, what an earlier run left in the answers."""
    cast = TrialApps.of(answers)
    if not tests:
        return _of_earlier_run(answers)
    newest = {test.part: test for test in tests}
    bot_does, facebook_allows = newest.get(TrialPart.BOT_DOES), newest.get(TrialPart.FACEBOOK_ALLOWS)
    result = outcome(tests)
    if result is TestOutcome.PASSED and bot_does is not None:
        return _passed(bot_does, cast)
    if result is TestOutcome.READY and facebook_allows is not None:
        return _ready(facebook_allows, bot_does, cast)
    if result is TestOutcome.NOT_PASSED:
        failed = _failed(list(newest.values()))
        if failed.is_left_elsewhere and failed.outcome is TrialOutcome.WORKS:  # "the bot was not tried" is not the news
            return _("Not passed: {what}").format(what=restored.back(failed, cast).title)
        return _joined(_("Not passed: {what}"), failed, cast)
    if result is TestOutcome.SKIPPED:
        return _skipped(answers)
    return _joined(_("Not proved: {what}"), bot_does or tests[-1], cast)


def _of_earlier_run(answers: Answers) -> str:
    match answers.test:
        case TestOutcome.PASSED:
            return _("The handover was tested earlier, and passed. In this run it was not tested.")
        case TestOutcome.READY:
            return _("Earlier, Facebook was ready and the bot was not tried. In this run nothing was tested.")
        case TestOutcome.NOT_PASSED:
            return _("The handover was tested earlier, and did not pass. In this run it was not tested.")
        case TestOutcome.CANNOT_TELL:
            return _("The handover was tested earlier, without proof. In this run it was not tested.")
        case TestOutcome.STOPPED:
            return _("In this run the test was stopped before its end.")
        case TestOutcome.SKIPPED | None:
            return _skipped(answers)


def _skipped(answers: Answers) -> str:
    if any(character.isalnum() for character in answers.test_skipped_because):  # not a mere dash
        return _("Not tested. Reason: {reason}").format(reason=answers.test_skipped_because)
    return _("Not tested.")


def _passed(test: TrialResult, cast: TrialApps) -> str:
    app = app_name(test.app or cast.live_chat)
    if test.first_app is None:  # the live chat's token does not see which app had control before
        seen = _("Handover tested: {app} got the conversation when a person was asked for.").format(app=app)
        return f"{seen} {_now(test, cast)}"
    first, holder = app_name(test.first_app), _holder(test, cast)
    if holder:
        return _("Handover tested: {first} had control, {app} got it through the bot, {holder} has it now.").format(
            first=first, app=app, holder=holder
        )
    seen = _("Handover tested: {first} had control, {app} got it through the bot.").format(first=first, app=app)
    return f"{seen} {_now(test, cast)}"


def _ready(test: TrialResult, bot_does: TrialResult | None, cast: TrialApps) -> str:
    bot, holder = app_name(cast.bot), _holder(test, cast)
    if bot_does is not None and bot_does.outcome is not TrialOutcome.DECLINED:
        return _joined(_("Facebook is ready, but the bot was not seen to hand over: {what}"), bot_does, cast)
    if test.app is None:
        seen = _("Facebook is ready; your bot was not tried. The conversation left {bot}.").format(bot=bot)
        return f"{seen} {_now(test, cast)}"
    app = app_name(test.app)
    if holder:
        return _(
            "Facebook is ready; your bot was not tried. {bot} had control, {app} got it, {holder} has it now."
        ).format(bot=bot, app=app, holder=holder)
    seen = _("Facebook is ready; your bot was not tried. {bot} had control, {app} got it.").format(bot=bot, app=app)
    return f"{seen} {_now(test, cast)}"


def _failed(tests: Sequence[TrialResult]) -> TrialResult:
    """The test to speak of: one that left the conversation elsewhere, else the newest that went wrong."""
    good = PASSED | {TrialOutcome.DECLINED}
    left = [test for test in tests if test.is_left_elsewhere]
    wrong = [test for test in tests if test.outcome not in good]
    return (left or wrong or list(tests))[-1]


def _joined(frame: str, test: TrialResult, cast: TrialApps) -> str:
    """frame: a sentence with {what}. What was found, and where the conversation is now."""
    return f"{frame.format(what=trial_result.result(test, cast).title)} {_now(test, cast)}"


def _now(test: TrialResult, cast: TrialApps) -> str:
    left = test.ended.left
    if (
        test.ended.result is RestoreResult.BACK
        and not test.by_eye
        and (left is None or left.control not in (Control.APP, Control.NOTHING))
    ):
        return _("It was given back to the app that had it at the start.")
    return restored.back(test, cast).title


def _holder(test: TrialResult, cast: TrialApps) -> str:
    """The app that was last seen in control, "" where none was named."""
    left = test.ended.left
    if left is None or left.control is not Control.APP or test.ended.result in _NOBODY:
        return ""
    return cast.name_of(left.app_id)


def _row(verdict: Verdict) -> SummaryRow:
    words = said(verdict)
    at = max((evidence.at for evidence in verdict.evidence), default=0.0)
    text = " ".join(part for part in (words.text, words.action) if part)
    return SummaryRow(words.title, text, at, lasts(verdict.check), verdict.state)


def _line(sign: str, row: SummaryRow, now: float) -> str:
    return " ".join(part for part in (sign, f"{row.title}:", row.text, _dated(row, now)) if part)


def _dated(row: SummaryRow, now: float) -> str:
    when = seen_when(row, now)
    return f"[{when}]" if when else ""


def _block(title: str, lines: Sequence[str]) -> list[str]:
    return ["", title, *lines] if lines else []


def _page(answers: Answers) -> str:
    name, page_id = answers.page_name, answers.page_id
    return f"{name} ({page_id})" if name and page_id else name or page_id or _("your Page")
