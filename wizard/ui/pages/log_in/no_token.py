""" "I have no token": get one, ask somebody for one, or go on without."""

import re
from functools import cached_property
from typing import TypeVar
from urllib.parse import parse_qs, urlsplit

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from wizard.core.facts import Page
from wizard.i18n.language import _
from wizard.ui.accessible import announce
from wizard.ui.clipboard import Copied
from wizard.ui.copied_words import told
from wizard.ui.layout import Panel, column
from wizard.ui.metrics import em
from wizard.ui.services import Services
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.cards import CardGroup, CardOption
from wizard.ui.widgets.field import Field
from wizard.ui.widgets.steps_list import PathStep, StepsList
from wizard.ui.widgets.text import Text
from wizard.words import guides

GET_ONE, ASK, WITHOUT = "get_one", "ask", "without"
_Part = TypeVar("_Part", "GetOneGuide", "AskSomebody", "PageByHand")


class NoTokenPanel(Panel):
    """Three ways as cards, the chosen one unfolded below, made only then. `way_chosen` with GET_ONE, ASK or WITHOUT."""

    way_chosen = Signal(str)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._parts: dict[str, GetOneGuide | AskSomebody | PageByHand] = {}
        self.ways = CardGroup(_("How do you want to go on?"), parent=self)
        self.ways.show_cards(
            [
                CardOption(
                    GET_ONE, _("I get a token myself"), _("You manage the Page and have a role on the bot’s app.")
                ),
                CardOption(
                    ASK, _("Somebody else makes one for me"), _("Copy a message that says exactly what is needed.")
                ),
                CardOption(
                    WITHOUT,
                    _("I go on without a token"),
                    _("The wizard guides you; you check by eye. You can log in later."),
                ),
            ]
        )
        self.ways.chosen.connect(self._choose)
        self._column = column(self, spacing=1)
        self._column.addWidget(self.ways)
        self.ways.choose(GET_ONE)

    @cached_property
    def get_one(self) -> "GetOneGuide":
        return self._added(GET_ONE, GetOneGuide(self._services, parent=self))

    @cached_property
    def ask(self) -> "AskSomebody":
        return self._added(ASK, AskSomebody(self._services, parent=self))

    @cached_property
    def without(self) -> "PageByHand":
        return self._added(WITHOUT, PageByHand(parent=self))

    def _added(self, way: str, part: _Part) -> _Part:
        self._parts[way] = part
        self._column.addWidget(part)
        part.setVisible(way == self.way())
        return part

    def way(self) -> str:
        return self.ways.choice()

    def draft(self) -> tuple[tuple[str, ...], str]:
        """The ways that have been unfolded so far, the first one first; and the chosen one."""
        return tuple(self._parts), self.way()

    def restore_draft(self, unfolded: tuple[str, ...], chosen: str) -> None:
        for way in unfolded:
            self._make(way)
        self.ways.choose(chosen)

    def _make(self, way: str) -> "GetOneGuide | AskSomebody | PageByHand":
        """What is unfolded below the card of a way, hidden as long as the way is not chosen."""
        return self.get_one if way == GET_ONE else self.ask if way == ASK else self.without

    def _choose(self, way: str) -> None:
        for key, part in self._parts.items():
            part.setVisible(key == way)
        self._make(way).show()
        self.way_chosen.emit(way)


class GetOneGuide(Panel):
    """The path to a token on Facebook's site for developers, with the next known path for "I don't see this"."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._at = 0
        self._title = Text(role="strong")
        self.steps = StepsList(parent=self)
        self.open_button, self.other_button = Button(), Button(kind="link")
        self.open_button.clicked.connect(self.open)
        self.other_button.clicked.connect(self._show_other)
        self._trouble = Text(role="problem", selectable=True)
        self._trouble.set_text("")
        parts = column(self, spacing=0.7)
        parts.addWidget(self._title)
        parts.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignLeading)
        parts.addWidget(self._trouble)
        parts.addWidget(self.steps)
        parts.addWidget(self.other_button, 0, Qt.AlignmentFlag.AlignLeading)
        self._show_path()

    def _show_path(self) -> None:
        path = self._path()
        self._title.set_text(path.title)
        self.steps.show_steps(tuple(PathStep(step) for step in path.steps))
        self.open_button.set_text(_("Open this page on Facebook") if self._link() else "")
        self.other_button.set_text(_("I don’t see this") if len(self._paths()) > 1 else "")

    def _paths(self) -> tuple[guides.SettingPath, ...]:
        return guides.paths(guides.GET_TOKEN, guides.names_of(Page(""), None, None))

    def _path(self) -> guides.SettingPath:
        paths = self._paths()
        return paths[self._at if self._at < len(paths) else 0]  # newer instructions may know fewer

    def _link(self) -> str:
        return self._services.session.world.link(self._path().link)

    def open(self) -> None:
        """Show the page of the path in the browser."""
        opened = self._services.open_link(self._link())
        self._trouble.set_text(
            ""
            if opened
            else _("No browser could be opened. Open this address yourself: {link}").format(link=self._link())
        )

    def _show_other(self) -> None:
        self._at = (self._at + 1) % len(self._paths())
        self._show_path()
        announce(self, self._title.text())


class GetTokenLink(QWidget):
    """Below the token field: one press opens the page where tokens are made, and unfolds what to do there."""

    followed = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = Button(_("Get a token on Facebook"), "link")
        self.button.clicked.connect(self._follow)
        self._services = services
        self._parts = column(self)
        self._parts.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeading)

    @cached_property
    def guide(self) -> GetOneGuide:
        """Made when it is unfolded: few need it, and the first page after the first one should come at once."""
        guide = GetOneGuide(self._services, parent=self)
        self._parts.addWidget(guide)
        return guide

    @property
    def is_unfolded(self) -> bool:
        return self.button.isHidden()

    def unfold(self) -> None:
        self.button.hide()
        self.guide.show()

    def _follow(self) -> None:
        self.unfold()
        self.guide.open()
        self.followed.emit()


class AskSomebody(Panel):
    """The message for whoever can make a token."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self.message = QPlainTextEdit(guides.message_for_token())
        self.message.setAccessibleName(_("Message"))
        self.message.setMinimumHeight(em(18))
        self.message.setReadOnly(True)
        self.message.setTabChangesFocus(True)
        self.copy_button = Button(_("Copy the message"))
        self.copy_button.clicked.connect(self._copy)
        self.said = Text(role="small")
        self.said.set_text("")
        parts = column(self, spacing=0.5)
        parts.addWidget(self.copy_button, 0, Qt.AlignmentFlag.AlignLeading)
        parts.addWidget(self.said)
        parts.addWidget(self.message)

    def _copy(self) -> None:
        self._services.clipboard.copy(self.message.toPlainText(), self._say_copied)

    def _say_copied(self, copied: Copied) -> None:
        if copied is not Copied.YES:
            self.message.setFocus()
            self.message.selectAll()
        yes = _("Copied. Come back with the token when you have it; your answers are kept.")
        no = _("The clipboard could not be used. The message is marked: copy it by hand.")
        self.said.set_text(told(copied, yes, no))
        announce(self, self.said.text(), urgent=copied is not Copied.YES)


class PageByHand(Panel):
    """Name and ID of the Page, typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name_field = Field(_("Name of your Page"), parent=self)
        self.id_field = Field(
            _("Page ID, or the address of your Page"),
            _("On your Page under About, Page transparency. The address works too: facebook.com/yourpage"),
            parent=self,
        )
        for field in (self.name_field, self.id_field):
            field.line.textChanged.connect(field.clear_problem)
        parts = column(self, spacing=0.8)
        parts.addWidget(self.name_field)
        parts.addWidget(self.id_field)

    def show_page(self, name: str, page_id: str) -> None:
        self.name_field.set_text(name)
        self.id_field.set_text(page_id)

    def take(self) -> Page | None:
        """Return the Page, None where something is missing: that is said beside its field."""
        name, page_id = self.name_field.text().strip(), page_id_in(self.id_field.text())
        if not page_id:
            self.id_field.show_problem(
                _("Enter the Page ID, which has digits only, or the address of your Page on Facebook.")
            )
            self.id_field.line.setFocus()
        if not name:
            self.name_field.show_problem(_("Enter the name of your Page."))
            self.name_field.line.setFocus()
        return Page(page_id, name) if name and page_id else None


def page_id_in(typed: str) -> str:
    """Return the Page's ID, or the name in its address, which m.me takes as well; "" where there is neither."""
    text = typed.strip()
    try:
        parts = urlsplit(text if "//" in text else f"https://{text}")
    except ValueError:  # half an IPv6 address
        return ""
    if re.search(r"(^|\.)(facebook\.com|m\.me|fb\.com|fb\.me)$", parts.hostname or ""):
        if ids := parse_qs(parts.query).get("id"):
            text = ids[0]
        else:
            names = [
                name for name in parts.path.split("/") if name and name not in ("pages", "people", "p", "profile.php")
            ]
            text = next((name for name in reversed(names) if name.isdigit()), names[0] if names else "")
            if found := re.search(r"-(\d{8,})$", text):  # facebook.com/Lumen-Coffee-107836259148302
                text = found.group(1)
    text = text.strip("@ ")
    return text if re.fullmatch(r"[A-Za-z0-9.]{5,60}|\d{5,20}", text) else ""
