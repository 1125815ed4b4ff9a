"""The Pages of a person's token: listed as they come, those that cannot be used in grey with the reason."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from wizard.actions.tokens import PageWithToken
from wizard.i18n.language import _
from wizard.ui.layout import Panel, column
from wizard.ui.metrics import em
from wizard.ui.pages.log_in.app_secret import ProofPart
from wizard.ui.services import CopyPlace, FailureText, Trouble
from wizard.ui.widgets.page_picker import PagePicker, PageRow
from wizard.ui.widgets.text import Text
from wizard.words.log_in import why_not


class PersonPages(Panel):
    """`chosen_changed` when a row is marked, `chosen_for_good` when it is double-clicked or Enter is pressed on it."""

    chosen_changed = Signal()
    chosen_for_good = Signal()

    def __init__(self, clipboard: CopyPlace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self._rows: dict[str, PageWithToken] = {}
        self._whose = Text(role="muted")
        self._whose.hide()
        self.picker = PagePicker()
        self.picker.view.setMinimumHeight(em(16))
        self.picker.page_chosen.connect(lambda _page_id: self.chosen_changed.emit())
        self.picker.view.activated.connect(lambda _index: self.chosen_for_good.emit())
        parts = column(self, spacing=0.7)
        parts.addWidget(self._whose)
        parts.addWidget(self.picker)
        self.proof = ProofPart(clipboard)  # of the Page's own token: that of the person's is another
        parts.addWidget(self.proof)

    def begin(self, name: str) -> None:
        """Empty the list for another person's token. name: of that person, "" where it is not known."""
        self._name, self._rows = name, {}
        self.picker.clear()
        self.proof.secret.clear()
        self._whose.set_text(_("Pages of {name}").format(name=name) if name else "")

    def add(self, rows: Sequence[PageWithToken]) -> None:
        """rows: a portion, as it came."""
        self._rows.update({row.page.id: row for row in rows})
        self.picker.add_pages([PageRow(row.page.id, row.page.name, why_not(row.page)) for row in rows])

    def chosen(self) -> PageWithToken | None:
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
            return lambda: FailureText(
                _("This token opens no Page."),
                _("Make the token again and tick your Page when Facebook asks which Pages it is for."),
            )
        if all(row.secret is None for row in self._rows.values()):
            return lambda: FailureText(
                _("None of these Pages can be used with this token."),
                _("Ask somebody with full control of the Page to give you access, then make the token again."),
            )
        return None

    def draft(self) -> tuple[str, Sequence[PageWithToken], str]:
        return self._name, tuple(self._rows.values()), self.picker.chosen()

    def restore_draft(self, name: str, rows: Sequence[PageWithToken], chosen: str) -> None:
        self.begin(name)
        self.add(rows)
        self.picker.choose(chosen)
