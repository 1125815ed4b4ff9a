"""What a Page comes to in one sentence: the effect for its customers, the cause, and who does what next."""

from collections import defaultdict
from dataclasses import dataclass, replace

from wizard.checks.check import Reason
from wizard.checks.diagnosis import diagnosis, reason_of
from wizard.core.answers import Answers
from wizard.core.checked import CheckedPage
from wizard.core.diagnosis import Cause, Diagnosis, Lacking, PageOutcome, Who
from wizard.core.errors import ErrorKind, Failure
from wizard.core.facts import App, Page
from wizard.core.known_apps import page_inbox
from wizard.core.verdict import State
from wizard.i18n.language import _
from wizard.words import errors, guides, verdicts
from wizard.words.asking import app_name
from wizard.words.guides import SettingPath
from wizard.words.moments import ago, day

_WHO = {"owner": Who.OWNER, "developer": Who.DEVELOPER, "facebook": Who.FACEBOOK, "wait": Who.WAIT}


@dataclass(frozen=True, slots=True)
class Advice:
    """One cause in words. text: what customers notice and why, to stand behind the name of the Page; letter: the same
    to the owner of the Page, "" where nothing is to be sent. ask: what to do, in that letter. way: the known path to
    the setting, None without one."""

    text: str
    action: str
    who: Who
    letter: str = ""
    ask: str = ""
    way: SettingPath | None = None
    is_warning: bool = False


@dataclass(frozen=True, slots=True)
class Headline:
    """page: how the Page is called. text: begins small, to stand behind that. action: "" where nothing is to be done.
    who does it. note: what is to be known of its age, "" without. state: for signs and colours."""

    outcome: PageOutcome
    state: State
    page: str
    text: str
    action: str = ""
    who: Who = Who.SUPPORT
    way: SettingPath | None = None
    note: str = ""

    @property
    def sentence(self) -> str:
        """The text where the name of the Page does not stand before it."""
        return self.text[:1].upper() + self.text[1:]

    @property
    def line(self) -> str:
        """ "Lumen Coffee: Flow bot does not get new conversations, because it is not the default app." """
        # Translators: a Page and what is known of it
        return _("{page}: {found}").format(
            page=self.page, found=" ".join(part for part in (self.text, self.note) if part)
        )

    @property
    def next_step(self) -> str:
        """ "The Page’s owner: Choose Flow bot as the default app.", "" where nothing is to be done."""
        return step_for(self.who, self.action)


def outcome(of: PageOutcome) -> str:
    return {
        PageOutcome.WRONG: _("Wrong"),
        PageOutcome.NOT_FOUND_OUT: _("Could not be found out"),
        PageOutcome.NOT_PROVEN: _("Nothing wrong seen, not proven"),
        PageOutcome.WORKS: _("Works, proven"),
    }[of]


def step_for(who: Who, action: str) -> str:
    whose = {
        Who.OWNER: _("The Page’s owner"),
        Who.DEVELOPER: _("The developer of the bot, or its platform’s support"),
        Who.FACEBOOK: _("Facebook"),
    }.get(who)
    # Translators: who does something, and what
    return _("{who}: {action}").format(who=whose, action=action) if whose and action else action


def headline(page: CheckedPage, now: float) -> Headline:
    """page: fit to show, as `wizard.report.shown` makes it. now: Unix seconds."""
    return headline_of(diagnosis(page, now), page.answers, page.source)


def headline_of(found: Diagnosis, answers: Answers, source: str = "") -> Headline:
    """answers: the set-up, for the names of Page and apps. source: the file it was read from."""
    page = page_label(answers, source)
    said = _said(found, answers)
    note = _note(found)
    return Headline(found.outcome, found.state, page, said.text, said.action, said.who, said.way, note)


def page_label(answers: Answers, source: str = "") -> str:
    """What to call the Page: by the file it came in where nothing else is known."""
    return answers.page_name or answers.page_id or source or _("A Page without a name")


def advice(cause: Cause, answers: Answers) -> Advice:
    """Sentences about a cause. answers: the set-up, for the names of Page and apps."""
    verdict, reason = cause.verdict, reason_of(cause.verdict)
    if not isinstance(reason, Reason) or not reason.headline:
        said = verdicts.said(verdict)
        return Advice(_behind_name(said.title, said.text), said.action, cause.who)
    fill = _names(answers)
    fill.update((name, value) for name, value in verdicts.about_of(verdict).items() if value)
    action = reason.action.format_map(fill)
    way = _way(reason.place, answers)
    letter, ask = reason.letter.format_map(fill), (reason.ask or reason.action).format_map(fill)
    is_warning = verdict.state is State.WARNING
    return Advice(reason.headline.format_map(fill), action, reason.who, letter, ask, way, is_warning)


def advice_about(failure: Failure, answers: Answers) -> Advice:
    """Sentences about a call that failed where no check has better ones."""
    told = errors.explain(failure)
    who = Who.SUPPORT if failure.is_transport_error else _WHO.get(told.who, Who.SUPPORT)
    about = _("About your Page {page}: {text}").format(page=page_label(answers), text=told.title)
    return Advice(_behind_name("", told.title), told.action, who, "" if who is Who.SUPPORT else about, told.action)


def _said(found: Diagnosis, answers: Answers) -> Advice:
    if found.outcome is PageOutcome.NOT_FOUND_OUT:
        return _not_found_out(found, answers)
    if found.outcome is PageOutcome.WORKS:
        return Advice(
            _("the handover works, proven by a test on {date}.").format(date=day(found.proven_at)), "", Who.WAIT
        )
    if found.causes:
        return advice(found.causes[0], answers)
    if found.failure is not None:
        return advice_about(found.failure, answers)
    return _lacking(found.lacking or Lacking.TEST, found.age)


def _not_found_out(found: Diagnosis, answers: Answers) -> Advice:
    if found.failure is None:
        text = _("it could not be found out whether something is wrong: nothing was asked without a token.")
        return Advice(text, _("Check again with a token of the bot."), Who.SUPPORT)
    told = advice_about(found.failure, answers)
    if found.failure.kind is ErrorKind.SERVER_TROUBLE:  # of the set-up nothing is known, so nothing is said of it
        told = replace(told, action=_("Wait a minute, then check again."))
    text = _("it could not be found out whether something is wrong. {why}").format(why=told.text)
    return Advice(text, told.action, Who.SUPPORT)


def _lacking(lacking: Lacking, age: float) -> Advice:
    text = _("nothing wrong was seen, but that the handover works is not proven.")
    test = _("Run the test: write to the Page as a customer; see that the bot answers, hands over and gets it back.")
    look = _("Look at the conversations, too: only IDs and who has control are read. Then run the test.")
    return {
        Lacking.APPS: Advice(text, _("Name the bot and the live chat, then check again."), Who.SUPPORT),
        Lacking.LOOK: Advice(text, look, Who.SUPPORT),
        Lacking.TEST: Advice(text, test, Who.OWNER),
        Lacking.WITNESS: Advice(
            _("the handover was seen by somebody, but not by this program with the bot’s token."),
            _("Run the test with the bot’s own token."),
            Who.OWNER,
        ),
        Lacking.OTHER_PART: Advice(
            _("the bot was seen to hand over; that it can take a conversation back is not proven."),
            _("Run part A of the test, too, with the bot’s own token."),
            Who.OWNER,
        ),
        Lacking.FRESH_TEST: Advice(
            _("nothing wrong was seen, but the last test is more than 30 days old, so it proves nothing any more."),
            test,
            Who.OWNER,
        ),
        Lacking.CHANGED: Advice(
            _("something was seen to change since the last test, so it proves nothing any more."), test, Who.OWNER
        ),
        Lacking.FRESH_LOOK: Advice(
            _("nothing wrong was seen, but that was {ago}, so it proves nothing any more.").format(ago=ago(age)),
            _("Check again."),
            Who.SUPPORT,
        ),
    }[lacking]


def _note(found: Diagnosis) -> str:
    if found.is_future:
        return _("(This is dated at a time that has not come yet: a clock was wrong.)")
    if found.is_old and found.lacking is not Lacking.FRESH_LOOK:
        return _("(Seen {ago}: check again to see how it is now.)").format(ago=ago(found.age))
    return ""


def known_name(app: App | None) -> str:
    """ "" for an app of which nothing but its App ID is known."""
    return app_name(app) if app is not None and (app.name or app.id == page_inbox().id) else ""


def _names(answers: Answers) -> defaultdict[str, str]:
    bot = known_name(answers.bot) or _("your bot")
    return defaultdict(
        str,
        page=answers.page_name or _("your Page"),
        bot=bot,
        app=known_name(answers.token_app) or bot,
        live_chat=known_name(answers.live_chat) or _("your live chat"),
        live_chat_id=answers.live_chat.id if answers.live_chat is not None else "",
    )


def _way(place: str, answers: Answers) -> SettingPath | None:
    if not place:
        return None
    names = guides.names_of(Page(answers.page_id, answers.page_name), answers.bot, answers.live_chat)
    return guides.paths(place, names)[0]


def _behind_name(title: str, text: str) -> str:
    return f"{title}: {text}" if title else text
