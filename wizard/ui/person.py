"""The person at the window, as work in a thread sees them: it asks, waits, and is answered by buttons on the page.

Everything travels as the `detail` of a Progress, so the page hears of it in the window's thread.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from wizard.core.cancel import CancelToken
from wizard.core.ports import Choice, Progress, Report
from wizard.core.trial_result import ConsentRequest, ConsentTo

# What the wizard sees by itself once it is done: nobody has to say so.
WATCHED = frozenset({"send_code", "say_hello", "ask_for_human", "answer_from_live_chat"})
DONE, CANNOT = "done", "cannot"
_LOOK = 0.05  # seconds between looks for an answer or a stop


@dataclass(frozen=True, slots=True)
class Told:
    """The person is to do something elsewhere; nobody waits for an answer. step, text: of the person protocol."""

    step: str
    text: str


@dataclass(slots=True)
class Asked:
    """A question the work waits for. choices: none for an instruction that is answered by done or cannot; consent:
    what is agreed to, None for a plain question."""

    question: str
    text: str
    choices: tuple[Choice, ...] = ()
    consent: ConsentRequest | None = None
    _answer: str = ""
    _answered: threading.Event = field(default_factory=threading.Event)

    @property
    def is_instruction(self) -> bool:
        return not self.choices and self.consent is None

    def answer(self, answer: str) -> None:
        """In the window's thread. The first answer counts."""
        if not self._answered.is_set():
            self._answer = answer
            self._answered.set()

    def wait(self, cancel: CancelToken) -> str:
        """In the worker. Raises Cancelled when the person stops instead."""
        while not self._answered.is_set():
            cancel.wait(_LOOK)
        return self._answer


class WindowPerson:
    """Implements `wizard.core.ports.Person`. waits_for_all: by eye nothing is watched, so each step is confirmed."""

    def __init__(self, report: Report, cancel: CancelToken, waits_for_all: bool = False) -> None:
        self._report, self._cancel, self._waits_for_all = report, cancel, waits_for_all

    def instruct(self, step: str, text: str, link: str = "", copied: str = "") -> bool:
        if step in WATCHED and not self._waits_for_all:
            self._report(Progress("told", detail=Told(step, text)))
            return True
        return self._ask(Asked(step, text)) == DONE

    def ask(self, question: str, text: str, choices: Sequence[Choice] = ()) -> str:
        return self._ask(Asked(question, text, tuple(choices)))

    def _ask(self, asked: Asked) -> str:
        self._report(Progress("asked", detail=asked))
        return asked.wait(self._cancel)


class WindowConsent:
    """Implements `wizard.core.trial_result.Consent`. given: what the press that began the work agreed to, its text
    beside the button; anything else is asked on the page. say: the text of a request."""

    def __init__(
        self,
        report: Report,
        cancel: CancelToken,
        given: frozenset[ConsentTo],
        say: Callable[[ConsentRequest], str],
    ) -> None:
        self._report, self._cancel, self._given, self._say = report, cancel, given, say

    def __call__(self, request: ConsentRequest) -> bool:
        if request.to in self._given:
            return True
        asked = Asked(request.to.value, self._say(request), consent=request)
        self._report(Progress("asked", detail=asked))
        return asked.wait(self._cancel) == DONE
