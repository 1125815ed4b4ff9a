"""Step 3 at the terminal: the settings on Facebook, which no program can set, and the one thing that one can."""

from dataclasses import replace

from wizard.actions.roles import (
    add_fields,
    confirm_role,
    confirm_roles,
    is_connected,
    missing_fields,
    open_tasks,
    tasks,
)
from wizard.checks.case import CheckContext
from wizard.core.facts import Page
from wizard.core.ports import Choice
from wizard.i18n.language import _
from wizard.i18n.lists import listed
from wizard.terminal.person import NoAnswer
from wizard.terminal.setup_run import SetupRun
from wizard.words import guides
from wizard.words.guides import Setting


def assign_roles(run: SetupRun) -> None:
    """Raises WizardError, and NoAnswer where a question needs a person and nobody is there."""
    if run.options.confirm_roles:
        run.printer.print(_("The settings on Facebook are done, as you said."))
        run.answers = confirm_roles(run.answers)
    else:
        _ask_one_by_one(run)
    _add_missing_fields(run)


def _ask_one_by_one(run: SetupRun) -> None:
    """Each setting is shown and asked for by itself; what only some need is shown, and nothing is asked."""
    wanted = tasks(_case(run))
    for setting_id in guides.setting_ids():
        setting = _setting(run, setting_id)
        if setting_id not in wanted:
            _show_way(run, setting, f"{_('Only in some cases')}: {setting.title}", setting.why)
        elif setting_id in open_tasks(_case(run)):
            at = _("{number} of {count}").format(number=wanted.index(setting_id) + 1, count=len(wanted))
            _show_way(run, setting, f"{at}: {setting.title}")
            try:
                is_done = _is_done(run)
            except NoAnswer:
                for later in wanted[wanted.index(setting_id) + 1 :]:  # whoever reads this has all of it
                    _show_way(run, _setting(run, later), _setting(run, later).title)
                raise
            if is_done:
                run.answers = confirm_role(_case(run), setting_id, {setting_id})
        else:
            run.printer.print(_("Done already: {setting}").format(setting=setting.title))
    if open_tasks(_case(run)):
        run.printer.print(_("The settings on Facebook are still open."))


def _is_done(run: SetupRun) -> bool:
    choices = (Choice("done", _("I have done it")), Choice("later", _("I do it later")))
    return run.person.ask("roles_done", _("Is this done?"), choices) == "done"


def _show_way(run: SetupRun, setting: Setting, *heading: str) -> None:
    path = setting.paths[0]
    text = "\n".join((*heading, *(f"  - {step}" for step in path.steps)))
    run.person.instruct(setting.id, text, run.session.world.link(path.link))


def _setting(run: SetupRun, setting_id: str) -> Setting:
    page = Page(run.answers.page_id, run.answers.page_name)
    return guides.setting(setting_id, guides.names_of(page, *run.answers.pair))


def _case(run: SetupRun) -> CheckContext:
    return run.session.check_context(run.answers)


def _add_missing_fields(run: SetupRun) -> None:
    """The bot's own token can add what the bot must receive; it takes nothing away, and connects no app by itself."""
    session, answers = run.session, run.answers
    case = session.check_context(answers)
    missing = missing_fields(case) if is_connected(case) else frozenset()
    if not missing:
        return
    text = _("Your bot does not receive: {fields}. They are added now.").format(fields=listed(sorted(missing)))
    if run.person.instruct("add_fields", text):
        facts = add_fields(session, answers.token_name, missing, run.cancel)
        session.facts = replace(session.facts, token=facts)
