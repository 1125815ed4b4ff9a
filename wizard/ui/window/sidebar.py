"""The calm column at the side: product, the route with ticks, and the Page that is being set up."""

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from wizard.core.flow import StepId, StepState
from wizard.i18n.language import _
from wizard.i18n.lists import listed
from wizard.ui.accessible import Role
from wizard.ui.colours import current_colours
from wizard.ui.layout import Panel, column
from wizard.ui.lines import draw_line, draw_lines, for_line, for_screen
from wizard.ui.metrics import em, font_for
from wizard.ui.tool_tip import plain_tool_tip
from wizard.ui.widgets.marks import STEP_MARKS, colour_of, paint_mark, paint_tick
from wizard.ui.widgets.notice import paint_box
from wizard.ui.widgets.text import Text, initial
from wizard.ui.widgets.wrapping_row import WrappingRow
from wizard.ui.window.help_button import help_button
from wizard.ui.window.languages import LanguageButton
from wizard.ui.window.route_view import StepStatus, Stop, accessible_name
from wizard.words import steps

WIDTH_EM = 16.7


class StopButton(QAbstractButton):
    """One stop of the route: circle with number or sign, the name, how it stands where that is not simply good, and the
    line down to the next circle."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stop: Stop | None = None
        self._count = 0
        self._heights: dict[int, int] = {}  # by width: the window asks for each of its pages
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def stop(self) -> Stop | None:
        return self._stop

    def show_stop(self, stop: Stop, count: int) -> None:
        if (stop, count) == (self._stop, self._count):
            return
        self._stop, self._count = stop, count
        self.setText(steps.name(stop.step).replace("&", "&&"))
        self.setAccessibleName(accessible_name(stop, count))
        self.setToolTip(plain_tool_tip(accessible_name(stop, count)))  # what its sign means, in words
        self.setEnabled(stop.can_open)
        self.setCursor(Qt.CursorShape.PointingHandCursor if stop.can_open else Qt.CursorShape.ArrowCursor)
        self._heights.clear()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(em(WIDTH_EM - 2), self.heightForWidth(em(WIDTH_EM - 2)))

    def minimumSizeHint(self) -> QSize:
        return QSize(em(6), em(3))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            text = QFontMetrics(self._font()).boundingRect(
                QRect(0, 0, max(em(2), width - em(3.2)), em(20)), int(Qt.TextFlag.TextWordWrap), self._words()
            )
            self._heights[width] = max(em(3.25), text.height() + self._note_height() + em(1))
        return self._heights[width]

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._heights.clear()
        super().changeEvent(event)

    @property
    def note(self) -> str:
        """How the step stands in words, "" where it was seen to be right or has not been done yet."""
        if self._stop is None or self._stop.state in (StepState.SEEN, StepState.NOT_DONE):
            return ""
        return steps.state(self._stop.state, self._stop.step)

    def _words(self) -> str:
        return for_screen(self.text(), self.layoutDirection() is Qt.LayoutDirection.RightToLeft)

    def _note_height(self) -> int:
        return QFontMetrics(font_for("small")).height() if self.note else 0

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setBold(self._stop is not None and self._stop.status is StepStatus.CURRENT)
        return font

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._stop is None:
            return
        colours = current_colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        circle, right_to_left = em(1.8), self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x = self.width() - circle - em(0.2) if right_to_left else em(0.2)
        middle = QPointF(x + circle / 2, self.height() / 2)
        disc = QRectF(middle.x() - circle / 2, middle.y() - circle / 2, circle, circle)
        self._paint_connections(painter, disc)
        standing, state = self._stop.status, self._stop.state
        if standing is not StepStatus.CURRENT and state is StepState.SEEN:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.ok)
            painter.drawEllipse(disc)
            inset = circle * 0.26
            paint_tick(painter, disc.adjusted(inset, inset, -inset, -inset), colours.on_ok)
        elif standing is not StepStatus.CURRENT and state is not StepState.NOT_DONE:
            paint_mark(painter, disc, STEP_MARKS[state], colours)
        else:
            filled = standing is StepStatus.CURRENT
            edge = colours.accent if standing in (StepStatus.CURRENT, StepStatus.OPEN) else colours.line
            painter.setPen(QPen(edge, 1.5))
            painter.setBrush(colours.accent if filled else colours.window)
            painter.drawEllipse(disc.adjusted(0.75, 0.75, -0.75, -0.75))
            painter.setFont(font_for("small", bold=filled))
            painter.setPen(colours.on_accent if filled else colours.muted)
            painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(self._stop.number))
        start = circle + em(1)
        words = self.rect().adjusted(0 if right_to_left else start, 0, -start if right_to_left else 0, 0)
        painter.setFont(self._font())
        painter.setPen(colours.muted if standing is StepStatus.AHEAD else colours.text)
        if self.isEnabled() and self.underMouse() and standing is not StepStatus.CURRENT:
            painter.setPen(colours.accent)
        side = Qt.AlignmentFlag.AlignRight if right_to_left else Qt.AlignmentFlag.AlignLeft
        where = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        name = words.adjusted(0, 0, 0, -self._note_height())
        draw_lines(painter, QRectF(name), self._words(), where)
        if self.note:
            below = painter.boundingRect(name, int(where | Qt.TextFlag.TextWordWrap), self._words()).bottom()
            painter.setFont(font_for("small"))
            painter.setPen(colour_of(STEP_MARKS[state], colours))
            room = QRect(words.left(), below, words.width(), self._note_height())
            draw_line(painter, room, for_line(self.note), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        if self.hasFocus():
            painter.setPen(QPen(colours.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 3, -1, -3), em(0.4), em(0.4))

    def _paint_connections(self, painter: QPainter, disc: QRectF) -> None:
        """From the circle before to the next one. No colour: that would say something about both."""
        assert self._stop is not None
        gap = em(0.2)
        painter.setPen(QPen(current_colours().line, 2))
        if self._stop.number > 1:
            painter.drawLine(QPointF(disc.center().x(), 0), QPointF(disc.center().x(), disc.top() - gap))
        if self._stop.number < self._count:
            painter.drawLine(QPointF(disc.center().x(), disc.bottom() + gap), QPointF(disc.center().x(), self.height()))


class PageCard(Panel):
    """Which Page this is about. Hidden until one is known."""

    spoken_role = Role.Grouping

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = Text(role="strong")
        self._label = Text(role="small")
        self._column = column(self, 0)
        self._column.addStretch(1)  # a name alone stands level with its initial
        self._column.addWidget(self._name)
        self._column.addWidget(self._label)
        self._column.addStretch(1)
        self.fit()

    def show_page(self, name: str, label: str) -> None:
        """label: a second line such as "Practice Page", "" for none."""
        self._name.set_text(name)
        self._label.set_text(label)
        self.setAccessibleName(listed(part for part in (name, label) if part))
        self.setVisible(bool(name))
        self.update()

    def fit(self) -> None:
        edge = em(0.9)
        start = edge + em(2.5) + em(0.7)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self._column.setContentsMargins(edge if mirrored else start, edge, start if mirrored else edge, edge)
        self.setMinimumHeight(em(2.5) + 2 * edge)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = current_colours()
        painter = QPainter(self)
        paint_box(painter, QRectF(self.rect()), colours.window, colours.line, 1.5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size, edge = em(2.5), em(0.9)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        disc = QRectF(self.width() - edge - size if mirrored else edge, (self.height() - size) / 2, size, size)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.accent)
        painter.drawEllipse(disc)
        painter.setFont(font_for("product", bold=True))
        painter.setPen(colours.on_accent)
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, initial(self._name.text()))


class Sidebar(Panel):
    spoken_role = Role.Grouping
    step_chosen = Signal(object)  # StepId

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        self.setAccessibleName(_("Steps"))
        self.product = Text(_("Handover Wizard"), "product")
        self.claim = Text(_("Set up Messenger handover"), "small")
        self.page_card = PageCard()
        self.help_button = help_button()
        self.languages = LanguageButton(self)
        self.buttons: list[StopButton] = []
        self._route = column(spacing=0, margins=(0.35, 1, 0, 0.6))
        parts = column(self, 0.15, (1.4, 1.8, 1.3, 1.3))
        parts.addWidget(self.product)
        parts.addWidget(self.claim)
        parts.addLayout(self._route)
        parts.addStretch(1)
        parts.addWidget(self.page_card)
        below = WrappingRow(gap=0)  # both have room around their words
        for button in (self.help_button, self.languages):
            below.addWidget(button)
        parts.addLayout(below)
        self.fit()

    def show_route(self, rows: tuple[Stop, ...]) -> None:
        while len(self.buttons) < len(rows):
            button = StopButton()
            button.clicked.connect(lambda _checked=False, button=button: self._choose(button))
            self.buttons.append(button)
            self._route.addWidget(button)
        for button in self.buttons[len(rows) :]:
            button.hide()
        for button, row in zip(self.buttons, rows, strict=False):
            button.show_stop(row, len(rows))
            button.show()

    def _choose(self, button: StopButton) -> None:
        if button.stop is not None:
            chosen: StepId = button.stop.step
            self.step_chosen.emit(chosen)

    def fit(self) -> None:
        super().fit()
        self.setFixedWidth(em(WIDTH_EM))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = current_colours()
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)  # not fillRect: with it come gradients, and the first page waits for them
        painter.setBrush(colours.sidebar)
        painter.drawRect(self.rect())
        x = 0 if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else self.width() - 1
        painter.setBrush(colours.line)
        painter.drawRect(x, 0, 1, self.height())
