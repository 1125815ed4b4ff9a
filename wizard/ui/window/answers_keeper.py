"""Keeps the answers of the set-up under way over a restart."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from wizard.actions.running import log_crash
from wizard.actions.session import Session
from wizard.core.answers import Answers
from wizard.core.saved_file import SavedFileError
from wizard.i18n.language import _
from wizard.ui.jobs import JobRunner
from wizard.ui.services import FailureText, Trouble


class AnswersKeeper:
    """say: shows what went wrong. Answers are saved in the background, the newest last."""

    def __init__(self, session: Session, say: Callable[[Trouble], None]) -> None:
        self._session, self._say = session, say
        self._savers = JobRunner()
        self._unsaved: Answers | None = None
        self.can_save = True  # False: another window saves, or nobody can

    def load(self) -> tuple[Answers, Callable[[], FailureText] | None]:
        """The answers of last time. Where they cannot be read: none, and what to say about it."""
        try:
            kept = self._session.answers_file.load()
        except (SavedFileError, OSError) as error:
            # Saving would replace a file that somebody else may still be able to read.
            self.can_save = False
            return Answers(), partial(_unreadable, error)
        return kept.answers, None if kept.quarantined is None else partial(_damaged, kept.quarantined)

    def save(self, answers: Answers) -> None:
        """A save that is running is followed by one of what came since."""
        if not self.can_save:
            return
        if self._savers.is_busy:
            self._unsaved = answers
            return
        job = self._savers.start(lambda _job: self._session.answers_file.save(answers))
        job.on_failure(self._say_not_kept)
        job.finished.connect(self._save_rest)

    def end(self) -> None:
        self._savers.stop_all(2_000)
        if self._unsaved is not None:
            with suppress(OSError):  # there is nobody left to be told
                self._session.answers_file.save(self._unsaved)

    def _say_not_kept(self, error: Exception) -> None:
        """Once: it is the same with every answer."""
        from wizard.words import starting

        self.can_save, self._unsaved = False, None
        log_crash(error)
        reason = error.strerror if isinstance(error, OSError) else None
        self._say(lambda: FailureText(*starting.not_kept(reason or type(error).__name__)))

    def _save_rest(self) -> None:
        if self._unsaved is not None:
            answers, self._unsaved = self._unsaved, None
            self.save(answers)


def _unreadable(error: SavedFileError | OSError) -> FailureText:
    from wizard.words import saved_files

    what = saved_files.said(error)[0] if isinstance(error, SavedFileError) else error.strerror or ""
    return FailureText(_begins_anew(), f"{what} {_('The answers you give now are not saved.')}".strip())


def _damaged(kept_as: Path) -> FailureText:
    return FailureText(_begins_anew(), _("The damaged file is kept as “{path}”.").format(path=kept_as))


def _begins_anew() -> str:
    return _("Your previous answers could not be read, so you start from the beginning.")
