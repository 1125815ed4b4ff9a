"""The two questions of "Your apps" as cards, and the field for an App ID that is typed."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from wizard.core.app_id import SHORTEST, AppIdProblem, AppIdTrouble
from wizard.core.facts import App, Origin
from wizard.core.products import KnownProduct
from wizard.i18n.language import _
from wizard.ui.accessible import announce
from wizard.ui.layout import Panel, column
from wizard.ui.services import Services
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.cards import CardGroup, CardOption
from wizard.ui.widgets.disclosure import Disclosure
from wizard.ui.widgets.field import Field
from wizard.ui.widgets.notice import Notice, Tone
from wizard.ui.widgets.open_place import OpenPlace
from wizard.ui.widgets.steps_list import PathStep, StepsList, path_steps
from wizard.ui.widgets.text import Text
from wizard.words import asking, products
from wizard.words.fields import app_id_problem_text
from wizard.words.guides import SettingPath

OTHER, FIND = "other", "find"  # keys of the cards that are no app


class AppQuestion(Panel):
    """One question: a card for each app, "Another app", and perhaps "Find it for me"; what is chosen unfolds below.

    `chosen` with an App ID, OTHER or FIND. `typed`: the App ID in the field shall be looked up. `anyway`: take the
    ID though Facebook shows no name."""

    chosen = Signal(str)
    typed = Signal()
    anyway = Signal()

    def __init__(self, services: Services, is_bot: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_bot = is_bot
        self._known: KnownProduct | None = None
        self._is_named = False
        self._before = ""  # what stood in the field
        self.cards = CardGroup(_("Which is your bot?") if is_bot else _("Who takes over?"), parent=self)
        self.cards.chosen.connect(self.chosen)
        self.cards.pointed_at.connect(self._pointed_at)
        self.by_id = Field(
            _("App ID of your bot") if is_bot else _("App ID of your live chat"),
            _number_hint(),
            parent=self,
        )
        self.its_name = Field(
            _("Name of your bot, as Facebook’s list shows it")
            if is_bot
            else _("Name of your live chat, as Facebook’s list shows it"),
            _("You may leave this empty. The next pages call it by this name."),
            parent=self,
        )
        self.app_list = OpenPlace(services, parent=self)
        self.where = Text(role="muted")
        self.where.set_text("")
        self.path = StepsList(parent=self)
        self._way: tuple[PathStep, ...] = ()
        self.path_fold = Disclosure(_("Show the way"), self.path, parent=self)
        self.path_fold.about_to_open.connect(lambda: self.path.show_steps(self._way))
        self.by_id.line.textChanged.connect(self._edited)
        self.by_id.line.returnPressed.connect(self.typed)
        self.add_button = Button(_("Check this number"))
        self.add_button.clicked.connect(self.typed)
        self.unchecked = Text(role="muted")
        self.doubt = Notice(Tone.WARNING, parent=self)
        self.doubt.action_chosen.connect(self.anyway)
        self.same = Notice(Tone.PROBLEM, parent=self)
        self.other = Notice(Tone.WARNING, parent=self)
        self.column = column(self, spacing=0.7)
        self.column.addWidget(self.cards)
        self.column.addWidget(self.unchecked)
        self.column.addWidget(self.same)
        self.column.addWidget(self.other)
        self.typing = Panel()
        typing = column(self.typing, spacing=0.7)
        for part in (self.where, self.app_list, self.path_fold, self.its_name, self.by_id):
            typing.addWidget(part)
        typing.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeading)
        typing.addWidget(self.doubt)
        self.cards.unfold(OTHER, self.typing)
        self.doubt.hide()
        self.same.hide()
        self.other.hide()
        self._show_field()

    def fill(self, is_next: bool) -> None:
        """is_next: the App ID is to be had before anything else. It is found in the list; where there is none, it is
        typed and checked."""
        has_list = bool(self.app_list.address)
        self.app_list.button.set_kind("primary" if is_next and has_list else "")
        self.add_button.set_kind("primary" if is_next and not has_list else "")

    @property
    def is_typing(self) -> bool:
        return self.cards.choice() == OTHER

    def _pointed_at(self, key: str) -> None:
        """Only by the mouse: arrow keys must be able to walk past this card."""
        if key == OTHER:
            self.by_id.line.setFocus()

    def show_apps(self, apps: Sequence[App], chosen: str, can_type: bool = True, can_find: bool = False) -> None:
        """chosen: App ID, OTHER, FIND or "". Cards are made again only where others are offered: the keyboard stays."""
        find = [self._special_choice(FIND)] if can_find else []
        other = [self._special_choice(OTHER)] if can_type else []
        choices = [*find, *(self._choice(app) for app in apps), *other]
        had_keyboard = any(card.hasFocus() for card in self.cards.cards)
        self.cards.show_cards(choices)
        has_keyboard = any(card.hasFocus() for card in self.cards.cards)
        if had_keyboard and not has_keyboard and chosen in {choice.key for choice in choices}:
            self.cards.card(chosen).setFocus()
        if self.cards.choice() != chosen:
            self.cards.blockSignals(True)
            self.cards.choose(chosen)
            self.cards.blockSignals(False)
        self._show_field()

    def show_app_list(self, path: SettingPath, link: str) -> None:
        """Where Facebook shows all apps with their App IDs. link: "" where this world has no such page."""
        self.app_list.show_place(_("Open the list on Facebook"), link, self._spoken(_("Open the list on Facebook")))
        self.path_fold.set_title(_("Show the way"), self._spoken(_("Show the way")))
        self._way = path_steps(path.steps, path.pictures)
        if self.path_fold.is_open:
            self.path.show_steps(self._way)
        self._show_field()

    def _spoken(self, words: str) -> str:
        """Two questions may show the same button."""
        return f"{words}: {self.by_id.line.accessibleName()}"

    def show_product(self, name: str, known: KnownProduct | None) -> None:
        """name: as the person calls it. known: what the list of products says of it."""
        self._known, self._is_named = known, True
        self.where.set_text(products.where(known) if known is not None else "")
        self.by_id.set_label(_("App ID of {app}").format(app=name), _number_hint())

    def ask_name(self, is_wanted: bool) -> None:
        """is_wanted: nobody else tells what it is called; where the person has said so, it is asked no more."""
        self.its_name.setVisible(is_wanted and not self._is_named)

    def said_name(self) -> str:
        """What the person calls the app, "" where nothing was typed, or nobody asked."""
        return self.its_name.text() if self.its_name.isVisibleTo(self.typing) else ""

    def show_problem(self, problem: AppIdProblem) -> None:
        """Say beside the field what is wrong with the App ID; what was typed stays."""
        self.by_id.show_problem(partial(_problem_text, problem, self._is_bot))
        self.by_id.line.setFocus()

    def show_chosen(self) -> None:
        """An App ID was looked up: its app is the chosen card, and gets the keyboard, for the field is gone."""
        card = next((card for card in self.cards.cards if card.isChecked()), None)
        if card is not None:
            card.setFocus(Qt.FocusReason.OtherFocusReason)
            announce(card, _("Chosen: {app}").format(app=card.title()))

    def show_doubt(self) -> None:
        """Facebook knows no app of this ID, or does not show it."""
        self.ask_name(True)
        self.doubt.show_message(
            Tone.WARNING,
            _("Facebook does not show a name for this App ID."),
            _("Check the digits. Some apps are hidden; if you are sure, use it as it is."),
            _("Use it anyway"),
        )
        self.doubt.show()
        self.doubt.announce()

    def show_unchecked(self, is_unchecked: bool) -> None:
        """Whether the number that is chosen is just what was typed, for nobody could be asked about it."""
        told = _("This number was not checked, because there is no token. Compare each digit with where you found it.")
        self.unchecked.set_text(told if is_unchecked else "")

    def show_same(self, sentence: str) -> None:
        """sentence: "" where bot and live chat are two apps."""
        if sentence and not self.same.isVisibleTo(self):
            announce(self, sentence, urgent=True)
        self.same.show_message(Tone.PROBLEM, sentence)
        self.same.setVisible(bool(sentence))

    def show_other(self, product: str, app: App | None) -> None:
        """product: as the person named it. app: what is chosen and known to be another, None where it is not."""
        if app is not None:
            self.other.show_message(Tone.WARNING, *products.other_than_said(product, asking.app_name(app)))
            if not self.other.isVisibleTo(self):
                self.other.announce()
        self.other.setVisible(app is not None)

    def _choice(self, app: App) -> CardOption:
        text = ""
        if app.origin is Origin.BUILT_IN:
            text = _("Facebook’s own inbox, in Meta Business Suite")
        note = _("App ID {id}").format(id=app.id) if app.name else ""
        if self._known is not None and self._known.app_id == app.id:
            note = products.origin(self._known)
        return CardOption(app.id, asking.app_name(app), text, note)

    def _special_choice(self, key: str) -> CardOption:
        if key == OTHER:
            return CardOption(OTHER, _("Type its App ID"), _("Facebook’s list of connected apps shows the number."))
        return CardOption(
            FIND, _("Find it for me"), _("Answer once from your live chat; the wizard sees which app it is.")
        )

    def _show_field(self) -> None:
        if not self.is_typing:
            self.doubt.hide()

    def _edited(self, text: str) -> None:
        before, self._before = self._before, text
        self.by_id.clear_problem()
        self.doubt.hide()
        if len(text) - len(before) >= SHORTEST and self.by_id.line.isModified():  # pasted: nobody types so fast
            self.typed.emit()


def _number_hint() -> str:
    return _("A number, mostly of 15 or 16 digits. It is checked as soon as you paste it.")


def _problem_text(problem: AppIdProblem, is_bot: bool) -> str:
    if is_bot and problem.trouble is AppIdTrouble.EMPTY:
        return _("Enter the App ID of your bot.")
    if is_bot and problem.trouble is AppIdTrouble.IS_PAGE:
        return _("This is the ID of your Page. Enter the App ID of your bot.")
    return app_id_problem_text(problem)
