"""“Your bot and chat” at the terminal: which bot and which live chat they use, by name."""

from wizard.actions.apps import AppRole
from wizard.actions.products import offered_products, with_product
from wizard.core.ports import Choice
from wizard.core.products import OTHER, OWN, UNKNOWN, Product
from wizard.terminal.setup_run import SetupRun
from wizard.words import products


def choose_products(run: SetupRun) -> None:
    """Ask for what no option has said. Where nobody is there it stays open: the options say what is needed."""
    options = run.options
    said = {
        AppRole.BOT: bool(options.targets.names) or options.confirm_saved,  # it only chooses the instructions
        AppRole.LIVE_CHAT: bool(options.live_chat),
    }
    for role, is_said in said.items():
        if not is_said and (product := _ask(run, role)) is not None:
            run.answers = with_product(run.answers, role, product)


def _ask(run: SetupRun, role: AppRole) -> Product | None:
    is_bot = role is AppRole.BOT
    offered = offered_products(run.session, role)
    others = {OTHER: products.another(), **({OWN: products.own_bot()} if is_bot else {}), UNKNOWN: products.unknown()}
    choices = [Choice(product.id, product.name) for product in offered]
    choices += [Choice(key, f"{title}. {text}") for key, (title, text) in others.items()]
    answer = run.person.ask(f"{role.value}_product", products.question(is_bot), choices)
    return next((one for one in offered if one.id == answer), Product(answer) if answer in others else None)
