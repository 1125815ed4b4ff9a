"""The second half of the test page: who has control, line by line what happened, and what it means."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from wizard.core.facts import App
from wizard.core.pending import TrialPart
from wizard.core.trial_result import (
    Event,
    Item,
    ItemState,
    OwnerRelation,
    RestoreEnd,
    RestoreResult,
    TrialOutcome,
    TrialResult,
)
from wizard.i18n.language import _
from wizard.ui.layout import Panel, column
from wizard.ui.pages.bring_into_view import bring_into_view
from wizard.ui.pages.handover_test.marks import mark_of_event, mark_of_result
from wizard.ui.pages.handover_test.panels import QuestionPanel, label_of_link
from wizard.ui.pages.handover_test.waiting import WaitingLine
from wizard.ui.person import Instruction, Question
from wizard.ui.services import Services
from wizard.ui.widgets.checklist import CheckItem, Checklist
from wizard.ui.widgets.diagram import HandoverDiagram
from wizard.ui.widgets.diagram_data import Arrow, ArrowLook, DiagramData, Party
from wizard.ui.widgets.marks import Mark
from wizard.ui.widgets.notice import Notice, Tone
from wizard.ui.widgets.open_place import OpenPlace
from wizard.ui.widgets.text import Text
from wizard.words import asking, restored, trial, trial_result

_BOT, _LIVE_CHAT, _THIRD = "bot", "live_chat", "third"
_PARTIES = {OwnerRelation.BOT: _BOT, OwnerRelation.LIVE_CHAT: _LIVE_CHAT, OwnerRelation.OTHER: _THIRD}

_Events = dict[tuple[TrialPart, Item], tuple[Event, float]]
# What `begin` was told, and what came since.
LiveDraft = tuple[
    tuple[trial.TrialApps | None, TrialPart, bool, bool, bool],
    tuple[str, bool, bool, App | None, dict[TrialPart, TrialResult], _Events],
]


class LivePanel(Panel):
    """What to do now, a question if there is one, the diagram, the checklist. Later: one line per part that is over."""

    link_wanted = Signal(str)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cast: trial.TrialApps | None = None
        self._part, self._has_bot_token, self._by_eye = TrialPart.FACEBOOK_ALLOWS, True, False
        self._is_begun = self._is_running = False
        self._control, self._passed, self._returned = "", False, False
        self._third: App | None = None
        self._over: dict[TrialPart, TrialResult] = {}
        self._events: _Events = {}
        self._told: Instruction | None = None
        self._is_practice = bool(services.session.world.control)
        self._about: App | None = None  # what is asked
        self.diagram = HandoverDiagram()
        self.prompt = Notice(Tone.INFO, parent=self)
        self._prompt_link = ""
        self.prompt.action_chosen.connect(lambda: self.link_wanted.emit(self._prompt_link))
        if self._is_practice:  # a phone has Messenger in hand
            self.prompt.action_button.set_kind("primary")
        self.prompt.hide()
        self.waiting = WaitingLine(parent=self)
        self.question = QuestionPanel()
        self.question.link_wanted.connect(self.link_wanted)
        self.elsewhere = OpenPlace(services, parent=self)
        self.question.closed.connect(self._question_closed)
        self.heading = Text(role="section")
        self.checklist = Checklist(parent=self)
        body = column(self, spacing=1.3)
        for widget in (
            self.prompt,
            self.question,
            self.elsewhere,
            self.waiting,
            self.diagram,
            self.heading,
            self.checklist,
        ):
            body.addWidget(widget)

    def begin(self, cast: trial.TrialApps, part: TrialPart, has_bot_token: bool, by_eye: bool) -> None:
        """Before anything is known. part: the first that will run."""
        self._cast, self._part, self._has_bot_token, self._by_eye = cast, part, has_bot_token, by_eye
        self._control, self._passed, self._returned = "", False, False
        self._third, self._over, self._events = None, {}, {}
        self._is_begun = False
        self.rest()
        self._show()
        self.checklist.show()

    def show_ending(self, ended: RestoreEnd) -> None:
        """It was stopped: who has the conversation now. Where it is not back, that is all: no test can begin."""
        cast, holder = self._cast, ended.left.app_id if ended.left is not None else ""
        if cast is None:
            return
        self._control = {cast.bot.id: _BOT, cast.live_chat.id: _LIVE_CHAT}.get(holder, _THIRD if holder else "")
        if self._control == _THIRD:
            self._third = App(holder)
        is_left = ended.result is RestoreResult.NOT_BACK
        self._passed = self._control == _LIVE_CHAT
        self._show_diagram()
        if is_left:
            self.heading.set_text("")
            self.checklist.hide()

    def start(self) -> None:
        """The first part runs now."""
        self._is_begun = self._is_running = True
        self._show_lines()

    def rest(self) -> None:
        """Nothing runs: no prompt and no question."""
        self._is_running = False
        self._end_prompt()
        self.question.dismiss()

    def _show(self) -> None:
        if self._cast is not None:
            self._show_diagram()
            self._show_lines()

    def draft(self) -> LiveDraft:
        known = self._control, self._passed, self._returned, self._third, self._over, self._events
        return (self._cast, self._part, self._has_bot_token, self._by_eye, self._is_begun), known

    def restore_draft(self, draft: LiveDraft) -> None:
        (self._cast, self._part, self._has_bot_token, self._by_eye, self._is_begun), known = draft
        self._control, self._passed, self._returned, self._third, self._over, self._events = known
        self._show()

    def go_on_from(self, before: "LivePanel") -> None:
        """Show what one in another language showed; what it asked is to be asked anew."""
        self._is_running = before._is_running
        self.restore_draft(before.draft())
        if (told := before._told) is not None and self._cast is not None:
            text = asking.sentence_for(told.step, self._cast.live_chat)
            self._show_prompt(replace(told, text=text), before._prompt_link)
            self.waiting.go_on_from(before.waiting, trial.watched_for(told.step))
        if (asked := before.question.asked) is not None:
            if asked.consent is not None:
                asked.text = asking.consent(asked.consent)
            elif before._about is not None:
                asked.text = asking.sentence_for(asked.question, before._about)
                asked.choices = tuple(asking.choice(one.id) for one in asked.choices)

    # While it runs.

    def show_event(self, event: Event, now: float) -> None:
        """now: Unix seconds by Facebook's clock."""
        self._events[self._part, event.item] = (event, now)
        if event.item in (Item.HELLO, Item.HUMAN, Item.SILENCE) and event.state is not ItemState.RUNNING:
            self._end_prompt()
        if event.relation is not None:
            self._control = _PARTIES.get(event.relation, "")
        if event.relation is OwnerRelation.OTHER:
            self._third = event.app
        if event.state is ItemState.DONE:
            self._passed = self._passed or event.item in (Item.PASSED, Item.ARRIVED)
            self._returned = self._returned or (event.item is Item.BACK and self._passed)
        self._show_diagram()
        line = self._line(event.item)
        self.checklist.show_item(line)
        if line.mark is Mark.RUNNING and event.look <= 1 and self._is_paused():
            bring_into_view(self.checklist.row(line.id))

    def _is_paused(self) -> bool:
        """Whether the wizard works, and there is nothing for the tester to do or to answer."""
        return self._is_running and not self._by_eye and self._told is None and self.question.isHidden()

    def _question_closed(self) -> None:
        self.elsewhere.show_place("", "")
        self._show_lines()

    def show_instruction(self, told: Instruction, link: str, seconds: float) -> None:
        """seconds: how long it is watched for."""
        self._show_prompt(told, link)
        self.prompt.announce()
        self.waiting.begin(seconds, trial.watched_for(told.step))

    def _show_prompt(self, told: Instruction, link: str) -> None:
        self._told, self._prompt_link = told, link
        self.prompt.show_message(Tone.INFO, told.text, "", label_of_link(told.step, self._is_practice) if link else "")
        self.prompt.show()
        self.elsewhere.show_place("", link)

    def _end_prompt(self) -> None:
        self._told = None
        self.prompt.hide()
        self.elsewhere.show_place("", "")
        self.waiting.end()

    def ask(self, asked: Question, notes: Mapping[str, str] | None, link: str) -> None:
        """In place of what was to be done before."""
        self._end_prompt()
        self._about = self._subject_of(asked)
        self.question.ask(asked, notes, link, label_of_link(asked.question, self._is_practice))
        self._show_lines()
        self.elsewhere.show_place("", link)

    def _subject_of(self, asked: Question) -> App | None:
        """The app that is named in it, any where none is; None where it cannot be said anew."""
        cast = self._cast
        apps = [app for app in (cast.bot, cast.live_chat, self._third) if app is not None] if cast is not None else []
        with suppress(KeyError):
            return next((app for app in apps if asking.sentence_for(asked.question, app) == asked.text), None)
        return None

    def show_result(self, result: TrialResult) -> None:
        """A part is over: it shrinks to one line, and the next one's lines appear."""
        is_running = self._is_running
        self.rest()
        self._is_running = is_running
        self._over[result.part] = result
        self._part = result.part
        if result.outcome is TrialOutcome.OTHER_ANSWERS_FIRST and result.first_app is not None:
            self._third, self._control = result.first_app, _THIRD
        if result.part is TrialPart.FACEBOOK_ALLOWS and result.may_go_on:
            self._part = TrialPart.BOT_DOES
            self._passed = self._returned = False
        self._show()

    # What is shown.

    def _show_diagram(self) -> None:
        cast = self._cast
        assert cast is not None
        passed = Arrow(
            _("handed over") if self._passed else _("will be handed over"),
            look=ArrowLook.DONE if self._passed else ArrowLook.NEXT,
        )
        back = Arrow(
            _("brought back") if self._returned else _("will be brought back"),
            forward=False,
            look=ArrowLook.DONE if self._returned else ArrowLook.NEXT,
        )
        parties: tuple[Party, ...] = (
            Party(_BOT, asking.app_name(cast.bot), _("Answers first"), cast.bot.id),
            Party(_LIVE_CHAT, asking.app_name(cast.live_chat), _("Takes over"), cast.live_chat.id),
        )
        if self._third is not None:
            role = _("Neither of the two")
            parties = (*parties, Party(_THIRD, asking.app_name(self._third), role, self._third.id))
        never_left = self._part in self._over and not self._passed
        arrows = () if never_left else (passed, back)
        self.diagram.show_picture(DiagramData(parties, arrows, self._control))

    def _show_lines(self) -> None:
        """Before it begins, both parts in two lines; then the one that runs between what is over and what comes."""
        over = [self._summary(result) for part, result in self._over.items() if part is not self._part]
        heading = trial.heading(self._part, self._has_bot_token, self._by_eye)
        is_first = bool(heading) and self._part is TrialPart.FACEBOOK_ALLOWS
        later = [self._announced(TrialPart.BOT_DOES)] if is_first and not self._over else []
        if later and not self._is_begun:
            self.heading.set_text("")
            self.checklist.show_items((self._announced(self._part), *later))
            return
        if self._part in self._over and not any(part is self._part for part, _item in self._events):
            self.heading.set_text("")  # it ended before it began: what was seen is said above
            self.checklist.show_items(tuple(over))
            return
        self.heading.set_text(heading)
        running = trial.items(self._part, self._has_bot_token, self._by_eye)
        self.checklist.show_items((*over, *(self._line(item) for item in running), *later))

    def _announced(self, part: TrialPart) -> CheckItem:
        cast = self._cast
        assert cast is not None
        said = trial.announced(part, cast)
        return CheckItem(part.value, said.title, said.detail)

    def _line(self, item: Item) -> CheckItem:
        cast = self._cast
        assert cast is not None
        name = f"{self._part.value} {item.value}"
        known = self._events.get((self._part, item))
        if known is None:
            said = trial.waiting(item, cast, self._by_eye)
            is_left_out = self._part in self._over
            return CheckItem(name, said.title, said.detail, Mark.SKIPPED if is_left_out else Mark.WAITING)
        event, now = known
        said = trial.line(event, cast, now, self._by_eye)
        mark = mark_of_event(event)
        if self._part in self._over and mark is Mark.RUNNING:
            mark = Mark.UNKNOWN
        pause = _("Wait a moment. There is nothing for you to do now.")
        is_paused = mark is Mark.RUNNING and self._is_paused()
        return CheckItem(name, said.title, said.detail or (pause if is_paused else ""), mark)

    def _summary(self, result: TrialResult) -> CheckItem:
        cast = self._cast
        assert cast is not None
        back = restored.came_back(result, cast)
        if result.outcome is TrialOutcome.WORKS:
            title = _("Facebook allows the handover")
            return CheckItem(result.part.value, title, back, Mark.DONE)
        return CheckItem(result.part.value, trial_result.result(result, cast).title, back, mark_of_result(result))
