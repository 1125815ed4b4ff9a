"""What the sidebar becomes where there is no room for it: "Step 3 of 7 · Test" with a menu of the route."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton, QWidget

from wizard.core.flow import StepId
from wizard.i18n.language import _
from wizard.ui.colours import current_colours
from wizard.ui.layout import Panel, row
from wizard.ui.lines import cut_line, for_line
from wizard.ui.metrics import em
from wizard.ui.tool_tip import plain_tool_tip
from wizard.ui.widgets.marks import STEP_MARKS, Mark, paint_mark
from wizard.ui.widgets.text import Text
from wizard.ui.window.help_button import help_button
from wizard.ui.window.languages import LanguageButton
from wizard.ui.window.route_view import StepStatus, Stop, accessible_name, place_sentence, standing
from wizard.words import steps

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon


class _PageName(Text):
    """In one line, which ends in dots where there is no room: the beginning of a name tells most."""

    def __init__(self) -> None:
        super().__init__(role="small")
        self.setWordWrap(False)
        self.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def shown_text(self) -> str:
        return cut_line(self.text(), self.fontMetrics(), self.width())

    def paintEvent(self, event: QPaintEvent) -> None:
        from PySide6.QtWidgets import QStyle  # with hundreds of names: the first page does without them

        flags = QStyle.visualAlignment(self.layoutDirection(), self.alignment())
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), flags, self.shown_text())


class NarrowHeader(Panel):
    """Hidden until there is so little room: it gets its parts then."""

    step_chosen = Signal(object)  # StepId
    language_chosen = Signal(str)  # its code
    help_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("narrow_header")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._stops: tuple[Stop, ...] = ()
        self._place = self._title = self._page_name = ""
        self.hide()

    def setVisible(self, visible: bool) -> None:
        if visible and self.layout() is None:
            self._make()
        super().setVisible(visible)

    def _make(self) -> None:
        self.menu_button = QToolButton()
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.menu = QMenu(self)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.menu_button.setMenu(self.menu)
        self.page_label = _PageName()
        line = row(self, 0.6, (0.6, 0.2, 0.8, 0.2))
        line.addWidget(self.menu_button)
        line.addWidget(self.page_label, 1)
        self.help_button = help_button()
        self.languages = LanguageButton(self, is_short=True)
        for button in (self.help_button, self.languages):
            line.addWidget(button)
        self.help_button.clicked.connect(self.help_wanted)
        self.languages.chosen.connect(self.language_chosen)
        self._show_what_is_known()

    def show_route(self, rows: tuple[Stop, ...], current: StepId, aside: str = "") -> None:
        """aside: the title of a screen beside the route, where one is open."""
        place = "" if aside else place_sentence(rows, current)
        title = " · ".join(part for part in (place, aside or steps.name(current)) if part)
        self._stops, self._place, self._title = rows, place, title
        self._show_what_is_known()

    def _fit_title(self) -> None:
        """Without the name of the step where there is no room for it: the page below has it as its title. Without words
        where there is still less."""
        self.menu_button.setText(f"{for_line(self._title)}  ▾")
        beside = em(3.2)  # margins and gaps
        ends = (one for one in (self.help_button, self.languages) if not one.isHidden())
        room = self.width() - sum(one.sizeHint().width() for one in ends) - beside
        if self._place and self.menu_button.sizeHint().width() > room:
            self.menu_button.setText(f"{for_line(self._place)}  ▾")
            if self.menu_button.sizeHint().width() > room:
                at = next(stop.number for stop in self._stops if stop.status is StepStatus.CURRENT)
                self.menu_button.setText(f"{at}/{len(self._stops)}  ▾")
        elif self.menu_button.sizeHint().width() > room:  # a screen beside the route, whose title stands below, too
            over = self.menu_button.sizeHint().width() - room
            metrics = self.menu_button.fontMetrics()
            left = max(metrics.horizontalAdvance(self._title) - over, 0)
            self.menu_button.setText(f"{cut_line(self._title, metrics, left)}  ▾")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.layout() is not None:
            self._fit_title()

    def _fill_menu(self) -> None:
        """Only now: to paint the marks at each change of the route would hold up the window."""
        self.menu.clear()
        for stop in self._stops:
            action = self.menu.addAction(for_line(_line(stop)).replace("&", "&&"))
            action.setIcon(_icon(stop))
            action.setEnabled(stop.can_open)
            action.setToolTip(plain_tool_tip(accessible_name(stop, len(self._stops))))
            action.triggered.connect(lambda _checked=False, step=stop.step: self.step_chosen.emit(step))

    def show_page(self, name: str) -> None:
        self._page_name = name
        self._show_what_is_known()

    def _show_what_is_known(self) -> None:
        if self.layout() is None:
            return
        self.menu_button.setAccessibleName(_("{place}. Opens the list of steps").format(place=self._title))
        self.page_label.setText(self._page_name)
        self.page_label.setToolTip(plain_tool_tip(self._page_name))
        self._fit_title()


def _line(stop: Stop) -> str:
    """An item of a menu has no name of its own for a screen reader: what its sign says stands in its words."""
    name = f"{stop.number}  {steps.name(stop.step)}"
    # Translators: a step, and how it stands
    return _("{step}: {state}").format(step=name, state=standing(stop))


def _icon(stop: Stop) -> "QIcon":
    from PySide6.QtGui import QIcon  # with the names of a whole theme: the first page does without

    mark = STEP_MARKS[stop.state]
    if mark is Mark.WAITING and stop.status is StepStatus.CURRENT:
        mark = Mark.RUNNING
    side = em(1.2)
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint_mark(painter, picture.rect().toRectF(), mark, current_colours())
    painter.end()
    return QIcon(picture)
