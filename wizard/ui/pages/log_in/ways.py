"""The one question of the first step: how one logs in. A card for each way, the chosen one unfolded."""

from collections.abc import Sequence
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from wizard.core.answers import Answers
from wizard.i18n.language import _
from wizard.ui.layout import Panel, column
from wizard.ui.pages.log_in.token_way import TokenWay
from wizard.ui.services import Services
from wizard.ui.widgets.cards import CardGroup, CardOption

if TYPE_CHECKING:  # made when their card is chosen
    from wizard.core.log_in import LogInFile
    from wizard.ui.pages.log_in.ask_somebody import AskSomebody
    from wizard.ui.pages.log_in.facebook import FacebookWay
    from wizard.ui.pages.log_in.own_app import OwnAppWay
    from wizard.ui.pages.log_in.page_by_hand import PageByHand

_Part = TypeVar("_Part", bound=QWidget)


class Way(StrEnum):
    FACEBOOK = "facebook"
    TOKEN = "token"
    ASK = "ask"
    OWN_APP = "own_app"
    WITHOUT = "without"


class Ways(Panel):
    """`way_chosen` with a Way. What is below a card is made before it is chosen for the first time, or then."""

    way_chosen = Signal(object)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._answers = Answers()
        self._made = [Way.TOKEN]  # in the order in which they were
        self.cards = CardGroup(_("How do you want to log in?"), parent=self)
        self.cards.show_cards(_options(""))
        self._has_files = self._is_beside = False
        self.token = TokenWay(services)
        self.cards.unfold(Way.TOKEN, self.token)
        self.cards.chosen.connect(self._choose)
        column(self).addWidget(self.cards)
        self.cards.choose(Way.TOKEN)
        self._show_cards()

    @cached_property
    def facebook(self) -> "FacebookWay":
        from wizard.ui.pages.log_in.facebook import FacebookWay

        part = FacebookWay(self._services)
        part.file_chosen.connect(lambda: self.way_chosen.emit(self.way()))
        return self._added(Way.FACEBOOK, part)

    @cached_property
    def ask(self) -> "AskSomebody":
        from wizard.ui.pages.log_in.ask_somebody import AskSomebody

        part = self._added(Way.ASK, AskSomebody(self._services))
        _name(part, self._answers)
        return part

    @cached_property
    def own_app(self) -> "OwnAppWay":
        from wizard.ui.pages.log_in.own_app import OwnAppWay

        return self._added(Way.OWN_APP, OwnAppWay(self._services))

    @cached_property
    def without(self) -> "PageByHand":
        from wizard.ui.pages.log_in.page_by_hand import PageByHand

        part = self._added(Way.WITHOUT, PageByHand())
        part.show_page(self._answers.page_name, self._answers.page_id)
        return part

    def _added(self, way: Way, part: _Part) -> _Part:
        self._made.append(way)
        self.cards.unfold(way, part)
        return part

    def way(self) -> Way:
        return Way(self.cards.choice())

    def choose(self, way: Way) -> None:
        self.cards.choose(way)
        self._show_cards()

    @property
    def has_files(self) -> bool:
        return self._has_files

    def show_beside(self, is_on: bool) -> None:
        """is_on: only the chosen way is shown."""
        self._is_beside = is_on
        self._show_cards()

    def _show_cards(self) -> None:
        """The first one only where there is a log-in file."""
        for way in Way:
            is_offered = way is not Way.FACEBOOK or self._has_files
            self.cards.card(way).setVisible(is_offered and (way is self.way() or not self._is_beside))

    def facebook_text(self) -> str:
        """What the button says that logs in with the chosen file."""
        return self.facebook.text() if Way.FACEBOOK in self._made else ""

    def file(self) -> "LogInFile | None":
        """With which to log in with Facebook, None where something is wrong, which is said at its field."""
        return self.own_app.file() if self.way() is Way.OWN_APP else self.facebook.file()

    def show_files(self, files: "Sequence[LogInFile]") -> None:
        """files: those with which one can log in."""
        if not files and not self.has_files:
            return
        self.facebook.show_files(files)
        self.cards.show_cards(_options(self.facebook.text() if len(files) == 1 else ""))
        self._has_files = bool(files)
        self._show_cards()
        if not files and self.way() is Way.FACEBOOK:
            self.choose(Way.TOKEN)

    def show_answers(self, answers: Answers) -> None:
        """What the page knows of the Page before one logs in."""
        self._answers = answers
        if Way.ASK in self._made:
            _name(self.ask, answers)
        if Way.WITHOUT in self._made:
            self.without.show_page(answers.page_name, answers.page_id)

    def prepare(self, way: Way) -> None:
        """Make what is below a card before it is chosen."""
        self._make(way)

    def first_field(self) -> QWidget:
        """Where the keyboard belongs: in a field to paste into, else on the chosen card."""
        way = self.way()
        if way is Way.OWN_APP:
            return self.own_app.field.line
        return self.token.entry.secret.line if way is Way.TOKEN else self.cards.card(way)

    def first_part(self) -> QWidget:
        """What comes first below the chosen card."""
        match self.way():
            case Way.FACEBOOK:
                return self.facebook.what_comes
            case Way.TOKEN:
                return self.token.entry.field
            case Way.ASK:
                return self.ask.page_field
            case Way.OWN_APP:
                return self.own_app.field
        return self.without.name_field

    def draft(self) -> tuple[Way, ...]:
        """The ways that have been unfolded so far, the first one first."""
        return tuple(self._made)

    def restore_draft(self, unfolded: Sequence[Way]) -> None:
        for way in unfolded:
            self._make(way)

    def _make(self, way: Way) -> QWidget:
        if way is Way.FACEBOOK:
            return self.facebook
        if way is Way.TOKEN:
            return self.token
        if way is Way.ASK:
            return self.ask
        return self.own_app if way is Way.OWN_APP else self.without

    def _choose(self, key: str) -> None:
        self._make(Way(key))
        self._show_cards()
        self.way_chosen.emit(Way(key))


def _name(part: "AskSomebody", answers: Answers) -> None:
    part.show_names(answers.page_name, answers.bot_product.name if answers.bot_product is not None else "")


def _options(facebook: str) -> list[CardOption]:
    """facebook: what its card says where there is one log-in file."""
    return [
        CardOption(
            Way.FACEBOOK,
            facebook or _("Log in with Facebook"),
            _("In your browser. No password and no token is typed here."),
        ),
        CardOption(Way.TOKEN, _("I have a token"), _("Paste it here. If you have none, you can make one on Facebook.")),
        CardOption(
            Way.ASK,
            _("Somebody else set up our bot: write to them"),
            _("The message is ready. It says step by step what they must send you."),
        ),
        CardOption(
            Way.OWN_APP,
            _("I have my own Meta app"),
            _("You log in with Facebook. Only the App ID is needed; the way to it is shown."),
        ),
        CardOption(
            Way.WITHOUT,
            _("Go on without a token"),
            _("The wizard leads you; you check with your own eyes. You can log in later."),
        ),
    ]
