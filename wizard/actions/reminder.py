"""A calendar file that reminds of the next check."""

import datetime
import uuid

from wizard.actions.session import Session
from wizard.core.answers import Answers
from wizard.core.calendar_entry import Reminder
from wizard.core.kept_tests import COUNTS_FOR
from wizard.words import daily


def reminder_file(session: Session, answers: Answers) -> bytes:
    """For the day when what was tested is too old to say anything."""
    now = session.clock.now()
    day = datetime.datetime.fromtimestamp(now + COUNTS_FOR).date()
    reminder = daily.reminder(answers, practice=bool(session.world.control))
    return Reminder(reminder.title, reminder.text, day, uuid.uuid4().hex, now).as_file()
