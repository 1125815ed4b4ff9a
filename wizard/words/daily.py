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

_RETURNED = (RestoreResult.BACK, RestoreResult.BY_ITSELF)


@dataclass(frozen=True, slots=True)
class Rule:
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """proof: when and what was seen, "" where the handover is not proven."""

    title: str
    bot: str
    live_chat: str
    proof: str
    heading: str
    rules: tuple[Rule, ...]

    @property
    def text(self) -> str:
        """All of it to send, in lines."""
        rules = (f"{number}. {rule.title}\n{rule.text}" for number, rule in enumerate(self.rules, start=1))
        return "\n\n".join(filter(None, (self.title, self.proof, self.heading, *rules)))


def card(answers: Answers, proof: str = "") -> Card:
    """proof: as `proof` says it."""
    bot, live_chat = _names(answers)
    return Card(
        _("{page}: how bot and live chat work together").format(page=visible(page_label(answers))),
        bot,
        live_chat,
        proof,
        heading(),
        rules(answers),
    )


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
    taken = _("Who replies there takes the conversation, and {bot} falls silent for this customer.").format(bot=bot)
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


def proof(tests: Sequence[TrialResult], answers: Answers, at: float) -> str:
    """What was seen, in one sentence. tests: oldest first. at: Unix seconds of the test that proves it."""
    handed = [
        test
        for test in tests
        if test.part is TrialPart.BOT_DOES and test.outcome is TrialOutcome.BOT_HANDED_OVER and not test.by_eye
    ]
    newest = handed[-1] if handed else None
    is_silent = newest is not None and newest.silence is Silence.SEEN
    is_back = newest is not None and newest.ended.result in _RETURNED
    if is_silent and is_back:
        said = _("Proved on {time}: {bot} answered, handed over to {live_chat}, stayed silent, and got the chat back.")
    elif is_back:
        said = _("Proved on {time}: {bot} answered, handed over to {live_chat}, and got the chat back.")
    elif is_silent:
        said = _("Proved on {time}: {bot} answered, handed over to {live_chat}, and stayed silent.")
    else:
        said = _("Proved on {time}: {bot} answered, and handed over to {live_chat}.")
    bot, live_chat = _names(answers)
    return said.format(time=clock_time(at), bot=bot, live_chat=live_chat)


def reminder(answers: Answers) -> Rule:
    """Title and text of the entry in a calendar."""
    page = visible(page_label(answers))
    return Rule(
        _("Check that bot and live chat still work together: {page}").format(page=page),
        _("Open Messenger Handover Wizard and check your Page again. It takes a minute and changes nothing."),
    )


def proved_when(at: float) -> str:
    """Short enough to stand in a picture."""
    # Translators: a date. The handover was proven then.
    return _("Proved {date}").format(date=day(at))


def _names(answers: Answers) -> tuple[str, str]:
    cast = TrialApps.of(answers)
    bot = cast.name_of(cast.bot.id) if cast.bot.id else _("the bot")
    return bot, cast.name_of(cast.live_chat.id) if cast.live_chat.id else _("the live chat")
