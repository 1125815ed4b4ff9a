"""The set-up as it stays on this computer: noted for a later check, and its summary as a file."""

import datetime
import uuid
from pathlib import Path

from wizard.actions.session import Session
from wizard.core.answers import Answers
from wizard.core.calendar_entry import Reminder
from wizard.core.kept_tests import COUNTS_FOR
from wizard.core.redact import redact_tokens
from wizard.store.atomic import write_output
from wizard.words import daily


def note_setup(session: Session, answers: Answers) -> bool:
    """Note the set-up for a later check; whether that worked. Nothing is noted before Page and apps are chosen."""
    try:
        session.save_setup(answers)
    except OSError:
        return False
    return True


def save_summary(path: Path, text: str) -> None:
    """Write the summary in UTF-8, whole or not at all. Raises OSError."""
    write_output(path, f"{redact_tokens(text)}\n".encode())


def save_file(path: Path, content: bytes) -> None:
    """Write what holds no secret, whole or not at all. Raises OSError."""
    write_output(path, content)


def reminder_file(session: Session, answers: Answers) -> bytes:
    """A calendar file that reminds of the next check: on the day when what was tested is too old to say anything."""
    now = session.clock.now()
    day = datetime.datetime.fromtimestamp(now + COUNTS_FOR).date()
    reminder = daily.reminder(answers)
    return Reminder(reminder.title, reminder.text, day, uuid.uuid4().hex, now).as_file()
