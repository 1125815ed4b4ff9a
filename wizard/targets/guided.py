"""Guided paste: the person puts the App ID into a web page; the wizard copies, opens, tells the path and asks."""

from wizard.core.world import World
from wizard.targets.base import Applied, Plan, checked_app_id
from wizard.targets.presets import Preset


class GuidedTarget:
    """A setting on a web site that no program can write. Only the test shows that it was saved."""

    def __init__(self, preset: Preset, world: World) -> None:
        self._preset = preset
        self._world = world

    def plan(self, app_id: str) -> Plan:
        return Plan(
            app_id=checked_app_id(app_id),
            about=self._preset.text,
            steps=self._preset.steps,
            pictures=self._preset.pictures,
            paste_into=self._preset.paste_into,
            link=self.link,
            code=self._preset.code_for(app_id),
        )

    def apply(self, plan: Plan) -> Applied:
        """Do nothing: the person does it, and confirms it elsewhere."""
        return Applied(plan.app_id, by_person=True)

    def intended(self, plan: Plan) -> Applied | None:
        return None

    def read_back(self) -> str | None:
        return None

    def undo(self, applied: Applied) -> None:
        """There is nothing that the program changed."""

    def forget(self, applied: Applied) -> None:
        """There is nothing."""

    @property
    def link(self) -> str:
        """Where it is pasted, "" where this world has no such site."""
        is_practice = bool(self._world.control)
        if is_practice and not self._preset.link.startswith("{"):  # practice never opens a site of life
            return ""
        return self._world.link(self._preset.link)
