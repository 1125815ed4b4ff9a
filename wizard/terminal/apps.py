"""“Your apps” at the terminal: which app is the bot, and which one takes over."""

from wizard.actions.apps import (
    AppRole,
    check_typed_app,
    chosen_app,
    is_said,
    look_up_app,
    offered_apps,
    with_app,
    with_app_of_token,
)
from wizard.actions.products import named_by_person, with_app_of_product
from wizard.core.facts import App
from wizard.core.ports import Choice
from wizard.i18n.language import _
from wizard.terminal.other_token import accept_other_token
from wizard.terminal.setup_run import SetupRun
from wizard.words import fields
from wizard.words.asking import app_name

_OTHER = "other"


def choose_apps(run: SetupRun) -> None:
    """Raises WizardError, SetupEnds, and NoAnswer where a question needs a person and nobody is there."""
    if run.options.other_token_env:
        accept_other_token(run.session, run.answers, run.options.other_token_env, run.printer, run.cancel)
    run.answers = with_app_of_product(with_app_of_token(run.answers))
    questions = (
        (AppRole.BOT, run.options.bot, _("Which app is your bot?")),
        (AppRole.LIVE_CHAT, run.options.live_chat, _("Which app takes over?")),
    )
    for role, given, question in questions:
        is_known = chosen_app(run.answers, role) is not None and not given
        if not (is_said(run.answers, role) or is_known):
            run.answers = with_app(run.answers, role, _app(run, role, given or _choose(run, role, question)))
    for app in run.answers.pair:
        run.printer.print(f"{app_name(app)}  {app.id}")


def _choose(run: SetupRun, role: AppRole, question: str) -> str:
    """An App ID, as it was typed."""
    offered = offered_apps(run.session, run.answers, role)
    choices = [Choice(app.id, f"{app_name(app)} ({app.id})") for app in offered]
    answer = run.person.ask(role.value, question, [*choices, Choice(_OTHER, _("Another app: I type its App ID"))])
    if answer != _OTHER:
        return answer
    return run.person.ask("app_id", _("App ID of the app, as Facebook’s settings show it:"))


def _app(run: SetupRun, role: AppRole, text: str) -> App:
    session, answers = run.session, run.answers
    typed = check_typed_app(session, answers, role, text)
    if typed.problem is not None:
        run.refuse(fields.app_id_problem_text(typed.problem))
    if typed.known is not None:
        return typed.known
    app = look_up_app(session, answers, typed.app_id, run.cancel)
    if app is None:
        run.printer.print(_("Facebook shows no name for this App ID. Compare the digits."))
        app = App(typed.app_id)
    app = named_by_person(answers, role, app)
    session.add_app(app)
    return app
