"""Parts of the App ID page: the number in big letters, and the field for a file."""

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from wizard.core.answers import Answers
from wizard.core.app_id import AppIdProblem, AppIdTrouble, check_app_id
from wizard.core.facts import App
from wizard.core.target import TargetProblem
from wizard.targets.presets import Presets
from wizard.ui.metrics import em, font_for
from wizard.ui.services import CopyPlace
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.cards import Card, CardGroup
from wizard.ui.widgets.copy_row import CopyRow
from wizard.ui.widgets.text import Text
from wizard.words.language import _

# Troubles that are about the key, not about the file.
ABOUT_THE_KEY = frozenset(
    {
        TargetProblem.NO_KEY,
        TargetProblem.BAD_KEY,
        TargetProblem.BAD_KEY_PATH,
        TargetProblem.NO_SECTION,
        TargetProblem.DUPLICATE_KEY,
        TargetProblem.MULTI_LINE,
        TargetProblem.NOT_UNDERSTOOD,
        TargetProblem.NOT_A_GROUP,
        TargetProblem.NOT_A_VALUE,
        TargetProblem.SHARED_VALUE,
        TargetProblem.TAGGED_VALUE,
        TargetProblem.COMMENT_BEHIND,
        TargetProblem.LOOKS_SECRET,
    }
)
# Troubles that no other file or key would help.
NOT_ABOUT_THE_FIELDS = frozenset({TargetProblem.UNKNOWN_PRESET, TargetProblem.BAD_APP_ID})


def first_place(presets: Presets) -> str:
    """Return the name of the preset to begin with, "" where there is none."""
    return next(iter(presets.by_name), "")


def id_problem(answers: Answers, known: tuple[App, ...]) -> AppIdProblem | None:
    """What is wrong with the chosen live chat's App ID. known: all apps; one that was only typed proves nothing."""
    live_chat, bot = answers.live_chat, answers.bot
    if live_chat is None:
        return AppIdProblem(AppIdTrouble.EMPTY)
    others = [app for app in known if app != live_chat]
    return check_app_id(live_chat.id, page_id=answers.page_id, bot_id=bot.id if bot else "", known=others)


class BigCopyRow(CopyRow):
    """A value to be compared digit by digit."""

    def __init__(self, clipboard: CopyPlace, parent: QWidget | None = None) -> None:
        super().__init__(clipboard, parent=parent)
        self.copy_button.set_kind("")  # the page's main action is another
        self._enlarge()

    def _enlarge(self) -> None:
        self.value_line.setFont(font_for("title", bold=True))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._enlarge()


class PlaceCards(CardGroup):
    """The places for the App ID, under two headings."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.headings: list[Text] = []

    def show_places(self, presets: Presets) -> None:
        """Replace the cards; the choice stays if it is still there."""
        for heading in self.headings:
            self._column.removeWidget(heading)
            heading.setParent(None)
            heading.deleteLater()
        self.headings = []
        places = list(presets.by_name.values())
        self.show_cards([Card(preset.name, preset.title, preset.text) for preset in places])
        for is_guided, words in ((True, _("Bot platforms")), (False, _("Files of a bot you run"))):
            cards = [self.card(preset.name) for preset in places if preset.is_guided is is_guided]
            if cards:
                heading = Text(role="small")
                self._column.insertWidget(self._column.indexOf(cards[0]), heading)
                heading.say(words)  # only now: what has no parent yet would show as a window of its own
                self.headings.append(heading)


class FileInput(QWidget):
    """A path to type or to choose with the system's dialog."""

    browse_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit()
        self.browse_button = Button()
        self.browse_button.clicked.connect(self.browse_chosen)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(em(0.6))
        row.addWidget(self.line, 1)
        row.addWidget(self.browse_button)
        self.setFocusProxy(self.line)

    def minimumSizeHint(self) -> QSize:
        return QSize(em(14), super().minimumSizeHint().height())
