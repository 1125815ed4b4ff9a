"""What went wrong on a page: said below it, where it stays until it is cleared. One trouble at a time."""

import weakref
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from wizard.core.version import __version__
from wizard.i18n.language import _
from wizard.ui.services import FailureText, Services, Trouble
from wizard.ui.widgets.notice import Notice, Tone

if TYPE_CHECKING:
    from wizard.ui.widgets.field import Field


class TroubleNotice(Notice):
    """said: what makes the trouble, None where there is none."""

    changed = Signal()  # `details_to_copy` are others

    def __init__(self, services: Services, page: QWidget) -> None:
        super().__init__(parent=page)
        self._services = services
        self._page = weakref.ref(page)  # which holds this: one that is gone would else stay until it is collected
        self.said: Trouble | None = None
        self._trouble: FailureText | None = None  # as it is said
        self._heard: set[Field] = set()  # fields whose problems take the place of the trouble
        self.hide()
        self.action_chosen.connect(self._open_link)

    def show_trouble(self, said: Trouble, is_new: bool = True) -> None:
        """is_new: a screen reader has not read it yet."""
        self._show(said)
        if is_new:
            self.announce()
        self.changed.emit()

    def clear(self) -> None:
        self._trouble = self.said = None
        self.hide()
        self.changed.emit()

    def speak_anew(self) -> None:
        """In the language of the window."""
        if self.said is not None:
            self._show(self.said)

    def _show(self, said: Trouble) -> None:
        from wizard.ui.widgets.field import Field  # the first page has none

        page = self._page()
        for field in set(page.findChildren(Field) if page is not None else ()) - self._heard:
            field.went_wrong.connect(self.clear)
            self._heard.add(field)
        trouble = said if isinstance(said, FailureText) else said()
        self.said, self._trouble = said, trouble
        self.show_message(Tone.PROBLEM, trouble.title, trouble.action, trouble.link_text, trouble.details)
        self.show()

    def details_to_copy(self, page_title: str) -> str:
        """What was said, calls, codes, times, "" where there is nothing of that."""
        trouble = self._trouble
        if trouble is None or not trouble.details:
            return ""
        version = _("Version {version}").format(version=__version__)
        return "\n".join(filter(None, (trouble.title, trouble.action, trouble.details, page_title, version)))

    def open_in_browser(self, link: str) -> None:
        """Show an address; where no browser can be started, say it."""
        if not self._services.show_in_browser(link):
            self.show_trouble(lambda: FailureText(_("No browser could be opened."), _open_yourself(link)))

    def _open_link(self) -> None:
        """Where no browser can be started, the address takes the place of the button."""
        trouble, said = self._trouble, self.said
        if trouble is None or said is None or not trouble.link or self._services.open_link(trouble.link):
            return

        def with_address() -> FailureText:
            before = said if isinstance(said, FailureText) else said()
            action = " ".join(filter(None, (before.action, _open_yourself(before.link))))
            return before._replace(action=action, link="", link_text="")

        self.show_trouble(with_address)


def _open_yourself(link: str) -> str:
    return _("Open this address yourself: {link}").format(link=link)
