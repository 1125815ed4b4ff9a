"""Put the App ID where the bot keeps it: plan, write, undo; and the key of a settings API.

All of it reads or writes outside: work for jobs. The parsers of settings files are imported here, in the job.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from wizard.actions.session import Session
from wizard.actions.tokens import RememberResult
from wizard.core.answers import Answers, SavedHow
from wizard.core.app_id import AppIdProblem, AppIdTrouble, check_app_id
from wizard.core.cancel import CancelToken
from wizard.core.secret import Secret
from wizard.core.target import TargetChoice
from wizard.targets import http_shape
from wizard.vault import settings_key_name

if TYPE_CHECKING:  # their parsers take long to import: that is done in the job
    from wizard.store.undo_notes import UndoNote
    from wizard.targets.base import Applied, Target
    from wizard.targets.bot_settings import BotSettings, Planned, Written
    from wizard.targets.http_shape import Api
    from wizard.targets.presets import Preset, Presets

METHODS = tuple(http_shape.Method)
PLACE = http_shape.PLACE  # stands for the App ID in what is sent


def app_id_problem(session: Session, answers: Answers) -> AppIdProblem | None:
    """What is wrong with the chosen live chat's App ID. That somebody typed it proves nothing."""
    live_chat, bot = answers.live_chat, answers.bot
    if live_chat is None:
        return AppIdProblem(AppIdTrouble.EMPTY)
    others = [app for app in session.apps(answers) if app != live_chat]
    return check_app_id(live_chat.id, page_id=answers.page_id, bot_id=bot.id if bot else "", known=others)


# Presets.


def every_preset(session: Session) -> "Presets":
    """Ours and the person's, also those that this world cannot use."""
    from wizard.targets.presets import load_presets

    return load_presets([session.places.presets])


def offered_presets(session: Session) -> "Presets":
    """Those that can be used in this world: the pretend platform's own are for practice alone."""
    from wizard.targets.presets import offered

    return offered(every_preset(session), session.world)


def is_http(session: Session, choice: TargetChoice) -> bool:
    """Whether the App ID is sent to a settings API. Raises TargetError (UNKNOWN_PRESET)."""
    return _preset_of(session, choice).is_http


# The App ID.


def plan_app_id(
    session: Session, choices: Sequence[TargetChoice], app_id: str, cancel: CancelToken | None = None
) -> "tuple[Planned, ...]":
    """Read all places and compare; nothing changes. Raises TargetError, Cancelled."""
    return _bot_settings(session, cancel).plan(choices, app_id)


def write_app_id(
    session: Session, planned: "Sequence[Planned]", cancel: CancelToken | None = None
) -> "tuple[Written, ...]":
    """Do what the plans say and read it back, all or none. Without cancel nobody stops it half-way. Raises TargetError;
    NotAllWritten where it must be said what stands where now."""
    return _bot_settings(session, cancel).write(planned)


def saved_how(planned: "Sequence[Planned]", written: "Sequence[Written]") -> SavedHow:
    """How it is known that the App ID stands in all places, once that is so: seen there, or said by the person."""
    is_seen = not any(one.plan.is_guided for one in planned) and all(one.is_read_back for one in written)
    return SavedHow.READ_BACK if is_seen else SavedHow.CONFIRMED


def undoable(session: Session) -> "Sequence[tuple[UndoNote, Applied]]":
    """What earlier runs wrote and can be undone, newest first."""
    return _bot_settings(session).undoable()


def undo_app_id(session: Session, choice: TargetChoice, applied: "Applied") -> None:
    """Put back what was there; nobody stops it half-way. Raises TargetError."""
    _bot_settings(session).undo(choice, applied)


def undo_and_plan(
    session: Session, choice: TargetChoice, applied: "Applied", choices: Sequence[TargetChoice]
) -> "tuple[Planned, ...]":
    """Put back what was there, and plan all places anew. Raises TargetError."""
    settings = _bot_settings(session)
    settings.undo(choice, applied)
    return settings.plan(choices, applied.app_id)


def _bot_settings(session: Session, cancel: CancelToken | None = None) -> "BotSettings":
    from wizard.store.undo_notes import UndoNotes
    from wizard.targets.bot_settings import BotSettings
    from wizard.targets.choose import target_for

    def find(choice: TargetChoice) -> "Target":
        def key(url: str, header: str) -> Secret | None:
            return remembered_key(session, url, header)

        return target_for(choice, every_preset(session), session.world, session.places.backups, key, cancel)

    return BotSettings(find, UndoNotes(session.places.undo), session.clock)


# The key of a settings API. It is kept for its host and header alone, so that it never meets another.


def remembered_key(session: Session, url: str, header: str) -> Secret | None:
    """The key in memory or in the keyring, None where none is known."""
    return session.vault.get(settings_key_name(url, header))


def keep_key(session: Session, choice: TargetChoice, key: Secret, remember: bool) -> RememberResult:
    """Keep the key for this run and, with remember, in the keyring. Raises TargetError where the address cannot be
    meant."""
    api = _api_of(session, choice)
    return session.vault.put(settings_key_name(api.url, api.header), key, remember)


def forget_key(session: Session, choice: TargetChoice) -> bool:
    """Remove the key everywhere; whether the keyring holds it no more. Raises TargetError where the address cannot be
    meant."""
    api = _api_of(session, choice)
    return session.vault.forget(settings_key_name(api.url, api.header))


def _api_of(session: Session, choice: TargetChoice) -> "Api":
    from wizard.targets.choose import api_of

    return api_of(choice, _preset_of(session, choice), session.world)


def _preset_of(session: Session, choice: TargetChoice) -> "Preset":
    from wizard.targets.choose import chosen_preset

    return chosen_preset(choice, every_preset(session))
