"""What everybody who answers customers must know: three rules for every day, as a card to print or to send."""

from collections.abc import Sequence
from dataclasses import dataclass

from wizard.core.answers import Answers
from wizard.core.known_apps import page_inbox
from wizard.core.pending import TrialPart
from wizard.core.redact import visible
from wizard.core.trial_result import RestoreResult, Silence, TrialOutcome, TrialResult
from wizard.i18n.language import _
from wizard.words.headlines import page_label
from wizard.words.moments import clock_time, day
from wizard.words.trial import TrialApps


@dataclass(frozen=True, slots=True)
class Rule:
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """practice: says that it is only that, "" in life. proof: when and what was seen, or that nothing is proven.
    untested: what no test of this program shows, "" where nothing is proven. back: how the chat came back, in a few
    words. has_come_back: it did without the wizard."""

    title: str
    practice: str
    bot: str
    live_chat: str
    proof: str
    untested: str
    back: str
    has_come_back: bool
    heading: str
    rules: tuple[Rule, ...]

    @property
    def text(self) -> str:
        """All of it to send, in lines."""
        rules = (f"{number}. {rule.title}\n{rule.text}" for number, rule in enumerate(self.rules, start=1))
        said = self.practice, self.title, self.proof, self.untested, self.heading
        return "\n\n".join(filter(None, (*said, *rules)))


def card(answers: Answers, tests: Sequence[TrialResult] = (), proven_at: float = 0.0, practice: bool = False) -> Card:
    """tests: oldest first. proven_at: Unix seconds of the one that proves it, 0.0 without. practice: on a pretend
    Page."""
    bot, live_chat = _names(answers)
    handed = _proving(tests) if proven_at else None
    has_come_back = handed is not None and handed.ended.result is RestoreResult.BY_ITSELF
    not_tested = _("gives back: not tested") if proven_at else _("gives back")
    return Card(
        _("{page}: how bot and live chat work together").format(page=visible(page_label(answers))),
        practice_note() if practice else "",
        bot,
        live_chat,
        _proof(handed, answers, proven_at) if proven_at else _("This is how it is meant. No test has proven it."),
        _untested(answers, has_come_back) if proven_at else "",
        _("came back") if has_come_back else not_tested,
        has_come_back,
        heading(),
        rules(answers),
    )


def practice_note() -> str:
    """On what leaves the window, which says so itself."""
    return _("Practice: this Page is not real.")


def heading() -> str:
    return _("Three rules for every day")


def rules(answers: Answers) -> tuple[Rule, ...]:
    """Source: Meta, Conversation Routing, 2025-09-24."""
    bot, live_chat = _names(answers)
    inbox = page_inbox().name
    is_inbox = answers.live_chat is not None and answers.live_chat.id == page_inbox().id
    kept = _("Until then {live_chat} keeps it, and {bot} stays silent for this customer.").format(
        live_chat=live_chat, bot=bot
    )
    taken = _("Whoever replies there takes the conversation, and {bot} falls silent for this customer.").format(bot=bot)
    if is_inbox:
        first = Rule(_("Mark each finished chat as done in the {inbox}.").format(inbox=inbox), kept)
        second = Rule(_("Reply in the {inbox} only when a person is needed.").format(inbox=inbox), taken)
    else:
        first = Rule(
            _("Close each finished chat in {live_chat}, or give it back there.").format(live_chat=live_chat), kept
        )
        second = Rule(_("Reply only in {live_chat}, never in Facebook’s own inbox.").format(live_chat=live_chat), taken)
    return (
        first,
        second,
        Rule(
            _("After 24 quiet hours {bot} answers first again.").format(bot=bot),
            _("24 hours after the customer’s last message nobody has the conversation any more."),
        ),
    )


def _proving(tests: Sequence[TrialResult]) -> TrialResult | None:
    handed = [
        test
        for test in tests
        if test.part is TrialPart.BOT_DOES and test.outcome is TrialOutcome.BOT_HANDED_OVER and not test.by_eye
    ]
    return handed[-1] if handed else None


def _proof(handed: TrialResult | None, answers: Answers, at: float) -> str:
    """What was seen, and who brought the chat back: the live chat was not seen to do it."""
    bot, live_chat = _names(answers)
    if handed is not None and handed.silence is Silence.SEEN:
        said = _("Proved on {time}: {bot} answered, handed over to {live_chat}, and stayed silent.")
    else:
        said = _("Proved on {time}: {bot} answered, and handed over to {live_chat}.")
    said = said.format(time=clock_time(at), bot=bot, live_chat=live_chat)
    back = {
        RestoreResult.BACK: _("Then the wizard brought the chat back."),
        RestoreResult.BY_ITSELF: _("Then the chat came back by itself."),
    }
    return " ".join(filter(None, (said, back.get(handed.ended.result, "") if handed is not None else "")))


def _untested(answers: Answers, has_come_back: bool) -> str:
    """Whom the live chat shows a conversation, and when it gives one back, only the people there see."""
    bot, live_chat = _names(answers)
    if has_come_back:
        return _("Not tested: whether your team sees the chat in {live_chat}. Try it once.").format(live_chat=live_chat)
    return _(
        "Not tested: whether your team sees the chat in {live_chat}, and whether {bot} answers again when they finish "
        "it there. Try both once."
    ).format(live_chat=live_chat, bot=bot)


def reminder(answers: Answers, practice: bool = False) -> Rule:
    """Title and text of the entry in a calendar."""
    page = visible(page_label(answers))
    text = _("Open Messenger Handover Wizard and check your Page again. It takes a minute and changes nothing.")
    return Rule(
        _("Check that bot and live chat still work together: {page}").format(page=page),
        " ".join(filter(None, (practice_note() if practice else "", text))),
    )


def proved_when(at: float) -> str:
    """Short enough to stand in a picture."""
    # Translators: a date. The handover was proven then.
    return _("Proved {date}").format(date=day(at))


def _names(answers: Answers) -> tuple[str, str]:
    cast = TrialApps.of(answers)
    bot = cast.name_of(cast.bot.id) if cast.bot.id else _("the bot")
    return bot, cast.name_of(cast.live_chat.id) if cast.live_chat.id else _("the live chat")
