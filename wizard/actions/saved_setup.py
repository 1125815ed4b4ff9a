"""The set-up as it stays on this computer: noted for a later check, and its summary as a file."""

from pathlib import Path

from wizard.actions.session import Session
from wizard.core.answers import Answers
from wizard.store.atomic import write_output


def note_setup(session: Session, answers: Answers) -> bool:
    """Note the set-up for a later check; whether that worked. Nothing is noted before Page and apps are chosen."""
    try:
        session.save_setup(answers)
    except OSError:
        return False
    return True


def save_summary(path: Path, text: str) -> None:
    """Write the summary in UTF-8, whole or not at all. Raises OSError."""
    from wizard.core.redact import redact_tokens  # the first page does without

    write_output(path, f"{redact_tokens(text)}\n".encode())


def save_file(path: Path, content: bytes) -> None:
    """Write what holds no secret, whole or not at all. Raises OSError."""
    write_output(path, content)
