"""The person at the terminal."""

import os
import sys
import webbrowser
from collections.abc import Callable, Mapping, Sequence

import click

from wizard.core.ports import Choice, Person
from wizard.core.trial_result import ConsentRequest
from wizard.i18n.language import _
from wizard.terminal.printing import Printer
from wizard.words import asking

# What the wizard sees by itself once it is done: nobody has to say so.
WATCHED = frozenset(
    {"log_in", "enter_code", "send_code", "say_hello", "ask_for_human", "write_once_more", "answer_from_live_chat"}
)

# What is asked for right after it was shown: nobody has to press Enter first.
_ASKED_NEXT = frozenset({"default_app", "take_control_bot", "social_route"})
# What only somebody who looked can tell: never answered by an option.
SEEN_BY_EYE = frozenset({"bot_answered", "bot_answered_now", "live_chat_got_it", "bot_answers_again"})

# What options need not say: it only chooses the instructions.
MAY_STAY_OPEN = frozenset({"bot_product", "live_chat_product"})


def somebody_is_there() -> bool:
    """Whether standard input is a terminal, where somebody may answer."""
    return sys.stdin is not None and sys.stdin.isatty()


def has_display() -> bool:
    """Whether a browser with a window can be opened here."""
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


class NoAnswer(Exception):
    """A question had to be asked and nobody is there. question: its id, which names the missing option.
    leaves_open: a test of the Page it is about is still open, whatever the question was."""

    def __init__(self, question: str, leaves_open: bool = False) -> None:
        super().__init__(question)
        self.question = question
        self.leaves_open = leaves_open


class TerminalPerson:
    """Asks on standard input. says_yes: plain questions are answered yes, and instructions count as done.

    Raises NoAnswer where a question needs a person and standard input has ended or is no terminal."""

    def __init__(self, printer: Printer, says_yes: bool) -> None:
        self._printer = printer
        self._says_yes = says_yes

    def instruct(self, step: str, text: str, link: str = "", copied: str = "") -> bool:
        self._printer.print(text)
        for each in (link, copied):
            if each:
                self._printer.link(each)
        if step in WATCHED:
            if step == "log_in" and has_display():
                webbrowser.open(link)
            self._printer.print(_("Waiting …"), indent=2)
            return True
        if self._says_yes or step in _ASKED_NEXT:
            return True
        self._line(step, _("Press Enter when it is done."))
        return True

    def ask(self, question: str, text: str, choices: Sequence[Choice] = ()) -> str:
        ids = [choice.id for choice in choices]
        if self._says_yes and "yes" in ids and question not in SEEN_BY_EYE:
            return "yes"
        if question in MAY_STAY_OPEN and (self._says_yes or not somebody_is_there()):
            return ""
        self._printer.print(text)
        if not choices:
            return self._line(question, ">")
        for number, choice in enumerate(choices, start=1):
            self._printer.print(f"{number}  {choice.text}", indent=2)
        while True:
            typed = self._line(question, _("Number")).strip()
            if typed in ids:
                return typed
            if typed.isdecimal() and 1 <= int(typed) <= len(ids):
                return ids[int(typed) - 1]
            self._printer.print(_("Type one of the numbers."))

    def _line(self, question: str, prompt: str) -> str:
        if not somebody_is_there():
            raise NoAnswer(question)
        try:
            hide = question in ("token", "settings_key")
            return str(
                click.prompt(prompt, default="", show_default=False, err=True, prompt_suffix=" ", hide_input=hide)
            )
        except click.Abort as error:
            raise KeyboardInterrupt from error


class MayBeAway:
    """A person who may not be there: then some questions are answered for them. link_for: where a step is done.

    answers: question to answer, for questions where nothing is lost by it. A step among them is told not to be done."""

    def __init__(self, person: Person, answers: Mapping[str, str], link_for: Callable[[str], str]) -> None:
        self._person, self._answers, self._link_for = person, answers, link_for

    def instruct(self, step: str, text: str, link: str = "", copied: str = "") -> bool:
        try:
            return self._person.instruct(step, text, link or self._link_for(step), copied)
        except NoAnswer:
            if step not in self._answers:
                raise
            return False

    def ask(self, question: str, text: str, choices: Sequence[Choice] = ()) -> str:
        try:
            return self._person.ask(question, text, choices)
        except NoAnswer:
            if question not in self._answers:
                raise
            return self._answers[question]


class Narrated:
    """Somebody else who is asked; the terminal shows what, and what was answered. Nothing pasted is shown."""

    def __init__(self, person: Person, printer: Printer) -> None:
        self._person = person
        self._printer = printer

    def instruct(self, step: str, text: str, link: str = "", copied: str = "") -> bool:
        first, *more = text.split("\n")
        self._printer.print(f"→ {first}", indent=2)
        for line in more:
            self._printer.print(line, indent=4)
        is_done = self._person.instruct(step, text, link, copied)
        if not is_done:
            self._printer.print(_("This was not done."), indent=4)
        return is_done

    def ask(self, question: str, text: str, choices: Sequence[Choice] = ()) -> str:
        answer = self._person.ask(question, text, choices)
        spoken = next((choice.text for choice in choices if choice.id == answer), answer if choices else "")
        self._printer.print(f"? {text} {spoken}".rstrip(), indent=2)
        return answer


class TerminalConsent:
    """Consent by option or by a typed yes; never by --yes and never by a program."""

    def __init__(self, printer: Printer, is_given: bool, may_ask: bool) -> None:
        self._printer = printer
        self._is_given = is_given
        self._may_ask = may_ask

    def __call__(self, request: ConsentRequest) -> bool:
        self._printer.print(asking.consent(request))
        if self._is_given:
            return True
        if not (self._may_ask and somebody_is_there()):
            return False
        try:
            return bool(click.confirm(_("Do you agree?"), default=False, err=True))
        except click.Abort as error:
            raise KeyboardInterrupt from error
