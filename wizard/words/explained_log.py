"""What a text or a log tells, and the sentences beside the troubles found in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from wizard.core.explain.log_file import LogProblem
from wizard.i18n.language import _, ngettext
from wizard.i18n.lists import listed
from wizard.words.explaining import Explained


class ExplainNote(StrEnum):
    """What is to be said about a text, beside what was found in it."""

    ONLY_SECRET = "only_secret"  # nothing but a token
    ENGLISH_ONLY = "english_only"  # a question in another language
    BY_NUMBER = "by_number"  # the numbers alone decided: the words are not known, or do not speak of Facebook


@dataclass(frozen=True, slots=True)
class ExplainedText:
    """blanked: the text without secrets. found: as `explain_text` returns it."""

    blanked: str
    found: tuple[Explained, ...]
    note: ExplainNote | None = None


@dataclass(frozen=True, slots=True)
class LogRow:
    """One trouble of a log. first, last: times as they are written there, "" without. example: the newest, blanked."""

    explained: Explained
    first: str
    last: str
    example: str


@dataclass(frozen=True, slots=True)
class ExplainedLog:
    """What a log tells, the newest trouble first.

    name: of the file, "" for what was piped in. size, read: bytes; size 0: nobody knows. problem: why it could not be
    read. is_stopped: by the person. more_rows: troubles that are left out. text: of a short file that is no log."""

    name: str
    rows: tuple[LogRow, ...] = ()
    size: int = 0
    read: int = 0
    problem: LogProblem | None = None
    is_stopped: bool = False
    is_cut: bool = False
    more_rows: int = 0
    text: ExplainedText | None = None

    @property
    def found(self) -> tuple[Explained, ...]:
        return self.text.found if self.text is not None else tuple(row.explained for row in self.rows)

    @property
    def is_known(self) -> bool:
        return any(one.is_known for one in self.found)


def note_said(note: ExplainNote) -> tuple[str, str]:
    """Return what is to be said about a text, and what to do."""
    return {
        ExplainNote.ONLY_SECRET: (
            _("This is a token or a secret, not an error."),
            _("Nothing was sent anywhere. If others saw it, make a new one."),
        ),
        ExplainNote.ENGLISH_ONLY: (
            _("Questions are understood in English only."),
            _("Ask in English, or paste what Facebook says: its errors are understood in many languages."),
        ),
        ExplainNote.BY_NUMBER: (
            _("Only the numbers in this text were looked up, among those of Facebook: its words are not known here."),
            _(
                "If another program gave the error, it means something else. If Facebook did, "
                "send the number behind error_subcode, too, if there is one: it tells most."
            ),
        ),
    }[note]


def problem_said(log: ExplainedLog) -> tuple[str, str]:
    """Return why a file could not be read as a log, or that nothing was found in it, and what to do."""
    if log.problem is None:
        return (
            _("No error of Facebook was found in “{name}”.").format(name=log.name)
            if log.name
            else _("No error of Facebook was found in this text."),
            _("Look for the file in which the bot writes its errors, or paste the error itself."),
        )
    check = _("Open it under “Find out what is wrong” on the first page, or with: handover-wizard check FILE")
    text, action = {
        LogProblem.MISSING: (_("There is no file “{path}”."), _("Choose the file again.")),
        LogProblem.FOLDER: (_("“{path}” is a folder."), _("Choose the log file in it.")),
        LogProblem.NO_PERMISSION: (
            _("You may not read “{path}”."),
            _("Ask whoever looks after this computer to let you read it."),
        ),
        LogProblem.UNREADABLE: (_("“{path}” could not be read from the disk."), _("Try again, or copy it first.")),
        LogProblem.EMPTY: (_("“{path}” is empty."), _("Choose another file.")),
        LogProblem.PACKED: (_("“{path}” is packed."), _("Unpack it, and choose the file that comes out.")),
        LogProblem.NOT_TEXT: (
            _("“{path}” is not text, so there is no log in it."),
            _("Choose the file in which the bot writes its errors."),
        ),
        LogProblem.SETUP: (_("“{path}” is a set-up saved by this program, not a log."), check),
        LogProblem.FACTS: (_("“{path}” has facts saved by this program. It is not a log."), check),
        LogProblem.REPORT: (
            _("“{path}” is a report made by this program, not a log."),
            _("Open it in a web browser or an editor."),
        ),
    }[log.problem]
    return text.format(path=log.name), action


def seen(row: LogRow) -> str:
    """Say how often and when: "Seen 3 times, first 2026-09-02 14:03:55, last 2026-09-14 08:21:07."."""
    count = row.explained.times
    if not row.last:
        return ngettext("Seen {count} time.", "Seen {count} times.", count).format(count=count)
    if count == 1 or row.first == row.last:
        told = ngettext("Seen {count} time, on {last}.", "Seen {count} times, on {last}.", count)
        return told.format(count=count, last=row.last)
    told = ngettext(
        "Seen {count} time, first on {first}, last on {last}.",
        "Seen {count} times, first on {first}, last on {last}.",
        count,
    )
    return told.format(count=count, first=row.first or "?", last=row.last)


def extent(log: ExplainedLog) -> str:
    """Say what of the log was not read, "" where all was."""
    parts = []
    if log.is_stopped:
        parts.append(_("Stopped."))
    if log.is_stopped or log.is_cut:
        if log.size:
            told = _("The newest {read} of {size} were read. What is older was not looked at.")
            parts.append(told.format(read=megabytes(log.read), size=megabytes(log.size)))
        else:
            told = _("The first {read} were read. What follows was not looked at.")
            parts.append(told.format(read=megabytes(log.read)))
    if log.more_rows:
        told = ngettext("{count} older trouble is left out.", "{count} older troubles are left out.", log.more_rows)
        parts.append(told.format(count=log.more_rows))
    return " ".join(parts)


def caption(logs: Sequence[ExplainedLog]) -> str:
    """Say what the table of troubles is about: "bot.log: 3 troubles, the newest first"."""
    count = sum(len(log.rows) for log in logs)
    told = ngettext("{names}: {count} trouble", "{names}: {count} troubles, the newest first", count)
    return told.format(names=listed(log.name or _("The text") for log in logs if log.rows), count=count)


def reading(name: str) -> str:
    """Say what is being done while a log is read."""
    return _("Reading {name}").format(name=name) if name else _("Reading the text")


def table_headings() -> tuple[str, str, str, str]:
    return _("Trouble"), _("Times"), _("First"), _("Last")


def megabytes(size: int) -> str:
    if size < 100_000:
        return _("{size} kB").format(size=max(1, size // 1_000))
    return _("{size} MB").format(size=f"{size / 1e6:.1f}")
