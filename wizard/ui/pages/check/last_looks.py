"""What was last seen of each saved set-up, kept without people, so that the screen opens with it and not empty."""

import contextlib
from pathlib import Path

from wizard.actions.session import Session
from wizard.core.checked import CheckedPage
from wizard.core.saved_file import SavedFileError
from wizard.store.facts_file import ENDING, judged_again, load_facts, save_facts
from wizard.store.setups import ENDING as SETUP_ENDING


def keep_look(session: Session, setup: Path, checked: CheckedPage) -> None:
    """Note what was seen; a disk that refuses costs only that the next start shows nothing of it."""
    with contextlib.suppress(OSError):
        save_facts(_place(session, setup), checked)


def last_look(session: Session, setup: Path) -> CheckedPage | None:
    """What was last seen, judged by today's rules; None where nothing usable is kept."""
    try:
        kept = load_facts(_place(session, setup))
    except SavedFileError:
        return None
    return judged_again(kept)


def _place(session: Session, setup: Path) -> Path:
    return session.places.state / "last-looks" / f"{setup.name.removesuffix(SETUP_ENDING)}{ENDING}"
