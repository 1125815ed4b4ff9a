"""Paint every widget and the shell into /tmp/shots, to be looked at: `python -m tests.ui.gallery [folder]`."""

import os
import sys
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from tests.ui import demo, harness
from wizard.core.answers import SavedHow
from wizard.core.flow import StepId
from wizard.core.pictures import Part, Picture
from wizard.core.resource import load_toml
from wizard.core.target import TargetChoice
from wizard.targets.presets import load_presets
from wizard.ui.clipboard import Clipboard
from wizard.ui.colours import Scheme
from wizard.ui.jobs import JobRunner
from wizard.ui.metrics import em
from wizard.ui.pages.base import StepPage
from wizard.ui.services import FailureText
from wizard.ui.theme import Theme
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.cards import CardGroup, CardOption
from wizard.ui.widgets.checklist import CheckItem, Checklist
from wizard.ui.widgets.copy_row import CopyRow
from wizard.ui.widgets.diagram import HandoverDiagram
from wizard.ui.widgets.diagram_data import Arrow, DiagramData, Party
from wizard.ui.widgets.diff_view import DiffView, lines_of
from wizard.ui.widgets.disclosure import Disclosure
from wizard.ui.widgets.field import Field
from wizard.ui.widgets.marks import Mark
from wizard.ui.widgets.notice import Notice, Tone
from wizard.ui.widgets.page_picker import PagePicker, PageRow
from wizard.ui.widgets.progress_line import ProgressLine
from wizard.ui.widgets.qr_code import QrCode
from wizard.ui.widgets.secret_field import SecretField
from wizard.ui.widgets.sketch import Sketch
from wizard.ui.widgets.steps_list import StepsList, path_steps
from wizard.ui.widgets.text import Text
from wizard.ui.widgets.tick import CheckBox
from wizard.ui.window.shell import Shell
from wizard.words import guides

READY = replace(
    demo.READY_FOR_TEST,
    target=TargetChoice("flow"),
    saved_how=SavedHow.CONFIRMED,
    saved_app_id=demo.INBOX.id,
)


def _notices() -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    for tone in Tone:
        column.addWidget(
            Notice(tone, f"A {tone} in one short sentence.", "What to do about it, long enough to wrap once.", "Do it")
        )
    details = Notice(Tone.PROBLEM, "The token has expired.", "Get a new one.", details="GET me\nCode: 190/463")
    details.disclosure.open()
    column.addWidget(details)
    return box


def _cards() -> QWidget:
    group = CardGroup("Which is your bot?")
    group.show_cards(
        [
            CardOption("1", "Flow bot", "Answers on this Page", "App ID 102938475610283 · your token"),
            CardOption("2", "Page Inbox", "Facebook’s own inbox, where your team reads and answers", "built in"),
            CardOption("3", "Another app"),
        ]
    )
    group.choose("1")
    group.cards[2].setEnabled(False)
    return group


def _fields() -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setSpacing(em(1))
    secret = SecretField(Clipboard())
    column.addWidget(Field("Token of your Page", "A long text that begins with EAA", secret))
    QGuiApplication.clipboard().setText("EAAB-not-a-token-" * 3)
    secret.paste_button.click()
    wrong = Field("App ID", "5 to 20 digits")
    wrong.set_text("26390203743090")
    wrong.show_problem("One digit is missing: the Page Inbox is 263902037430900.")
    column.addWidget(wrong)
    row = CopyRow(Clipboard(), "App ID of your live chat", demo.INBOX.id)
    row.copy()
    column.addWidget(row)
    ticks = QHBoxLayout()
    for control in (
        CheckBox("Remember on this computer"),
        CheckBox("Read the newest messages of conversations that changed"),
        CheckBox("Grey"),
    ):
        ticks.addWidget(control)
    control.setEnabled(False)
    control.setChecked(True)
    column.addLayout(ticks)
    buttons = QHBoxLayout()
    for kind in ("", "primary", "link"):
        buttons.addWidget(Button(kind or "plain", kind))
        grey = Button(f"{kind or 'plain'}, off", kind)
        grey.setEnabled(False)
        buttons.addWidget(grey)
    column.addLayout(buttons)
    return box


def _lists() -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setSpacing(em(1))
    checklist = Checklist()
    checklist.show_items(tuple(CheckItem(mark, f"A line that is {mark}", "With a detail", mark) for mark in Mark))
    column.addWidget(checklist)
    progress = ProgressLine()
    progress.begin("Asking Facebook about the token")
    progress.show_progress("Asking Facebook about the token", 2, 5)
    column.addWidget(progress)
    disclosure = Disclosure("Details", Text("Hidden until asked for."))
    disclosure.open()
    column.addWidget(disclosure)
    return box


def _pictures() -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setSpacing(em(1))
    column.addWidget(HandoverDiagram(demo.HANDOVER))
    three = (
        Party("bot", "Flow bot", "Answers first", demo.BOT.id),
        Party("desk", "Support Desk of the Lumen Coffee Roasters", "Takes over", "555000111222333"),
        Party("inbox", "Page Inbox", "Facebook's inbox", demo.INBOX.id),
    )
    column.addWidget(HandoverDiagram(DiagramData(three, (Arrow("passes"), Arrow("answers", gap=1)), "bot")))
    diff = DiffView()
    diff.show_change(
        "/home/anna/bot/.env",
        lines_of(DIFF),
    )
    column.addWidget(diff)
    column.addWidget(QrCode("https://m.me/1789?text=Handover%20test%204821"))
    return box


def _paths() -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setSpacing(em(1))
    path = StepsList()
    way = guides.paths("default_app", guides.Names("Lumen Coffee", "Flow bot", "Support Desk"))[0]
    path.show_steps(path_steps(way.steps, way.pictures))
    column.addWidget(path)
    picker = PagePicker()
    reason = "You may not read messages of this Page"
    picker.add_pages([PageRow(str(1000 + at), f"Page {at}", reason if at % 3 == 0 else "") for at in range(1, 4000)])
    picker.choose("1002")
    column.addWidget(picker)
    return box


def drawings() -> list[Picture]:
    """Every drawing of a place outside the wizard, each once."""
    names = guides.Names("Lumen Coffee", "Flow bot", "Support Desk")
    ways = [path for data in load_toml("ui_paths.toml")["setting"] for path in guides.paths(data["id"], names)]
    presets = [one.pictures for one in load_presets().by_name.values()]
    found = [one for some in (*(path.pictures for path in ways), *presets) for one in some if one is not None]
    phone = Picture(Part.MESSENGER, ("Lumen Coffee", "Handover test 4821"), "", "", 1, "Send it.")
    return list({(one.part, one.labels, one.place, one.site): one for one in (*found, phone)}.values())


def sketches() -> QWidget:
    box = QWidget()
    grid = QGridLayout(box)
    grid.setSpacing(em(1))
    for at, picture in enumerate(drawings()):
        cell = QWidget()
        inside = QVBoxLayout(cell)
        inside.addWidget(Text(f"{picture.number}. {picture.text}"))
        inside.addWidget(Sketch(picture))
        inside.addStretch(1)
        grid.addWidget(cell, at // 3, at % 3)
    return box


DIFF = """--- .env
+++ .env
@@ -12 +12 @@
-CUSTOMER_SERVICE_APP_ID=
+CUSTOMER_SERVICE_APP_ID=263902037430900"""

WIDGETS = {
    "notices": _notices,
    "cards": _cards,
    "fields": _fields,
    "lists": _lists,
    "pictures": _pictures,
    "paths": _paths,
    "sketches": sketches,
}


def _settle(app: QApplication) -> None:
    for _round in range(4):
        app.processEvents()


def _shoot_widgets(app: QApplication, folder: Path, label: str, width: int) -> None:
    for name, make in WIDGETS.items():
        widget = make()
        holder = QWidget()
        holder.setProperty("plain", True)
        column = QVBoxLayout(holder)
        column.addWidget(widget)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(holder)
        scroll.resize(width, 900)
        scroll.show()
        _settle(app)
        _keep(holder, folder / f"{name}-{label}.png")
        scroll.close()
        scroll.deleteLater()


def _keep(part: QWidget, path: Path) -> None:
    """To make the file as small as can be would take most of the time."""
    part.grab().save(str(path), None, 90)


def _shoot_shell(app: QApplication, folder: Path, label: str, width: int, height: int) -> None:
    runner = JobRunner()
    given = replace(demo.services(runner), clock=harness.MachineClock())
    shell = demo.make_shell(given, READY)
    shell.resize(width, height)
    shell.show()
    _settle(app)
    _keep(shell, folder / f"shell-{label}.png")
    page: StepPage = shell.page
    _keep(page, folder / f"page-{label}.png")
    shell.go_to(StepId.LOG_IN)
    shell.page.show_trouble(
        FailureText("The token has expired.", "Get a new one.", "Code: 190/463", "x", "Open the page")
    )
    _settle(app)
    _keep(shell, folder / f"trouble-{label}.png")
    shell.show_help()
    _settle(app)
    _keep(shell, folder / f"help-{label}.png")
    _shoot_about(app, shell, folder / f"about-{label}.png")
    shell.overlay.show_over("Bringing back…", "This takes 15 seconds at most.")
    _settle(app)
    _keep(shell, folder / f"overlay-{label}.png")
    shell.overlay.hide()
    shell.close()
    shell.deleteLater()


def _shoot_about(app: QApplication, shell: Shell, path: Path) -> None:
    assert shell.help_panel is not None
    shell.help_panel.show_about()
    about = shell.help_panel.about_panel
    assert about is not None
    while not about.licences.toPlainText():
        QTest.qWait(10)
    _settle(app)
    _keep(about, path)


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication(sys.argv)
    paint(folder, Theme(app), app)


def paint(folder: Path, theme: Theme, app: QApplication) -> None:
    """Write all pictures into folder, in both schemes, at 100 % and 200 %, and mirrored."""
    for scheme in Scheme:
        for scale, width, height in ((1.0, 1040, 720), (2.0, 1024, 640)):
            theme.use_scheme(scheme)
            theme.use_text_scale(scale)
            label = f"{scheme}-{scale * 100:.0f}"
            _shoot_shell(app, folder, label, width, height)
            _shoot_widgets(app, folder, label, 760 if scale < 2 else 920)
    theme.use_scheme(Scheme.LIGHT)
    theme.use_text_scale(1.0)
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    _shoot_shell(app, folder, "mirrored", 1040, 720)
    _shoot_widgets(app, folder, "mirrored", 760)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "/tmp/shots"))
