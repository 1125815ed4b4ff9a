"""Your bot and chat: two questions, one after the other, in names that the person knows."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from wizard.actions.apps import AppRole
from wizard.actions.products import done_again, offered_products, product_of, with_product
from wizard.core.answers import Answers
from wizard.core.flow import Problem, StepId
from wizard.core.products import OTHER, OWN, UNKNOWN, Product, live_chat
from wizard.i18n.language import _
from wizard.ui.layout import laid_out_once
from wizard.ui.pages.base import Draft, StepPage
from wizard.ui.pages.bring_into_view import bring_into_view
from wizard.ui.services import Services
from wizard.ui.widgets.cards import CardOption
from wizard.ui.widgets.name_cards import NameCards
from wizard.ui.widgets.notice import Notice, Tone
from wizard.ui.widgets.text import Text
from wizard.words import products, steps

_MISSING = {AppRole.BOT: Problem.NO_BOT_PRODUCT, AppRole.LIVE_CHAT: Problem.NO_LIVE_CHAT_PRODUCT}


class ProductsPage(StepPage):
    step = StepId.PRODUCTS

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, parent)
        self._session = services.session
        self._offered: dict[AppRole, Sequence[Product]] = {}
        self._chosen = dict.fromkeys(AppRole, "")  # keys of the cards; not said before Next
        self.asked = AppRole.BOT
        self.names = {role: NameCards(products.question(role is AppRole.BOT), parent=self) for role in AppRole}
        self.missing = Text(role="muted")
        self.again = Notice(Tone.INFO, parent=self)
        for role, names in self.names.items():
            names.question.hide()  # the title asks it
            names.chosen.connect(partial(self._choose, role))
            names.taken.connect(self._take)
            names.searched.connect(partial(self._name_other, role))
            self.body.addWidget(names)
        self.body.addWidget(self.missing)
        self.body.addWidget(self.again)

    # What it says.

    def title(self) -> str:
        return products.question(self.asked is AppRole.BOT)

    def sentence(self) -> str:
        return products.why(self.asked is AppRole.BOT)

    def primary_text(self) -> str:
        return _("Next")

    def first_field(self) -> QWidget | None:
        return self.names[self.asked].search

    # Moving.

    def prepare(self, answers: Answers) -> Iterator[None]:
        """One question after the other: the names of both at once would hold the window up."""
        first = self.asked
        self._read(first, then=lambda: self._read(first.other))
        yield

    def enter(self, answers: Answers) -> None:
        for role in AppRole:
            product = product_of(answers, role)
            self._chosen[role] = product.id if product is not None else ""
            if product is not None and product.id == OTHER:
                self.names[role].search.setText(product.name)
        if product_of(answers, AppRole.BOT) is None:
            self.asked = AppRole.BOT
        super().enter(answers)
        for role in AppRole:
            self._read(role)  # somebody may have imported a preset
        self._show_asked()

    def draft(self) -> Draft:
        return super().draft()._replace(work=(self.asked, dict(self._chosen)))

    def restore_draft(self, draft: Draft) -> None:
        self.asked, self._chosen = draft.work
        super().restore_draft(draft)
        self._ask(self.asked)

    def step_back(self) -> bool:
        if self.asked is AppRole.BOT:
            return False
        self._ask(AppRole.BOT)
        return True

    def _take(self) -> None:
        """A name was clicked. Where that undoes a part of the set-up, it is said first, and Next goes on."""
        if self.again.isHidden():
            self.primary()
        else:
            self.again.announce()
            bring_into_view(self.again)

    def primary(self) -> None:
        product = self._product()
        if product is None:
            return
        answers = with_product(self.answers, self.asked, product)
        if self.asked is AppRole.LIVE_CHAT:
            self.asked = AppRole.BOT  # whoever comes back begins with the first question
            self.finish(answers)
        else:
            self.offer(answers)
            self._ask(AppRole.LIVE_CHAT)

    # The names.

    def _read(self, role: AppRole, then: Callable[[], None] = lambda: None) -> None:
        session = self._session
        job = self.services.runner.start(lambda _job: offered_products(session, role))
        self.destroyed.connect(job.ignore)  # the window may close meanwhile
        job.on_success(partial(self._show_names, role))
        job.on_success(lambda _offered: then())
        job.on_failure(self.show_error)

    def _show_names(self, role: AppRole, offered: Sequence[Product]) -> None:
        if offered != self._offered.get(role):
            self._offered[role] = offered
            self.names[role].show_names([_option(product) for product in offered], _others(role))
        self.names[role].choose(self._chosen[role])
        self._name_other(role, self.names[role].search.text())

    def _ask(self, role: AppRole) -> None:
        self.asked = role
        with laid_out_once(self):
            self.title_label.setText(self.title())
            self.sentence_label.set_text(self.sentence())
            self._show_asked()
        self.question_changed.emit()

    def _show_asked(self) -> None:
        for role, names in self.names.items():
            names.setVisible(role is self.asked)
        self._show_missing()

    def _name_other(self, role: AppRole, typed: str) -> None:
        """A name that is not in the list is kept: the sentences of the wizard can say it."""
        names = self.names[role]
        if names.cards:
            title, text = products.another(typed.strip() if names.is_unknown else "")
            names.card(OTHER).set_option(CardOption(OTHER, title, text))
        self._show_missing()

    def _choose(self, role: AppRole, key: str) -> None:
        self._chosen[role] = key
        self._show_missing()

    def _product(self) -> Product | None:
        """What is chosen now; a name that is not in the list is told by what was typed."""
        key, names = self._chosen[self.asked], self.names[self.asked]
        if key == OTHER:
            return Product(OTHER, names.search.text().strip() if names.is_unknown else "")
        if key in (UNKNOWN, OWN):
            return Product(key)
        return next((product for product in self._offered.get(self.asked, ()) if product.id == key), None)

    def _show_missing(self) -> None:
        product = self._product()
        self.missing.set_text("" if product is not None else steps.problem(_MISSING[self.asked]))
        again = done_again(self.answers, self.asked, product) if product is not None else ()
        self.again.setVisible(bool(again))
        if again:
            self.again.show_message(
                Tone.INFO, products.done_again(self.asked is AppRole.BOT, [steps.name(step) for step in again])
            )
        self.primary_ready.emit(product is not None)


def _option(product: Product) -> CardOption:
    known = live_chat(product)
    return CardOption(product.id, product.name, products.about(known) if known is not None else "")


def _others(role: AppRole) -> list[CardOption]:
    own = [CardOption(OWN, *products.own_bot())] if role is AppRole.BOT else []
    return [CardOption(OTHER, *products.another()), *own, CardOption(UNKNOWN, *products.unknown())]
