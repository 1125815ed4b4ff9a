"""The language of the window: chosen from a menu, at any time."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QMenu, QToolButton, QWidget

from wizard.i18n import language
from wizard.i18n.language import _
from wizard.ui.garbage import delete_later
from wizard.ui.tool_tip import plain_tool_tip

_QT = "qt words"  # the object name of Qt's own translation, of which there is one at a time


def speak_on_screen(app: QApplication) -> None:
    """Turn the screen, and Qt's own words, to the language that is spoken now."""
    direction = Qt.LayoutDirection.RightToLeft if language.is_mirrored() else Qt.LayoutDirection.LeftToRight
    if app.layoutDirection() != direction:
        app.setLayoutDirection(direction)
    before = app.findChild(QObject, _QT)
    if before is None and language.current() == language.ENGLISH:
        return  # as Qt speaks by itself
    from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator

    if isinstance(before, QTranslator):
        app.removeTranslator(before)
        delete_later(before)
        before.setObjectName("")
    translator = QTranslator(app)
    translator.setObjectName(_QT)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(QLocale(language.current()), "qtbase", "_", folder):
        app.installTranslator(translator)


class LanguageButton(QToolButton):
    """Shows the language, and the menu of all. Hidden where there is only one; without a parent it would
    come up as a window of its own. is_short: only its code, where there is little room."""

    chosen = Signal(str)  # a code

    def __init__(self, parent: QWidget | None = None, is_short: bool = False) -> None:
        super().__init__(parent)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        codes = language.available()
        self.setVisible(len(codes) > 1)
        if len(codes) == 1:
            return
        name = language.own_name(language.current())
        # Whoever does not understand the language on the screen finds the way by the English word.
        hint = _("Language")
        hint = hint if hint == "Language" else f"{hint} (Language)"
        code = language.current().replace("_", "-").upper()
        self.setText(f"{code if is_short else name}  ▾")
        self.setAccessibleName(f"{hint}: {name}")
        self.setToolTip(plain_tool_tip(hint))
        self.menu_of_languages = QMenu(self)
        self.menu_of_languages.aboutToShow.connect(lambda: self._fill(codes))
        self.setMenu(self.menu_of_languages)

    def _fill(self, codes: tuple[str, ...]) -> None:
        """Only now: the names of all are read from files."""
        from PySide6.QtGui import QAction

        self.menu_of_languages.clear()
        for name, code in sorted((language.own_name(code), code) for code in codes):
            action = QAction(name, self.menu_of_languages)
            action.setCheckable(True)
            action.setChecked(code == language.current())
            action.triggered.connect(lambda _checked=False, code=code: self.chosen.emit(code))
            self.menu_of_languages.addAction(action)
