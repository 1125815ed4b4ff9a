"""What Facebook shows by now: it is looked at again, and what changed since is said."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from wizard.actions import roles
from wizard.core.facts import TokenFacts
from wizard.i18n.language import _
from wizard.i18n.lists import listed
from wizard.ui.accessible import announce
from wizard.ui.services import Services
from wizard.ui.widgets.text import Text
from wizard.words.moments import clock_time

_NOT_BEFORE = 10.0  # seconds between two looks when the window becomes active again


class LookAgain(QObject):
    """`line` says when it was, and what came of it. Each look that went well is held for the whole session."""

    def __init__(self, services: Services, parent: QWidget) -> None:
        super().__init__(parent)
        self._services = services
        self._looked_at = float("-inf")  # monotonic seconds of the last look
        self.line = Text(role="small")
        self.line.set_text("")

    def hold(self, facts: TokenFacts) -> None:
        session = self._services.session
        session.facts = replace(session.facts, token=facts)
        self._looked_at = self._services.clock.monotonic()

    def look_quietly(self, token_name: str, on_success: Callable[[TokenFacts], None]) -> None:
        """Beside the page's own work, and not shortly after another look: nobody asked for it."""
        now = self._services.clock.monotonic()
        if now - self._looked_at < _NOT_BEFORE:
            return
        self._looked_at = now
        session = self._services.session
        job = self._services.runner.start(lambda context: roles.read_token(session, token_name, context.cancel))
        job.on_success(on_success)
        job.on_failure(lambda _error: self.line.set_text(_("Facebook could not be asked just now.")))

    def say(self, changed: Sequence[str]) -> None:
        """changed: titles of what another state was seen of than before."""
        time = clock_time(self._services.clock.now())
        if changed:
            said = _("Looked again: {time}. Changed: {what}.").format(time=time, what=listed(changed))
        else:
            said = _("Looked again: {time}. Facebook does not show programs this setting, so you say when it is done.")
            said = said.format(time=time)
        self.line.set_text(said)
        announce(self.line, said)
