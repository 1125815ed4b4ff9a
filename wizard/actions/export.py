"""Reports and facts as files: the form by the file's ending."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from wizard.actions.compressed import StoredResult, decompress
from wizard.core.cancel import CancelToken
from wizard.core.checked import CheckedPage, CheckReport
from wizard.core.saved_file import FACTS_ENDING
from wizard.core.version import __version__
from wizard.report.render import FORMATS, ReportFormat, render
from wizard.store.atomic import write_output
from wizard.store.facts_file import save_facts as save_facts_file
from wizard.store.growing_file import GrowingFile


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a report goes, and in which form."""

    path: Path
    format: ReportFormat


def report_destination(path: str, otherwise: ReportFormat) -> Destination:
    """A file without one of our endings gets that of the form `otherwise`."""
    suffix = Path(path).suffix.lower()
    named = next((form for form in FORMATS if form.ending == suffix), None)
    return (
        Destination(Path(path), named) if named is not None else Destination(Path(path + otherwise.ending), otherwise)
    )


def facts_path(path: str) -> Path:
    return Path(path if path.lower().endswith(".json") else path + FACTS_ENDING)


def suggested_name(page: str, ending: str) -> str:
    """A file name that every system takes. page: name of the Page, "" for a report of several."""
    plain = re.sub(r"[^\w-]+", "-", page).strip("-").lower()
    return "-".join(part for part in ("handover", plain[:40]) if part) + ending


def save_report(
    destination: Destination, results: Sequence[StoredResult], made_at: float, is_complete: bool, cancel: CancelToken
) -> None:
    """Raises OSError, and Cancelled before anything is written."""
    pages = tuple(decompress(result) for result in results)
    cancel.raise_if_cancelled()
    text = render(CheckReport(pages, made_at, __version__, is_complete), destination.format)
    write_report(destination.path, text)


def save_facts(path: Path, result: StoredResult) -> None:
    """Write a facts file without names of people. Raises OSError."""
    save_facts_file(path, decompress(result))


def save_page_facts(path: Path, page: CheckedPage, include_personal_data: bool) -> None:
    """Raises OSError."""
    save_facts_file(path, page, include_personal_data)


def write_report(path: Path, text: str) -> None:
    """Raises OSError."""
    write_output(path, text.encode("utf-8"))


def growing_report(path: Path) -> GrowingFile:
    """A report that is written piece by piece, and is there only when it is whole. Raises OSError when entered."""
    return GrowingFile(path)
