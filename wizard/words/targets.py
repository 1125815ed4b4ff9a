"""What is wrong with the place where the App ID goes, and what to do about it."""

from dataclasses import dataclass

from wizard.core.app_id import LONGEST, SHORTEST
from wizard.core.target import NotAllWritten, SentUnconfirmed, TargetError, TargetProblem, TargetTrouble
from wizard.i18n.language import _, ngettext
from wizard.i18n.lists import listed
from wizard.words import targets_api, targets_content


@dataclass(frozen=True, slots=True)
class TargetText:
    """text: what happened; action: what to do; details: what the system said, to be copied, "" if nothing."""

    text: str
    action: str
    details: str = ""


def said_of(error: TargetError) -> TargetText:
    """Put a refusal into words; where several places were meant, also what stands where now."""
    base = said(error.trouble)
    if isinstance(error, SentUnconfirmed):
        return TargetText(f"{base.text} {_sent(error.trouble.path)}", base.action, base.details)
    if not isinstance(error, NotAllWritten):
        return base
    more = [_sent(place) for place in error.unsure]
    if error.put_back:
        more.append(
            _("What was written before holds again what it held: {places}.").format(places=_list(error.put_back))
        )
    if error.standing:
        more.append(_("The new App ID is still in {places}.").format(places=_list(error.standing)))
    return TargetText(" ".join((base.text, *more)), base.action, base.details)


def _sent(place: str) -> str:
    return _("The new App ID was sent to {place} before, and may be there already.").format(place=place)


def _list(places: tuple[str, ...]) -> str:
    return listed(places)


def said(trouble: TargetTrouble) -> TargetText:
    """Put a refusal into words. Nothing of what is in the file is said."""
    text, action = _sentences(trouble)
    facts = {
        "path": trouble.path,
        "key": trouble.key,
        "limit": trouble.limit // 1000,
        "status": trouble.status,
        "mark": "{app_id}",
        "way": trouble.way,
        "name": _list(trouble.names[:1]),
        "chosen": _list(trouble.names[1:2]),
    }
    if trouble.wait:
        action = _wait(trouble.wait)
    where = _lines(trouble.lines)
    return TargetText(
        " ".join(part for part in (text.format(**facts), where) if part), action.format(**facts), trouble.system
    )


def doubts(key: str, is_other_text: bool, beside: tuple[str, ...]) -> tuple[str, ...]:
    """What the person should look at before the change is made. is_other_text, beside: as of the plan."""
    found = []
    if is_other_text:
        found.append(_("{key} holds a word now, not an App ID. Perhaps another key was meant.").format(key=key))
    if beside:
        told = _("On the way to {key} two groups or more are new. There are now: {names}. Was one of them meant?")
        found.append(told.format(key=key, names=_list(beside)))
    return tuple(found)


def start_again() -> str:
    """What to do once a settings file was changed."""
    return _("Most bots read this file only when they start, so start yours again.")


def _wait(seconds: float) -> str:
    minutes = max(1, round(seconds / 60))
    return ngettext(
        "Wait {minutes} minute, then try again.", "Wait {minutes} minutes, then try again.", minutes
    ).format(minutes=minutes)


def _lines(numbers: tuple[int, ...]) -> str:
    if not numbers:
        return ""
    shown = listed(str(number) for number in numbers)
    return ngettext("It is line {lines}.", "These are the lines {lines}.", len(numbers)).format(lines=shown)


def _sentences(trouble: TargetTrouble) -> tuple[str, str]:
    problem = trouble.problem
    if problem is TargetProblem.WRITE_IT_SO and "." in trouble.way:
        text, action = targets_content.content()[problem]
        return text, f"{action} {_('Names have dots between them; a dot that belongs to a name is written ~1.')}"
    if problem is TargetProblem.FILLED_IN and trouble.names:
        return (
            _("The value of {key} is filled in from outside, from the variable {name}. It was not changed."),
            _("Put the App ID where {name} gets its value, often a .env file."),
        )
    for table in (
        _choice(),
        _file(),
        targets_content.kind(),
        targets_content.content(),
        targets_content.value(),
        _change(),
        targets_api.choice(),
        targets_api.access(),
        targets_api.answers(),
    ):
        if problem in table:
            return table[problem]
    raise KeyError(problem)


def _choice() -> dict[TargetProblem, tuple[str, str]]:
    return {
        TargetProblem.UNKNOWN_PRESET: (
            _("This place for the App ID is not known here."),
            _("Choose one from the list."),
        ),
        TargetProblem.NO_FILE_CHOSEN: (_("No file is chosen."), _("Choose the settings file of your bot.")),
        TargetProblem.BAD_PATH: (_("“{path}” is no usable file name."), _("Choose the file again.")),
        TargetProblem.NO_KEY: (
            _("No key is named."),
            _("Type the name at which your bot looks for the App ID, for example CUSTOMER_SERVICE_APP_ID."),
        ),
        TargetProblem.BAD_KEY: (
            _("“{key}” cannot be a key in this file."),
            _("Use letters, digits and underscores, and begin with a letter."),
        ),
        TargetProblem.BAD_KEY_PATH: (
            _("“{key}” is no way to a value in this file."),
            _(
                "Write the names from the outside in, with dots between them: facebook.live_chat_app_id. "
                "A dot that belongs to a name is written ~1, a tilde ~0."
            ),
        ),
        TargetProblem.NO_SECTION: (
            _("“{key}” names no section."),
            _(
                "Write the section, a dot and the key: facebook.live_chat_app_id. "
                "A dot that belongs to a name is written ~1."
            ),
        ),
        TargetProblem.BAD_APP_ID: (
            _("This is no App ID: an App ID has {least} to {most} digits and nothing else.").format(
                least=SHORTEST, most=LONGEST
            ),
            _("Go back to the step “App ID” and correct it."),
        ),
    }


def _file() -> dict[TargetProblem, tuple[str, str]]:
    return {
        TargetProblem.DIRECTORY: (_("“{path}” is a folder."), _("Choose the file inside it.")),
        TargetProblem.DEVICE: (_("“{path}” is a device or a pipe, not a file."), _("Choose the settings file itself.")),
        TargetProblem.FOLDER_MISSING: (
            _("The folder of “{path}” does not exist."),
            _("Make the folder first, or choose the file again."),
        ),
        TargetProblem.LINK_LOOP: (
            _("“{path}” is a link that leads back to itself."),
            _("Choose the file the link was meant for."),
        ),
        TargetProblem.SECOND_NAME: (
            _("“{path}” has a second name (a hard link), which would keep the old App ID."),
            _("Change the App ID in this file by hand, or replace the link by a copy."),
        ),
        TargetProblem.TOO_BIG: (
            _("“{path}” is too big for a settings file: more than {limit} KB."),
            _("Choose the settings file of your bot."),
        ),
        TargetProblem.NOT_UTF8: (
            _("“{path}” is not a text file in UTF-8."),
            _("Save it as UTF-8 in your editor, or choose another file."),
        ),
        TargetProblem.READ_ONLY: (
            _("“{path}” is read-only."),
            _("Allow writing to it, then try again. Or change the App ID by hand."),
        ),
        TargetProblem.BUSY: (
            _("Another wizard is changing “{path}” just now."),
            _("Wait until it is done, then try again."),
        ),
        TargetProblem.NO_PERMISSION: (
            _("You may not read and change “{path}”."),
            _("Ask whoever looks after this computer, or start the wizard as the user the file belongs to."),
        ),
        TargetProblem.FOLDER_READ_ONLY: (
            _("The folder of “{path}” does not allow new files. The wizard writes a new file first, to be safe."),
            _("Allow writing to the folder, then try again. Or change the App ID by hand."),
        ),
    }


def _change() -> dict[TargetProblem, tuple[str, str]]:
    return {
        TargetProblem.CHANGED_SINCE: (
            _("“{path}” was changed by somebody else meanwhile. The wizard left it alone."),
            _("Look at the change again, then decide."),
        ),
        TargetProblem.WRITE_FAILED: (
            _("“{path}” could not be written. It is as it was."),
            _("See whether the disk is full or write-protected, then try again."),
        ),
        TargetProblem.NOT_READ_BACK: (
            _("“{path}” was written, but something else is in it now."),
            _("Another program may be writing to it. Look at it, then try again."),
        ),
        TargetProblem.BACKUP_FAILED: (
            _("The wizard could not keep a copy of “{path}”, so it changed nothing."),
            _("See whether the disk is full, then try again."),
        ),
        TargetProblem.BACKUP_LOST: (
            _("The copy of “{path}” from before the change is gone."),
            _("Change {key} by hand."),
        ),
        TargetProblem.CANNOT_UNDO: (
            _("What was in “{path}” before is not known any more, so it cannot be put back."),
            _("Change {key} by hand, or ask whoever runs the bot."),
        ),
        TargetProblem.STOPPED: (_("You stopped it in the middle."), _("Start again when you are ready.")),
    }
