"""Step 3: who answers first. Facebook lets no program set it, so the page leads there and looks again afterwards."""

from dataclasses import replace

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QWidget

from wizard.actions.roles import FIELDS, NEEDED, add_fields, confirm_roles, missing_fields, read_token
from wizard.checks.case import CheckContext
from wizard.core.answers import Answers
from wizard.core.facts import Page, TokenFacts
from wizard.core.flow import StepId
from wizard.i18n.language import _
from wizard.ui.accessible import announce
from wizard.ui.layout import Panel, column
from wizard.ui.pages.base import Draft, StepPage
from wizard.ui.pages.bring_into_view import bring_into_view
from wizard.ui.pages.roles.panels import CopyableMessage, SettingRow, indented
from wizard.ui.pages.roles.state import fields_state, generation, sometimes_needed, state_of
from wizard.ui.services import FailureText, Services
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.checklist import CheckItem, CheckRow
from wizard.ui.widgets.diagram import Arrow, ArrowLook, DiagramData, HandoverDiagram, Party
from wizard.ui.widgets.disclosure import Disclosure
from wizard.ui.widgets.text import Text
from wizard.words import guides, verdicts
from wizard.words.asking import app_name
from wizard.words.guides import Setting
from wizard.words.moments import clock_time

_NOT_BEFORE = 10.0  # seconds between two looks when the window becomes active again
_IN_SOME_CASES = ("take_control_live_chat", "old_primary")

# What was done since the page was opened; what was read again; which way each setting shows.
RolesWork = tuple[tuple[bool, bool, bool], str, dict[str, tuple[Setting | None, int]]]


class RolesPage(StepPage):
    step = StepId.ROLES

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, parent)
        self._session = services.session
        self._opened_link = False
        self._looked_at = float("-inf")  # monotonic seconds of the last look
        self._is_confirming = False
        self._goes_on_anyway = False
        self._saw_all_places = False
        self.advice = Text()
        self.diagram = HandoverDiagram()
        self.heading = Text(_("Do it on Facebook"), "strong")
        self.rows = {name: SettingRow(name) for name in (*NEEDED, *_IN_SOME_CASES)}
        self.fields_line = CheckRow(CheckItem(FIELDS, ""))
        self.fields_button = Button(_("Add the missing ones"))
        self.fields_button.clicked.connect(self._add_fields)
        self.looked = Text(role="small")
        self.message = CopyableMessage(services.clipboard)
        self.someone_fold = Disclosure(_("Someone else must do this"), self.message, parent=self)
        self._build()
        for row in self.rows.values():
            row.open_wanted.connect(self._open)
            row.path_changed.connect(self._show)
            row.paths_used_up.connect(self._offer_someone_else)

    def _build(self) -> None:
        needed = _settings(*(self.rows[name] for name in NEEDED))
        self.fields_box = Panel()
        parts = column(self.fields_box, spacing=0.4)
        parts.addWidget(self.fields_line)
        below = column()
        below.addWidget(self.fields_button, 0, Qt.AlignmentFlag.AlignLeading)
        parts.addLayout(indented(below))
        rarely_needed = _settings(*(self.rows[name] for name in _IN_SOME_CASES))
        self.sometimes_fold = Disclosure(_("Only in some cases"), rarely_needed, parent=self)
        for widget in (
            self.advice,
            self.diagram,
            self.heading,
            needed,
            self.fields_box,
            self.looked,
            self.sometimes_fold,
            self.someone_fold,
        ):
            self.body.addWidget(widget)
        self.looked.hide()

    # What it says.

    def primary_text(self) -> str:
        return _("Continue anyway") if self._goes_on_anyway else _("I have done it")

    # What it shows.

    def enter(self, answers: Answers) -> None:
        self._forget_visit()
        super().enter(answers)

    def leave(self) -> None:
        super().leave()
        self._forget_visit()

    def _forget_visit(self) -> None:
        self._opened_link = self._goes_on_anyway = self._saw_all_places = False
        self.looked.set_text("")

    def show_answers(self, answers: Answers) -> None:
        super().show_answers(answers)
        self._show()

    def draft(self) -> Draft:
        flags = self._opened_link, self._goes_on_anyway, self._saw_all_places
        return replace(
            super().draft(), work=(flags, self.looked.text(), {name: row.way for name, row in self.rows.items()})
        )

    def restore_draft(self, draft: Draft) -> None:
        work: RolesWork = draft.work
        flags, looked, ways = work
        self._opened_link, self._goes_on_anyway, self._saw_all_places = flags
        self.looked.set_text(looked)
        for name, row in self.rows.items():
            row.way = ways[name]
        self._show()
        super().restore_draft(draft)
        self.footer_changed.emit()

    def _check_context(self) -> CheckContext:
        return self._session.check_context(self.answers)

    def _show(self) -> None:
        answers, case = self.answers, self._check_context()
        if answers.bot is None or answers.live_chat is None:
            return
        bot, live_chat = app_name(answers.bot), app_name(answers.live_chat)
        self.advice.set_text(
            _(
                "Let {bot} answer first: it is always there, and it hands over to {live_chat} when a person is needed."
            ).format(bot=bot, live_chat=live_chat)
        )
        self.diagram.show_picture(
            DiagramData(
                (
                    Party("bot", bot, _("Answers first"), answers.bot.id),
                    Party("live_chat", live_chat, _("Takes over"), answers.live_chat.id),
                ),
                (
                    Arrow(_("hands over"), look=ArrowLook.NEXT),
                    Arrow(_("gives back"), forward=False, look=ArrowLook.NEXT),
                ),
            )
        )
        page = Page(answers.page_id, answers.page_name)
        names, first = guides.names_of(page, answers.bot, answers.live_chat), generation(case)
        for name, row in self.rows.items():
            setting = guides.setting(name, names, first)
            link = self._session.world.link(row.shown_path(setting).link)
            row.show_setting(setting, state_of(name, setting.why, case, self.services.clock.now()), link)
        wanted = sometimes_needed(case)
        for name in _IN_SOME_CASES:
            self.rows[name].setVisible(name in wanted)
        self._show_fields(case)
        settings = (*NEEDED, "old_primary") if "old_primary" in wanted else NEEDED
        intro = _("Send this to whoever manages the Page. The wizard keeps your place: come back when it is done.")
        if self._saw_all_places:
            intro = _(
                "These were all places we know. Someone who manages the Page may find it: send them this message. Or "
                "ask support for newer instructions; Help takes them in."
            )
        self.message.show_message(
            intro,
            guides.message_for_someone_else(page, answers.bot, answers.live_chat, settings, first),
        )

    def _show_fields(self, case: CheckContext) -> None:
        state = fields_state(case, self.services.clock.now())
        self.fields_box.setVisible(state is not None)
        if state is not None:
            self.fields_line.show_item(CheckItem(FIELDS, verdicts.title("app.fields"), state.detail, state.mark))
        self.fields_button.setVisible(bool(missing_fields(case)))

    # What it does.

    def _open(self, link: str) -> None:
        self._opened_link = True
        for row in self.rows.values():
            if row is not self.sender():
                row.fold.open(False)
        if not self.services.open_link(link):
            self.show_trouble(
                FailureText(
                    _("No browser could be started."), _("Open this address in your browser: {link}").format(link=link)
                )
            )

    def _offer_someone_else(self) -> None:
        self.someone_fold.open()
        self._saw_all_places = True
        self._show()
        announce(self.message, self.message.intro.text())
        self.message.copy_button.setFocus()
        bring_into_view(self.message.copy_button)

    def primary(self) -> None:
        name = self.answers.token_name
        if self._goes_on_anyway or not (self.answers.has_token and name):
            self._confirm()
            return
        session = self._session
        self._is_confirming = True

        self.run(
            lambda job: read_token(session, name, job.cancel),
            self._take_look,
            _("Looking at Facebook again"),
            on_cancel=self._forget_press,
        )

    def _take_look(self, facts: TokenFacts) -> None:
        self._hold(facts)
        self._is_confirming = False
        if missing_fields(self._check_context()):
            self._take(facts)
            self._goes_on_anyway = True
            self.footer_changed.emit()
            announce(self.fields_line, self.fields_line.accessibleName(), urgent=True)
            bring_into_view(self.fields_box)
        else:
            self._confirm()

    def _forget_press(self) -> None:
        self._is_confirming = False

    def _confirm(self) -> None:
        self.finish(confirm_roles(self.answers))

    def _add_fields(self) -> None:
        session, name, missing = self._session, self.answers.token_name, missing_fields(self._check_context())
        self.run(
            lambda job: add_fields(session, name, missing, job.cancel), self._take_added, _("Adding what is missing")
        )

    def _take_added(self, facts: TokenFacts) -> None:
        self._take(facts)
        self._goes_on_anyway = bool(missing_fields(self._check_context()))
        self.footer_changed.emit()

    def failed(self, error: Exception) -> None:
        super().failed(error)
        if self._is_confirming:  # not to be able to look is no reason to stay
            self._is_confirming, self._goes_on_anyway = False, True
            self.footer_changed.emit()

    def _hold(self, facts: TokenFacts) -> None:
        self._session.facts = replace(self._session.facts, token=facts)
        self._looked_at = self.services.clock.monotonic()

    def _take(self, facts: TokenFacts) -> None:
        """Hold what Facebook shows now, and say what changed."""
        before = self._reasons()
        self._hold(facts)
        self._show()
        after = self._reasons()
        changed = [title for title, reason in after.items() if before.get(title) != reason]
        time = clock_time(self.services.clock.now())
        if changed:
            said = _("Looked again: {time}. Changed: {what}.").format(time=time, what=", ".join(changed))
        else:
            said = _("Looked again: {time}. Nothing that can be read has changed.").format(time=time)
        self.looked.set_text(said)
        announce(self.looked, said)

    def _reasons(self) -> dict[str, str]:
        """What each line says, by its title."""
        lines = [row.line.item for row in self.rows.values()]
        if not self.fields_box.isHidden():
            lines.append(self.fields_line.item)
        return {item.title: f"{item.mark} {item.detail}" for item in lines}

    # Looking again by itself, when the person comes back from the browser.

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowActivate and self.isVisible():
            self._look_quietly()
        return super().event(event)

    def _look_quietly(self) -> None:
        name, now = self.answers.token_name, self.services.clock.monotonic()
        may_look = self._opened_link and self.answers.has_token and name and not self.is_busy
        if not may_look or now - self._looked_at < _NOT_BEFORE:
            return
        self._looked_at = now
        session = self._session
        job = self.services.runner.start(lambda context: read_token(session, name, context.cancel))
        job.on_success(lambda facts: self._take(facts) if name == self.answers.token_name else None)
        job.on_failure(
            lambda _error: self.looked.set_text(
                _("Facebook could not be asked just now. “I have done it” tries again.")
            )
        )


def _settings(*rows: SettingRow) -> QWidget:
    box = Panel()
    parts = column(box, spacing=1.1)
    for row in rows:
        parts.addWidget(row)
    return box
