"""What is wrong with a typed token or App ID: what was seen, and the next thing to do."""

from wizard.checks.token_reasons import shape_text
from wizard.core.app_id import LONGEST, SHORTEST, AppIdProblem, AppIdTrouble, Slip
from wizard.core.token_shape import TokenShape
from wizard.i18n.language import _, ngettext
from wizard.i18n.lists import listed


def token_problem_text(problem: TokenShape) -> str:
    return shape_text(problem)


def token_in_command() -> str:
    """Where a token was typed as a part of a command, other programs and the shell's history have it, too."""
    return _("This is a token. Give it with --token-stdin, and make a new one.")


def app_id_problem_text(problem: AppIdProblem) -> str:
    match problem.trouble:
        case AppIdTrouble.EMPTY:
            return _("Enter the App ID of your live chat.")
        case AppIdTrouble.NOT_DIGITS if sum(character.isalpha() for character in problem.odd) > 2:
            return _("An App ID has digits only. This looks like a name.")
        case AppIdTrouble.NOT_DIGITS:
            return ngettext(
                "An App ID has digits only. This is not a digit: {characters}",
                "An App ID has digits only. These are not digits: {characters}",
                len(problem.odd),
            ).format(characters=_spell(problem.odd))
        case AppIdTrouble.TOO_SHORT:
            return ngettext(
                "This has only {count} digit. An App ID has {least} or more; copy it again.",
                "This has only {count} digits. An App ID has {least} or more; copy it again.",
                problem.digits,
            ).format(count=problem.digits, least=SHORTEST)
        case AppIdTrouble.TOO_LONG:
            return ngettext(
                "This has {count} digit. An App ID has {most} at most; copy it again.",
                "This has {count} digits. An App ID has {most} at most; copy it again.",
                problem.digits,
            ).format(count=problem.digits, most=LONGEST)
        case AppIdTrouble.IS_PAGE:
            return _("This is the ID of your Page. The bot needs the App ID of your live chat.")
        case AppIdTrouble.IS_INSTAGRAM_INBOX:
            return _("This is the inbox of Instagram. For Messenger the Page Inbox is {app_id}.").format(
                app_id=problem.meant.id if problem.meant else ""
            )
        case AppIdTrouble.IS_META_AI:
            return _("This is most likely Meta’s own AI assistant: it is neither your bot nor your live chat.")
        case AppIdTrouble.SAME_AS_OTHER:
            return _("The bot and the live chat have the same App ID. They must be two different apps.")
        case AppIdTrouble.NEAR_MISS:
            return _near_miss(problem)


def proof_problem_text() -> str:
    return _("A proof has exactly 64 characters: digits and the letters a to f. Copy it again, or leave it out.")


def _near_miss(problem: AppIdProblem) -> str:
    seen = _slip(problem.slip)
    if problem.meant is None:
        return seen
    meant = problem.meant
    if meant.name:
        advice = _("Did you mean {name}, {app_id}?").format(name=meant.name, app_id=meant.id)
    else:
        advice = _("Did you mean {app_id}?").format(app_id=meant.id)
    return f"{seen} {advice}"


def _slip(slip: Slip | None) -> str:
    match slip:
        case Slip.MISSING:
            return _("One digit is missing.")
        case Slip.EXTRA:
            return _("There is one digit too many.")
        case Slip.CHANGED:
            return _("One digit is different from an app we know.")
        case Slip.SWAPPED:
            return _("Two digits have changed places.")
        case Slip.MISPRINT:
            return _("This number is a known misprint.")
        case None:
            return _("This is close to the ID of an app we know.")


def _spell(characters: str) -> str:
    """Return the characters so that each can be seen; a space is named."""
    return listed(_("(space)") if character.isspace() else character for character in characters[:10])
