"""The Page of somebody who goes on without a token."""

from PySide6.QtWidgets import QWidget

from wizard.core.facts import Page
from wizard.core.page_address import page_id_in
from wizard.i18n.language import _
from wizard.ui.layout import Panel, column
from wizard.ui.widgets.field import Field


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
        """What the person has typed stays."""
        self.name_field.suggest(name)
        self.id_field.suggest(page_id)

    def take(self) -> Page | None:
        """Return the Page, None where something is missing: that is said beside its field."""
        name, page_id = self.name_field.text().strip(), page_id_in(self.id_field.text())
        if not page_id:
            self.id_field.show_problem(
                lambda: _("Enter the Page ID, which has digits only, or the address of your Page on Facebook.")
            )
            self.id_field.line.setFocus()
        if not name:
            self.name_field.show_problem(lambda: _("Enter the name of your Page."))
            self.name_field.line.setFocus()
        return Page(page_id, name) if name and page_id else None
