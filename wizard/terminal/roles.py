"""Step 3 at the terminal: the settings on Facebook, which no program can set, and the one thing that one can."""

from dataclasses import replace

from wizard.actions.roles import add_fields, confirm_roles, is_connected, missing_fields
from wizard.core.facts import Page
from wizard.core.ports import Choice
from wizard.i18n.language import _
from wizard.terminal.setup_run import SetupRun
from wizard.words import guides


def assign_roles(run: SetupRun) -> None:
    """Raises WizardError, and NoAnswer where a question needs a person and nobody is there."""
    if run.options.confirm_roles:
        run.printer.print(_("The settings on Facebook are done, as you said."))
        is_done = True
    else:
        for setting_id in guides.setting_ids():
            _instruct(run, setting_id)
        choices = (Choice("done", _("I have done it")), Choice("later", _("I do it later")))
        is_done = run.person.ask("roles_done", _("Are these settings done?"), choices) == "done"
        if not is_done:
            run.printer.print(_("The settings on Facebook are still open."))
    if is_done:
        run.answers = confirm_roles(run.answers)
    _add_missing_fields(run)


def _instruct(run: SetupRun, setting_id: str) -> None:
    answers = run.answers
    names = guides.names_of(Page(answers.page_id, answers.page_name), *answers.pair)
    setting = guides.setting(setting_id, names)
    path = setting.paths[0]
    text = "\n".join((setting.title, *(f"  - {step}" for step in path.steps)))
    run.person.instruct(setting_id, text, run.session.world.link(path.link))


def _add_missing_fields(run: SetupRun) -> None:
    """The bot's own token can add what the bot must receive; it takes nothing away, and connects no app by itself."""
    session, answers = run.session, run.answers
    case = session.check_context(answers)
    missing = missing_fields(case) if is_connected(case) else frozenset()
    if not missing:
        return
    text = _("Your bot does not receive: {fields}. They are added now.").format(fields=", ".join(sorted(missing)))
    if run.person.instruct("add_fields", text):
        facts = add_fields(session, answers.token_name, missing, run.cancel)
        session.facts = replace(session.facts, token=facts)
