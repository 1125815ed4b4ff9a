"""What jobs do with the places where the App ID goes. The parsers of their formats are imported here, in the job."""

from collections.abc import Sequence

from wizard.actions.session import Session
from wizard.core.answers import Answers, TargetChoice
from wizard.core.cancel import CancelToken
from wizard.core.secret import Secret
from wizard.targets.base import Applied
from wizard.targets.bot_settings import Planned, Written
from wizard.targets.http_shape import Api
from wizard.targets.presets import Preset
from wizard.vault import RememberResult


def plan_of(session: Session, choices: Sequence[TargetChoice], app_id: str, cancel: CancelToken) -> tuple[Planned, ...]:
    """Read and compare; nothing changes. Raises TargetError."""
    return session.bot_settings(cancel).plan(choices, app_id)


def write(session: Session, planned: Sequence[Planned]) -> tuple[Written, ...]:
    """Do what the plans say and read it back, all or none; nobody stops it half-way. Raises TargetError."""
    return session.bot_settings().write(planned)


def undo(
    session: Session,
    choice: TargetChoice,
    applied: Applied,
    choices: Sequence[TargetChoice],
) -> tuple[Planned, ...]:
    """Put back what was there, and plan all anew; nobody stops it half-way. Raises TargetError."""
    settings = session.bot_settings()
    settings.undo(choice, applied)
    return settings.plan(choices, applied.app_id)


def keep_key(session: Session, choice: TargetChoice, preset: Preset, key: Secret, remember: bool) -> RememberResult:
    """Keep the key of a settings API for its host. Raises TargetError where the address cannot be meant."""
    api = _api_of(session, choice, preset)
    return session.keep_settings_key(api.url, api.header, key, remember)


def forget_key(session: Session, choice: TargetChoice, preset: Preset) -> bool:
    """Whether no key is remembered for the address any more. Raises TargetError where it cannot be meant."""
    api = _api_of(session, choice, preset)
    return session.forget_settings_key(api.url, api.header)


def _api_of(session: Session, choice: TargetChoice, preset: Preset) -> Api:
    from wizard.targets.choose import api_of

    return api_of(choice, preset, session.world)


def keep_setup(session: Session, answers: Answers) -> bool:
    """Note the set-up on this computer for a later check; whether that worked."""
    try:
        session.save_setup(answers)
    except OSError:
        return False
    return True
