"""The places of the App ID on the page, one panel each."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from wizard.i18n.language import _
from wizard.ui.layout import column
from wizard.ui.pages.bot_settings.change import PlacePanel
from wizard.ui.pages.bot_settings.places import Places, is_last_in_its_file
from wizard.ui.services import Services


class PlacePanels(QObject):
    """The page puts `column` where it belongs. `undo_chosen` and `again_chosen` with the number of the place."""

    opened = Signal()
    undo_chosen = Signal(int)
    again_chosen = Signal(int)

    def __init__(self, services: Services, parent: QWidget) -> None:
        super().__init__(parent)
        self._services, self._widget = services, parent
        self.column = column(spacing=2)
        self.panels: list[PlacePanel] = []

    def make(self, count: int) -> None:
        """So many at least. They are shown when their places are known."""
        while len(self.panels) < count:
            panel, number = PlacePanel(self._services, self._widget), len(self.panels)
            panel.hide()
            panel.opened.connect(self.opened)
            panel.undo_chosen.connect(lambda number=number: self.undo_chosen.emit(number))
            panel.again_chosen.connect(lambda number=number: self.again_chosen.emit(number))
            self.column.addWidget(panel)
            self.panels.append(panel)

    def show_places(self, places: Places, id_label: str, following: int | None) -> None:
        """id_label: whose App ID it is. following: the number of the one to be opened now, None for none."""
        self.make(len(places))
        for number, panel in enumerate(self.panels):
            panel.setVisible(number < len(places))
        for number, (panel, place) in enumerate(zip(self.panels, places, strict=False)):
            heading = _("Place {number} of {count}").format(number=number + 1, count=len(places))
            is_last = is_last_in_its_file(places, number)
            panel.show_place(place, heading if len(places) > 1 else "", id_label, is_last, following == number)
