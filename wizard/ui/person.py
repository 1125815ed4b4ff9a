"""The person at the window, as work in a thread sees them: it asks, waits, and is answered by buttons on the page.

show and ask are called in the thread of the work: give functions made by `JobContext.to`.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from wizard.core.cancel import CancelToken
from wizard.core.ports import Choice
from wizard.core.trial_result import ConsentRequest, ConsentTo

# What the wizard sees by itself once it is done: nobody has to say so.
WATCHED = frozenset({"send_code", "say_hello", "ask_for_human", "write_once_more", "answer_from_live_chat"})
DONE, CANNOT = "done", "cannot"
_LOOK = 0.05  # seconds between looks for an answer or a stop


@dataclass(frozen=True, slots=True)
class Instruction:
    """The person is to do something elsewhere; nobody waits for an answer. step, text: of the person protocol."""

    step: str
    text: str


@dataclass(slots=True)
class Question:
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
    """Implements `wizard.core.ports.Person`. show: None where nothing is watched, as by eye: then each step is asked
    for its end as well."""

    def __init__(
        self, ask: Callable[[Question], None], cancel: CancelToken, show: Callable[[Instruction], None] | None
    ) -> None:
        self._ask_page, self._cancel, self._show = ask, cancel, show

    def instruct(self, step: str, text: str, link: str = "", copied: str = "") -> bool:
        if step in WATCHED and self._show is not None:
            self._show(Instruction(step, text))
            return True
        return self._ask(Question(step, text)) == DONE

    def ask(self, question: str, text: str, choices: Sequence[Choice] = ()) -> str:
        return self._ask(Question(question, text, tuple(choices)))

    def _ask(self, asked: Question) -> str:
        self._ask_page(asked)
        return asked.wait(self._cancel)


class WindowConsent:
    """Implements `wizard.core.trial_result.Consent`. given: what the press that began the work agreed to, its text
    beside the button; anything else is asked on the page. say: the text of a request."""

    def __init__(
        self,
        ask: Callable[[Question], None],
        cancel: CancelToken,
        given: frozenset[ConsentTo],
        say: Callable[[ConsentRequest], str],
    ) -> None:
        self._ask, self._cancel, self._given, self._say = ask, cancel, given, say

    def __call__(self, request: ConsentRequest) -> bool:
        if request.to in self._given:
            return True
        asked = Question(request.to.value, self._say(request), consent=request)
        self._ask(asked)
        return asked.wait(self._cancel) == DONE
