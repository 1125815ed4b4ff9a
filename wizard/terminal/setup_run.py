"""What every step of `handover-wizard setup` is given: the session, the answers so far, and who is asked."""

from dataclasses import dataclass, field
from typing import NoReturn

from wizard.actions.session import Session
from wizard.core.answers import Answers
from wizard.core.cancel import CancelToken
from wizard.core.exit_code import ExitCode
from wizard.core.ports import Person
from wizard.core.trial_result import Consent
from wizard.terminal.ends import SetupEnds
from wizard.terminal.options import SetupOptions
from wizard.terminal.printing import Printer


@dataclass(slots=True)
class SetupRun:
    """One run of the route. A step reads the answers and puts new ones in their place."""

    session: Session
    options: SetupOptions
    person: Person
    consent: Consent
    printer: Printer
    cancel: CancelToken = field(default_factory=CancelToken)
    answers: Answers = field(default_factory=lambda: Answers(started=True))

    def refuse(self, title: str, action: str = "", code: ExitCode = ExitCode.PROBLEM) -> NoReturn:
        """Say why the route cannot go on, and end it. Raises SetupEnds."""
        self.printer.problem(title, action)
        raise SetupEnds(code)
