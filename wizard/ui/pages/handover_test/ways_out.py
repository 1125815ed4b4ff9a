"""What is left where Facebook does not let the wizard bring a conversation back."""

from PySide6.QtWidgets import QWidget

from wizard.actions.trial import link_for
from wizard.core.trial_result import RestoreEnd
from wizard.ui.layout import Panel, column
from wizard.ui.pages.handover_test.panels import label_of_link
from wizard.ui.services import Services
from wizard.ui.widgets.open_place import OpenPlace
from wizard.ui.widgets.steps_list import PathStep, StepsList
from wizard.words import restored, trial

_STEP = "way_out"


class WaysOut(Panel):
    """One of them is enough. Hidden until there are any."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._world = services.session.world
        self._steps, self._switch = StepsList(is_choice=True), OpenPlace(services)
        parts = column(self)
        parts.addWidget(self._steps)
        parts.addWidget(self._switch)
        self.hide()

    def offer(self, ended: RestoreEnd, cast: trial.TrialApps, until: str) -> int:
        """Show them, and return how many there are. until: as of `restored.ways_out`."""
        ways = restored.ways_out(cast, until, ended.failure, ended.is_idle)
        self._steps.show_steps(tuple(PathStep(way) for way in ways))
        link = link_for(_STEP, self._world, "", cast.live_chat) if restored.is_switch(ended.failure) else ""
        self._switch.show_place(label_of_link(_STEP, is_practice=False), link)
        self.show()
        return len(ways)
