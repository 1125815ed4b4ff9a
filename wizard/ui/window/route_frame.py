"""What stands around the page says where the person is: sidebar, header, footer, and the screen reader."""

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QWidget

from wizard.actions.step_states import step_states
from wizard.core.answers import Answers
from wizard.core.flow import Flow, StepId
from wizard.i18n.language import _
from wizard.ui.accessible import announce
from wizard.ui.services import Services
from wizard.ui.window.frame import ShellFrame
from wizard.ui.window.route_view import Stop, place_sentence, stops
from wizard.words import steps


class RouteFrame(ShellFrame):
    """Reads the route from Flow, so that Next, Back, the sidebar and progress cannot disagree."""

    def __init__(
        self, flow: Flow, services: Services, answers: Answers, label: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(services, answers, label, parent)
        self._flow = flow
        self._aside = ""  # name of the screen beside the route that is open, "" for none
        self._rows: tuple[Stop, ...] = ()
        self._is_unannounced = False
        self.footer_outdated.connect(self._show_footer)

    def _stops(self) -> tuple[Stop, ...]:
        states, now = step_states(self._services.session, self._answers), self.page.step_state()
        if now is not None and not self._aside:
            states = {**states, self.page.step: now}
        return stops(self._flow, self._answers, self.page.step, states)

    def _show_route(self) -> None:
        self._rows = self._stops()
        self.sidebar.show_route(self._rows)
        self.header.show_route(self._rows, self.page.step, self.page.title() if self._aside else "")
        self.fit()
        label = _(self._label)
        self.sidebar.page_card.show_page(self._answers.page_name, label)
        self.header.show_page(self._answers.page_name)
        if self.band is not None:
            self.band.show_end(self.page.step is StepId.FINISHED and not self._aside)

    def _show_states(self) -> None:
        """Nothing but how the steps stand can be another by now."""
        if self._stops() != self._rows:
            self._show_route()

    @property
    def _is_last(self) -> bool:
        return self._flow.route(self._answers)[-1].id is self.page.step

    def _show_footer(self, *_changed: object) -> None:
        if self._page is None:
            return
        page = self._page
        after = self._flow.after(page.step, self._answers)
        own = page.primary_text()
        primary = own or (_("Close") if self._is_last and not self._aside else _("Next"))
        details = _("Copy details") if page.details_text() else ""
        can_go_on = bool(own) or after is not None or self._is_last or bool(self._aside)
        is_on = page.is_primary_ready and not page.is_busy and can_go_on
        if self.footer.isAncestorOf(self.focusWidget()) and not (is_on and self.next_button.hasFocus()):
            # The button that was pressed goes: the keyboard must not land somewhere in the sidebar.
            page.title_label.setFocus(Qt.FocusReason.OtherFocusReason)
        can_go_back = bool(self._aside) or self._flow.before(page.step, self._answers) is not None
        if self.footer.show_texts(primary, page.secondary_text(), details, can_go_back):
            self._second_clicks.footer_changed()
        self.footer.next_button.setEnabled(is_on)
        self.footer.next_button.set_kind("primary" if page.is_primary_next() and not self.is_second else "")
        self.beside_header.show_place("" if self._aside else steps.name(page.step), page.task_place())

    # The screen reader.

    def _announce(self) -> None:
        """The first page only when its window has the keyboard: what gets that is told then, and would cut it off."""
        is_shown = self.isVisible()
        self._is_unannounced = not is_shown
        if not is_shown:
            return
        place = "" if self._aside else place_sentence(self._rows, self.page.step)
        title = self.page.title()
        announce(self, _("{place}: {title}").format(place=place, title=title) if place else title)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowActivate and self._is_unannounced:
            QTimer.singleShot(0, self, self._announce_late)
        return super().event(event)

    def _announce_late(self) -> None:
        if self._is_unannounced:  # another page may have come meanwhile
            self._announce()
