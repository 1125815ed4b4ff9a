"""A person's token opens many Pages: which one is to be set up?"""

from PySide6.QtCore import QObject

from wizard.actions.token_sources import ProofShapeError
from wizard.ui.pages.log_in.view import LogInView, Shown
from wizard.ui.services import FailureText, Trouble


class WhichPage(QObject):
    """Fills the list of Pages while it comes, and opens the one that is chosen."""

    def __init__(self, view: LogInView) -> None:
        super().__init__(view)
        self._view = view
        view.page_wanted.connect(self.use_chosen)
        opening = view.opening
        opening.pages_wanted.connect(self._begin)
        opening.pages_came.connect(lambda rows: view.pages.add(rows))
        opening.pages_listed.connect(self._end)
        opening.pages_stopped.connect(self.leave_empty_list)

    def use_chosen(self) -> None:
        pages = self._view.pages
        page = pages.chosen()
        if page is None or page.secret is None or self._view.is_busy:
            return
        try:
            proof = pages.proof.take()
        except ProofShapeError:
            return
        self._view.opening.use_page(page, proof)

    def leave_empty_list(self) -> None:
        """Their list did not come, or was stopped: it is tried again from here."""
        view = self._view
        if view.shown is Shown.PAGES and not view.pages.count:
            view.show_part(Shown.WAYS)
            view.focus()

    def _begin(self, name: str) -> None:
        self._view.pages.begin(name)
        self._view.show_part(Shown.PAGES)

    def _end(self) -> None:
        view = self._view
        trouble: Trouble | None = view.pages.trouble()
        if trouble is None and view.pages.choose_the_only_one():
            self.use_chosen()
        elif trouble is None:
            view.focus()
        else:
            if not view.pages.count:
                trouble = self._no_page() or trouble
                view.show_part(Shown.WAYS)
            view.show_trouble(trouble)

    def _no_page(self) -> Trouble | None:
        """What is said where one logged in with Facebook: it can be asked again."""
        opening = self._view.opening
        if opening.apps is None:
            return None
        from wizard.words import log_in

        opening.again = True
        return lambda: FailureText(*log_in.no_page_ticked())
