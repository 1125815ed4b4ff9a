"""Reports and facts files as the Check screen saves them: the form by the file's ending, else by the filter."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from wizard.core.cancel import CancelToken
from wizard.core.checked import CheckReport
from wizard.core.ports import Report, Work
from wizard.core.version import __version__
from wizard.i18n.language import _
from wizard.report.render import ENDINGS, Format, render
from wizard.store.atomic import write_output
from wizard.store.facts_file import ENDING as FACTS_ENDING
from wizard.store.facts_file import save_facts
from wizard.ui.pages.check.compressed import Seen, unpack


@dataclass(frozen=True, slots=True)
class Place:
    """Where a report goes, and in which form."""

    path: Path
    format: Format


def report_kinds() -> str:
    """The forms of a report as Qt writes filters."""
    words = {
        Format.HTML: _("Web page (*.html)"),
        Format.MARKDOWN: _("Markdown (*.md)"),
        Format.JSON: _("JSON (*.json)"),
        Format.JUNIT: _("JUnit (*.xml)"),
    }
    return ";;".join(words.values())


def facts_kinds() -> str:
    return _("Facts, without names of people (*{ending})").format(ending=FACTS_ENDING)


def report_place(path: str, kind: str) -> Place:
    """kind: the filter that was set. A file without one of our endings gets that of the filter."""
    by_ending = {ending: form for form, ending in ENDINGS.items()}
    suffix = Path(path).suffix.lower()
    if suffix in by_ending:
        return Place(Path(path), by_ending[suffix])
    form = next((form for form, ending in ENDINGS.items() if f"(*{ending})" in kind), Format.HTML)
    return Place(Path(path + ENDINGS[form]), form)


def facts_place(path: str) -> Path:
    return Path(path if path.lower().endswith(".json") else path + FACTS_ENDING)


def suggested_name(page: str, ending: str) -> str:
    """A file name that every system takes. page: name of the Page, "" for a report of several."""
    plain = re.sub(r"[^\w-]+", "-", page).strip("-").lower()
    return "-".join(part for part in ("handover", plain[:40]) if part) + ending


def report_saving(place: Place, looks: Sequence[Seen], made_at: float, is_complete: bool) -> Work:
    """Return the work that writes the report; it returns "" or why the file could not be written."""

    def work(cancel: CancelToken, _report: Report) -> str:
        pages = tuple(unpack(look) for look in looks)
        cancel.raise_if_cancelled()
        text = render(CheckReport(pages, made_at, __version__, is_complete), place.format)
        return _written(place.path, text)

    return work


def facts_saving(path: Path, look: Seen) -> Work:
    """Return the work that writes a facts file without names of people; it returns "" or why it could not."""

    def work(_cancel: CancelToken, _report: Report) -> str:
        try:
            save_facts(path, unpack(look))
        except OSError as error:
            return error.strerror or type(error).__name__
        return ""

    return work


def _written(path: Path, text: str) -> str:
    try:
        write_output(path, text.encode("utf-8"))
    except OSError as error:
        return error.strerror or type(error).__name__
    return ""
