"""Which bot and which live chat they are, by name: what is offered, and what follows from the answer."""

from collections.abc import Sequence
from dataclasses import replace

from wizard.actions.apps import AppRole, chosen_app, with_app
from wizard.actions.session import Session
from wizard.core.answers import Answers, with_changes
from wizard.core.facts import App
from wizard.core.flow import SETUP, StepId
from wizard.core.products import (
    DEVELOPER,
    ELSEWHERE,
    OTHER,
    OWN,
    UNKNOWN,
    Product,
    bots_without_preset,
    live_chat,
    live_chats,
)
from wizard.core.target import TargetChoice

_NO_PRODUCTS = frozenset({ELSEWHERE, DEVELOPER})  # presets for whoever has none of the others


def offered_products(session: Session, role: AppRole) -> tuple[Product, ...]:
    """In a job: the names to choose from, in the order of the alphabet; Facebook's own inbox first. Bots: those whose
    settings are described, of the program or imported, and those that are known by name."""
    if role is AppRole.LIVE_CHAT:
        known = live_chats(is_practice=bool(session.world.control))
        return tuple(one.product for one in sorted(known, key=lambda one: (not one.app_id, _by_name(one.product))))
    from wizard.actions.save_app_id import offered_presets

    presets = offered_presets(session).by_name.values()
    described = [Product(one.name, one.title) for one in presets if one.is_guided and one.name not in _NO_PRODUCTS]
    ids = {one.id for one in described}
    named = [one.product for one in bots_without_preset() if one.product.id not in ids]
    return tuple(sorted((*described, *named), key=_by_name))


def product_of(answers: Answers, role: AppRole) -> Product | None:
    return answers.bot_product if role is AppRole.BOT else answers.live_chat_product


def needs_somebody(answers: Answers) -> bool:
    """Whether somebody else must give the token: by what the person said, they made the bot or know which it is, and
    no token was there yet."""
    product = answers.bot_product
    return answers.token_app is None and product is not None and product.id in (OWN, UNKNOWN)


def suggested_place(answers: Answers) -> str:
    """Name of the preset that is meant most likely where nobody has chosen yet, "" for none."""
    return DEVELOPER if answers.bot_product is not None and answers.bot_product.id == OWN else ""


def with_product(answers: Answers, role: AppRole, product: Product) -> Answers:
    """The answers with what the person uses, and with what follows: where the bot keeps the App ID. An app that
    was chosen for another product falls."""
    before = product_of(answers, role)
    is_other = before is not None and bool(before.name) and before != product
    changed = with_changes(answers, **{f"{role.value}_product": product})
    if is_other:
        changed = with_app(changed, role, None)
    if role is AppRole.BOT and before != product:
        changed = with_changes(changed, target=_place_of(product, answers if before is None else None))
    return changed


def done_again(answers: Answers, role: AppRole, product: Product) -> tuple[StepId, ...]:
    """The steps that are done now, and are to be done again where the person takes this product."""
    changed = with_product(answers, role, product)
    return tuple(step.id for step in SETUP.route(answers) if step.problems(changed) and not step.problems(answers))


def is_other_than_said(answers: Answers, role: AppRole) -> bool:
    """Whether the app that is chosen is known to be of another product than the person named."""
    product, app = product_of(answers, role), chosen_app(answers, role)
    if product is None or not product.name or app is None:
        return False
    owner = next((one.product for one in live_chats(is_practice=True) if one.app_id == app.id), None)
    known = live_chat(product)
    return (known is not None and bool(known.app_id) and known.app_id != app.id) or (owner or product) != product


def with_app_of_product(answers: Answers) -> Answers:
    """The answers with the live chat's app, where the product says which it is and the person chose none yet."""
    known = live_chat(answers.live_chat_product)
    app = known.app if known is not None else None
    if app is None or chosen_app(answers, AppRole.LIVE_CHAT) is not None:
        return answers
    return with_app(answers, AppRole.LIVE_CHAT, app)


def named_by_person(answers: Answers, role: AppRole, app: App, said: str = "") -> App:
    """An app of which Facebook tells no name, called as the person calls it. said: in so many words, "" for none."""
    product = product_of(answers, role)
    name = said.strip() or (product.name if product is not None else "")
    return replace(app, name=name, is_name_said=True) if name and not app.name else app


def _place_of(product: Product, before: Answers | None) -> TargetChoice | None:
    """before: answers that were given when nobody asked for the product: their place stays, if it can be meant."""
    if product.id == OWN:
        return before.target if before is not None else None
    described: Sequence[str] = (OTHER, UNKNOWN, *(one.product.id for one in bots_without_preset()))
    return TargetChoice(ELSEWHERE if product.id in described else product.id)


def _by_name(product: Product) -> str:
    return product.name.casefold()
