"""Parts of the App ID page: the number in big letters, and the field for a file."""

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from wizard.core.answers import Answers
from wizard.core.app_id import AppIdProblem, AppIdTrouble, check_app_id
from wizard.core.facts import App
from wizard.core.target import TargetProblem
from wizard.targets.presets import Preset, PresetKind, Presets
from wizard.ui.metrics import em, font_for
from wizard.ui.services import CopyPlace
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.copy_row import CopyRow

# Troubles that are about the key, not about the file.
ABOUT_THE_KEY = frozenset(
    {
        TargetProblem.NO_KEY,
        TargetProblem.BAD_KEY,
        TargetProblem.DUPLICATE_KEY,
        TargetProblem.MULTI_LINE,
        TargetProblem.NOT_UNDERSTOOD,
        TargetProblem.LOOKS_SECRET,
    }
)
# Troubles that no other file or key would help.
NOT_ABOUT_THE_FIELDS = frozenset({TargetProblem.UNKNOWN_PRESET, TargetProblem.BAD_APP_ID})


def in_order(presets: Presets) -> tuple[Preset, ...]:
    """Return the presets to choose from: what a person does by hand first, a file of one's own last."""
    return tuple(
        sorted(presets.by_name.values(), key=lambda preset: (preset.kind is not PresetKind.GUIDED, not preset.key))
    )


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
