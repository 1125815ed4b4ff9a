"""The way to a token on Facebook's site for developers."""

from collections.abc import Iterator
from functools import cached_property

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from wizard.core.facts import Page
from wizard.i18n.language import _
from wizard.ui.accessible import announce
from wizard.ui.layout import Panel, column
from wizard.ui.pages.bring_into_view import bring_into_view
from wizard.ui.services import Services
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.open_place import OpenPlace
from wizard.ui.widgets.steps_list import StepsList, path_steps
from wizard.ui.widgets.text import Text
from wizard.words import guides


class GetOneGuide(Panel):
    """The path on Facebook's site for developers to what is needed, with the next known path for "I don't see this".
    setting: of `guides`. has_choice: the paths are for different people, each with its title to choose it by."""

    def __init__(
        self,
        services: Services,
        parent: QWidget | None = None,
        setting: str = guides.GET_TOKEN,
        has_choice: bool = False,
    ) -> None:
        super().__init__(parent)
        self._services, self._setting, self._has_choice = services, setting, has_choice
        self._at = 0
        self._title = Text(role="section")
        self.steps = StepsList(parent=self, clipboard=services.clipboard)
        self.steps.drawing_opened.connect(bring_into_view)
        self.opener, self.other_button = OpenPlace(services, parent=self), Button(kind="link")
        self.other_button.clicked.connect(self._show_other)
        parts = column(self, spacing=0.7)
        parts.addWidget(self._title)
        if has_choice:
            parts.addWidget(self.other_button, 0, Qt.AlignmentFlag.AlignLeading)
        parts.addWidget(self.opener)
        parts.addWidget(self.steps)
        if not has_choice:
            parts.addWidget(self.other_button, 0, Qt.AlignmentFlag.AlignLeading)
        self._show_path()

    def _show_path(self) -> None:
        paths = self._paths()
        self._at = self._at if self._at < len(paths) else 0  # newer instructions may know fewer
        path = paths[self._at]
        self._title.set_text(path.title)
        self.steps.show_steps(path_steps(path.steps, path.pictures))
        self.opener.show_place(_("Open this page on Facebook"), self._services.session.world.link(path.link))
        other = paths[(self._at + 1) % len(paths)].title
        other = _("Or: {title}").format(title=other) if self._has_choice else _("I don’t see this")
        self.other_button.set_text(other if len(paths) > 1 else "")

    def _paths(self) -> tuple[guides.SettingPath, ...]:
        return guides.paths(self._setting, guides.names_of(Page(""), None, None))

    def open(self) -> None:
        """Show the page of the path in the browser."""
        self.opener.open()

    def _show_other(self) -> None:
        self._at += 1
        self._show_path()
        announce(self, self._title.text())


def get_token_text() -> str:
    return _("Get a token on Facebook")


class GetTokenLink(QWidget):
    """Below the token field: one press opens the page where tokens are made, and unfolds what to do there.

    is_unfolded: it has been pressed."""

    followed = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = Button(get_token_text(), "link")
        self.button.clicked.connect(self.follow)
        self.is_unfolded = self._is_next = False
        self._services = services
        self._parts = column(self)
        self._parts.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeading)

    @cached_property
    def guide(self) -> GetOneGuide:
        """Made apart from the page, before it is unfolded or when it is: few need it, and the page should come at
        once."""
        guide = GetOneGuide(self._services, parent=self)
        guide.hide()
        self._parts.addWidget(guide)
        return guide

    def prepare(self) -> Iterator[None]:
        """Make the guide, so that it unfolds at once. Yields between two pieces that each take long."""
        guide = self.guide
        yield
        guide.ensurePolished()

    def unfold(self) -> None:
        self.is_unfolded = True
        self.fill(self._is_next)
        self.button.hide()
        self.guide.show()

    def fill(self, is_next: bool) -> None:
        """is_next: a new token is what to get now."""
        self.button.set_kind("primary" if is_next else "link")
        self._is_next = is_next
        if self.is_unfolded:
            self.guide.opener.button.set_kind("primary" if is_next else "")

    def show_link(self, wanted: bool) -> None:
        """wanted: no other button does the same."""
        self.button.setVisible(wanted and not self.is_unfolded)

    def follow(self) -> None:
        self.unfold()
        self.guide.open()
        self.followed.emit()
