"""A made-up set-up for looking at the shell and the widgets, and for testing them without a network."""

from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from tests.ui import harness
from wizard.actions.session import session_for
from wizard.core.answers import Answers, SavedHow, TestOutcome, TokenOwner
from wizard.core.facts import App
from wizard.core.flow import SETUP, StepId
from wizard.core.target import TargetChoice
from wizard.core.world import World
from wizard.ui.jobs import JobRunner
from wizard.ui.pages.base import StepPage
from wizard.ui.services import FailureText, Services
from wizard.ui.widgets.checklist import CheckItem, Checklist
from wizard.ui.widgets.diagram import HandoverDiagram
from wizard.ui.widgets.diagram_data import Arrow, ArrowLook, DiagramData, Party
from wizard.ui.widgets.marks import Mark
from wizard.ui.window.page_stack import PageMaker
from wizard.ui.window.shell import Shell

BOT = App("102938475610283", "Flow bot")
INBOX = App("263902037430900", "Page Inbox")

READY_FOR_TEST = replace(
    harness.STARTED,
    page_id="1789",
    page_name="Lumen Coffee",
    token_app=BOT,
    token_owner=TokenOwner.BOT,
    bot=BOT,
    live_chat=INBOX,
    roles_confirmed=frozenset({"done"}),
)

AT_TEST = replace(READY_FOR_TEST, target=TargetChoice("flow"), saved_how=SavedHow.CONFIRMED, saved_app_id=INBOX.id)
ALL_DONE = replace(AT_TEST, test=TestOutcome.PASSED)

HANDOVER = DiagramData(
    (Party("bot", "Flow bot", "Answers first", BOT.id), Party("inbox", "Page Inbox", "Takes over", INBOX.id)),
    (Arrow("passed"), Arrow("brought back next", forward=False, look=ArrowLook.NEXT)),
    in_control="inbox",
)

TEST_ITEMS = (
    CheckItem("owner", "Flow bot has the conversation", "Control lasts another 23 h 58 min", Mark.DONE),
    CheckItem("passed", "Passed to the Page Inbox", "Facebook accepted it", Mark.DONE),
    CheckItem("wait", "Waiting until Facebook shows the new owner", "Check 2 of at most 8", Mark.RUNNING),
    CheckItem("back", "Bring it back to Flow bot", "Done even if you close this window", Mark.WAITING),
)


class SteadyClock:
    def monotonic(self) -> float:
        return 1_000.0

    def now(self) -> float:
        return 1_790_000_000.0


def services(runner: JobRunner, opened: list[str] | None = None) -> Services:
    """opened: gets every address a page opens."""

    def explain(error: Exception, at: float | None = None) -> FailureText:
        return FailureText("It did not work", "Try again", f"GET me: {type(error).__name__}")

    given = harness.services(session_for(World()), runner, opened if opened is not None else [])
    return replace(given, clock=SteadyClock(), explain=explain)


class PlainPage(StepPage):
    """A page with one field and the plain Next."""

    def __init__(self, step: StepId, given: Services, parent: QWidget | None = None) -> None:
        super().__init__(given, parent)
        self.step = step
        self.field = QLineEdit()
        self.field.setAccessibleName("Note")
        self.body.addWidget(self.field)

    def first_field(self) -> QWidget | None:
        return self.field


class HandoverPage(StepPage):
    """The diagram of a handover, and the list of what a test does."""

    step = StepId.TEST

    def __init__(self, given: Services, parent: QWidget | None = None) -> None:
        super().__init__(given, parent)
        self.diagram = HandoverDiagram(HANDOVER)
        self.checklist = Checklist()
        self.checklist.show_items(TEST_ITEMS)
        self.body.addWidget(self.diagram)
        self.body.addSpacing(8)
        self.body.addWidget(self.checklist)

    def title(self) -> str:
        return "Test the handover"

    def sentence(self) -> str:
        return "Your own test conversation goes to the Page Inbox and comes back."

    def secondary_text(self) -> str:
        return "Stop and bring back"

    def details_text(self) -> str:
        return "POST me/pass_thread_control: 200"


def make_shell(given: Services, answers: Answers = READY_FOR_TEST, start: StepId = StepId.TEST) -> Shell:
    makers: dict[StepId, PageMaker] = {step.id: partial(PlainPage, step.id, given) for step in SETUP.steps}
    makers[StepId.TEST] = partial(HandoverPage, given)
    return Shell(SETUP, makers, answers, given, start=start, label="Practice Page")
