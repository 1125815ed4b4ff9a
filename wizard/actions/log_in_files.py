"""Import log-in files that were opened or dropped. Work for a job."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from wizard.actions.session import Session
from wizard.core.log_in import LogInFile, LogInFileError
from wizard.core.saved_file import SavedFileError


@dataclass(frozen=True, slots=True)
class ImportedLogIns:
    """problems: the files that cannot be used."""

    files: Sequence[LogInFile]
    problems: Sequence[LogInFileError | SavedFileError]


def import_log_ins(session: Session, paths: Sequence[Path]) -> ImportedLogIns:
    """Raises OSError where nothing can be saved."""
    files: list[LogInFile] = []
    problems: list[LogInFileError | SavedFileError] = []
    for path in paths:
        try:
            files.append(session.log_ins.take(path))
        except (LogInFileError, SavedFileError) as error:
            problems.append(error)
    return ImportedLogIns(tuple(files), tuple(problems))
