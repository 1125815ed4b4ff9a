"""The picture of a handover: who is there, who has control, which way it goes."""

import itertools

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from wizard.i18n.language import _
from wizard.ui.accessible import Role
from wizard.ui.colours import current_colours
from wizard.ui.layout import Panel
from wizard.ui.lines import cut_line, draw_line, draw_lines, for_line, for_screen
from wizard.ui.metrics import em, font_for
from wizard.ui.widgets.diagram_data import Arrow, ArrowLook, DiagramData, Party, describe
from wizard.ui.widgets.notice import paint_box

_BESIDE_ARROW = 0.8  # em, between it and a box
_WRAP = int(Qt.TextFlag.TextWordWrap)


class HandoverDiagram(Panel):
    """Side by side where there is room, else below each other. Mirrored for right-to-left."""

    spoken_role = Role.Graphic

    def __init__(self, picture: DiagramData | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = picture or DiagramData(())
        self._heights: dict[int, int] = {}  # of a box by its width: a layout asks a dozen times
        self._least_gaps: list[int] | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.show_picture(self._picture)

    @property
    def picture(self) -> DiagramData:
        return self._picture

    def show_picture(self, picture: DiagramData) -> None:
        self._picture = picture
        self._forget_sizes()
        self.setAccessibleName(describe(picture) if picture.parties else "")
        self.updateGeometry()
        self.update()

    # Sizes.

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        count = len(self._picture.parties)
        if not count:
            return 0
        box = self._box_height(self._box_width(width))
        top = em(0.9)
        if self._is_stacked(width):
            return top + count * box + (count - 1) * self._stacked_gap()
        return top + box + em(0.2)

    def sizeHint(self) -> QSize:
        return QSize(em(40), self.heightForWidth(em(40)))

    def minimumSizeHint(self) -> QSize:
        return QSize(em(11), em(4))

    def fit(self) -> None:
        self._forget_sizes()
        self.updateGeometry()
        self.update()

    def _forget_sizes(self) -> None:
        self._heights.clear()
        self._least_gaps = None

    def _is_stacked(self, width: int) -> bool:
        count = len(self._picture.parties)
        return width < count * em(11.5 if count < 3 else 10.5) + sum(self._gaps())

    def _gaps(self) -> list[int]:
        """The room between two boxes at the least: much where arrows say something, and enough for all they say."""
        if self._least_gaps is None:
            self._least_gaps = [self._least_gap(gap) for gap in range(len(self._picture.parties) - 1)]
        return list(self._least_gaps)

    def _least_gap(self, gap: int) -> int:
        captions = [arrow.caption for arrow in self._picture.arrows if arrow.gap == gap]
        if not captions:
            return em(1.6)
        small, bold = QFontMetrics(font_for("small")), QFontMetrics(font_for("small", bold=True))
        proven = bold.horizontalAdvance(self._picture.proven) if gap == 0 else 0
        said = max(proven, *(small.horizontalAdvance(caption) for caption in captions))
        return max(em(10), said + 2 * em(_BESIDE_ARROW))

    def _starts(self, width: int, box_width: int) -> list[int]:
        """Where each box begins, side by side. What is left of the width goes to where the arrows are."""
        gaps, count = self._gaps(), len(self._picture.parties)
        spare = max(0, width - count * box_width - sum(gaps))
        wide = [gap for gap, room in enumerate(gaps) if room == max(gaps)]
        for gap in wide:
            gaps[gap] += spare // len(wide)
        return [at * box_width + sum(gaps[:at]) for at in range(count)]

    def _box_width(self, width: int) -> int:
        count = len(self._picture.parties)
        if self._is_stacked(width):
            return min(width, em(26))
        return min(em(14.7), (width - sum(self._gaps())) // count)

    def _stacked_gap(self) -> int:
        line = QFontMetrics(font_for("small")).height()
        captions = len(self._picture.arrows) + bool(self._picture.proven)
        return line * max(1, captions) + em(1.6)

    def _lines(self, party: Party) -> list[tuple[str, QFont, bool]]:
        lines = [(party.name, font_for("product", bold=True), False)]
        if party.role:
            lines.append((party.role, font_for("small"), True))
        if party.app_id:
            lines.append((_("App ID {app_id}").format(app_id=party.app_id), font_for("small"), True))
        return [(for_screen(text, self._is_mirrored()), font, is_muted) for text, font, is_muted in lines]

    def _box_height(self, box_width: int) -> int:
        if box_width not in self._heights:
            self._heights[box_width] = self._measure_box(box_width)
        return self._heights[box_width]

    def _measure_box(self, box_width: int) -> int:
        inside = QRectF(0, 0, box_width - 2 * em(1.2), em(40)).toRect()
        heights = [
            sum(
                QFontMetrics(font).boundingRect(inside, _WRAP, text).height() + em(0.3)
                for text, font, _muted in self._lines(party)
            )
            for party in self._picture.parties
        ]
        return max(heights) + 2 * em(1.1)

    # Painting: laid out from the left, then mirrored as a whole where writing runs from the right.

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._picture.parties:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        stacked, count = self._is_stacked(self.width()), len(self._picture.parties)
        width = self._box_width(self.width())
        height = self._box_height(width)
        if stacked:
            corners = [(0, em(0.9) + at * (height + self._stacked_gap())) for at in range(count)]
        else:
            corners = [(x, em(0.9)) for x in self._starts(self.width(), width)]
        boxes = [self._mirrored(QRectF(x, y, width, height)) for x, y in corners]
        for party, box in zip(self._picture.parties, boxes, strict=True):
            self._paint_party(painter, party, box)
        paint = self._paint_arrows_down if stacked else self._paint_arrows_across
        for gap, (start, end) in enumerate(itertools.pairwise(boxes)):
            if self._picture.proven and gap == 0:
                self._paint_proven(painter, start, end, stacked)
            paint(painter, start, end, [arrow for arrow in self._picture.arrows if arrow.gap == gap])

    def _mirrored(self, rect: QRectF) -> QRectF:
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            rect.moveLeft(self.width() - rect.right())
        return rect

    def _paint_party(self, painter: QPainter, party: Party, box: QRectF) -> None:
        colours = current_colours()
        has_control = party.id == self._picture.in_control
        fill, edge = (colours.accent_soft, colours.accent) if has_control else (colours.window, colours.line)
        if self._picture.proven:
            fill, edge = colours.ok_soft, colours.ok
        paint_box(painter, box, fill, edge, 2.0)
        y = box.top() + em(1.25)
        side = Qt.AlignmentFlag.AlignRight if self._is_mirrored() else Qt.AlignmentFlag.AlignLeft
        side |= Qt.AlignmentFlag.AlignAbsolute
        for text, font, is_muted in self._lines(party):
            painter.setFont(font)
            painter.setPen(colours.muted if is_muted else colours.text)
            room = QRectF(box.left() + em(1.2), y, box.width() - 2 * em(1.2), em(40))
            used = painter.boundingRect(room, int(side) | _WRAP, text)
            draw_lines(painter, room, text, side)
            y += used.height() + em(0.3)
        if has_control:
            self._paint_badge(painter, box)

    def _paint_badge(self, painter: QPainter, box: QRectF) -> None:
        colours = current_colours()
        text, font = _("Has control"), font_for("small", bold=True)
        metrics = QFontMetrics(font)
        width = min(metrics.horizontalAdvance(text) + em(3), round(box.width() - em(1)))
        height = metrics.height() + em(0.3)
        left = box.right() - em(1.2) - width if self._is_mirrored() else box.left() + em(1.2)
        badge = QRectF(left, max(0.0, box.top() - height / 2), width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.accent)
        painter.drawRoundedRect(badge, height / 2, height / 2)
        painter.setFont(font)
        painter.setPen(colours.on_accent)
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, for_line(text))

    def _is_mirrored(self) -> bool:
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _paint_arrows_across(self, painter: QPainter, first: QRectF, second: QRectF, arrows: list[Arrow]) -> None:
        gap = em(_BESIDE_ARROW)
        mirrored = self._is_mirrored()
        near, far = (
            (first.left() - gap, second.right() + gap) if mirrored else (first.right() + gap, second.left() - gap)
        )
        middle = first.center().y()
        line = QFontMetrics(font_for("small")).height()
        for arrow in arrows:
            y = middle + (-em(1) if arrow.forward else em(1))
            start, end = (near, far) if arrow.forward else (far, near)
            self._paint_arrow(painter, QPointF(start, y), QPointF(end, y), arrow)
            top = y - line - em(0.25) if arrow.forward else y + em(0.35)
            room = QRectF(min(near, far), top, abs(far - near), line)
            self._paint_caption(painter, room, arrow, Qt.AlignmentFlag.AlignHCenter)

    def _paint_arrows_down(self, painter: QPainter, first: QRectF, second: QRectF, arrows: list[Arrow]) -> None:
        top, bottom = first.bottom() + em(0.3), second.top() - em(0.3 if not self._picture.in_control else 0.9)
        line = QFontMetrics(font_for("small")).height()
        step = -em(1.4) if self._is_mirrored() else em(1.4)
        edge = first.right() if self._is_mirrored() else first.left()
        for at, arrow in enumerate(arrows):
            x = edge + step * (at + 1)
            start, end = (top, bottom) if arrow.forward else (bottom, top)
            self._paint_arrow(painter, QPointF(x, start), QPointF(x, end), arrow)
            text_x = edge + step * (len(arrows) + 0.8)
            width = first.width() - abs(text_x - edge)
            room = QRectF(text_x - width if self._is_mirrored() else text_x, top + at * line, width, line)
            self._paint_caption(painter, room, arrow, Qt.AlignmentFlag.AlignLeft)

    def _paint_proven(self, painter: QPainter, first: QRectF, second: QRectF, is_stacked: bool) -> None:
        """Between the arrows; where the boxes stand below each other, below what the arrows say."""
        painter.setFont(font_for("small", bold=True))
        painter.setPen(current_colours().ok)
        line = QFontMetrics(painter.font()).height()
        if is_stacked:
            count = len(self._picture.arrows)
            side = em(1.4) * (count + 0.8)
            top = first.bottom() + em(0.3) + count * line
            x = first.left() if self._is_mirrored() else first.left() + side
            room, where = QRectF(x, top, first.width() - side, line), Qt.AlignmentFlag.AlignLeft
        else:
            left, right = sorted((first, second), key=QRectF.left)
            room = QRectF(left.right(), first.center().y() - line / 2, right.left() - left.right(), line)
            where = Qt.AlignmentFlag.AlignHCenter
        text = cut_line(self._picture.proven, painter.fontMetrics(), int(room.width()))
        draw_line(painter, room, text, where | Qt.AlignmentFlag.AlignVCenter)

    def _paint_arrow(self, painter: QPainter, start: QPointF, end: QPointF, arrow: Arrow) -> None:
        colours = current_colours()
        is_done = arrow.look is ArrowLook.DONE
        done = colours.ok if self._picture.proven else colours.accent
        colour: QColor = done if is_done else colours.muted
        pen = QPen(colour, 2.5 if is_done else 1.6)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if not is_done:
            pen.setDashPattern([5, 3])
        length = max(1.0, abs(end.x() - start.x()) + abs(end.y() - start.y()))
        along = QPointF((end.x() - start.x()) / length, (end.y() - start.y()) / length)
        across = QPointF(-along.y(), along.x())
        head = em(1.0 if is_done else 0.75)
        neck = end - along * head
        painter.setPen(pen)
        painter.drawLine(start, neck)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(QPolygonF([end, neck + across * (head * 0.5), neck - across * (head * 0.5)]))

    def _paint_caption(self, painter: QPainter, room: QRectF, arrow: Arrow, side: Qt.AlignmentFlag) -> None:
        colours = current_colours()
        painter.setFont(font_for("small"))
        painter.setPen(colours.text if arrow.look is ArrowLook.DONE else colours.muted)
        text = cut_line(arrow.caption, QFontMetrics(painter.font()), int(room.width()))
        draw_line(painter, room, text, side | Qt.AlignmentFlag.AlignVCenter)
