"""The Pages of a person's token: listed as they come, those that cannot be used in grey with the reason."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wizard.actions.session import Opened, PageRow, Session
from wizard.core.cancel import CancelToken
from wizard.core.ports import Progress, Report, Work
from wizard.i18n.language import _
from wizard.ui.metrics import em
from wizard.ui.pages.log_in.app_secret import ProofPart
from wizard.ui.services import CopyPlace, Trouble
from wizard.ui.widgets.page_picker import PagePicker
from wizard.ui.widgets.page_picker import PageRow as Line
from wizard.ui.widgets.text import Text

_PORTION = 50  # Pages shown at a time while they come


class PersonPages(QWidget):
    """`chosen_changed` when a row is marked, `chosen_for_good` when it is double-clicked or Enter is pressed on it."""

    chosen_changed = Signal()
    chosen_for_good = Signal()

    def __init__(self, clipboard: CopyPlace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.person: Opened | None = None  # the token behind the list
        self._rows: dict[str, PageRow] = {}
        self._whose = Text(role="muted")
        self.picker = PagePicker()
        self.picker.view.setMinimumHeight(em(16))
        self.picker.page_chosen.connect(lambda _page_id: self.chosen_changed.emit())
        self.picker.view.activated.connect(lambda _index: self.chosen_for_good.emit())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(em(0.7))
        column.addWidget(self._whose)
        column.addWidget(self.picker)
        self.proof = ProofPart(clipboard)  # of the Page's own token: that of the person's is another
        column.addWidget(self.proof)

    def begin(self, person: Opened) -> None:
        """Empty the list for another person's token."""
        self.person, self._rows = person, {}
        self.picker.clear()
        self.proof.secret.clear()
        self.retranslate()

    def add(self, progress: Progress) -> None:
        """progress: a portion that the work of `listing` reported."""
        assert isinstance(progress.detail, tuple)
        rows: tuple[PageRow, ...] = progress.detail
        self._rows.update({row.page.id: row for row in rows})
        self.picker.add_pages([Line(row.page.id, row.page.name, _why_not(row)) for row in rows])

    def chosen(self) -> PageRow | None:
        return self._rows.get(self.picker.chosen())

    @property
    def count(self) -> int:
        return len(self._rows)

    def choose_the_only_one(self) -> bool:
        """Mark the Page where there is just one and it can be used; say whether it is so."""
        rows = list(self._rows.values())
        if len(rows) != 1 or rows[0].secret is None:
            return False
        self.picker.choose(rows[0].page.id)
        return True

    def trouble(self) -> Trouble | None:
        """Why none of them can be used, None if one can."""
        if not self._rows:
            return Trouble(
                _("This token opens no Page."),
                _("Make the token again and tick your Page when Facebook asks which Pages it is for."),
            )
        if all(row.secret is None for row in self._rows.values()):
            return Trouble(
                _("None of these Pages can be used with this token."),
                _("Ask somebody with full control of the Page to give you access, then make the token again."),
            )
        return None

    def retranslate(self) -> None:
        person = self.person.facts.identity.value if self.person else None
        self._whose.say(_("Pages of {name}").format(name=person.name) if person and person.name else "")
        self.picker.retranslate()
        self.proof.retranslate()


def listing(session: Session, opened: Opened) -> Work:
    """Return the work that reports the Pages in portions and returns how many there are."""

    def work(cancel: CancelToken, report: Report) -> int:
        portion: list[PageRow] = []
        count = 0
        for row in session.pages(opened, cancel):
            portion.append(row)
            count += 1
            if len(portion) >= _PORTION:
                report(Progress("pages", detail=tuple(portion)))
                portion.clear()
        report(Progress("pages", detail=tuple(portion)))
        return count

    return work


def _why_not(row: PageRow) -> str:
    if row.secret is not None:
        return ""
    if row.page.tasks is not None and not row.page.tasks & {"MANAGE", "MODERATE", "MESSAGING"}:
        return _("Your role on this Page is too small: ask for access to messages")
    return _("Facebook gave no token for this Page: make the token again and tick this Page")
