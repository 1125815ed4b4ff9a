"""The options of `check`, as values."""

from dataclasses import dataclass, field
from pathlib import Path

from wizard.terminal.options import TokenOptions

FORMATS = ("text", "json", "markdown", "html", "junit")


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """files: saved set-ups. facts: facts files, judged without a token and without the network. format: one of
    FORMATS. output: where the report goes, None for standard output."""

    token: TokenOptions = field(default_factory=TokenOptions)
    files: tuple[Path, ...] = ()
    facts: tuple[Path, ...] = ()
    page: str = ""
    bot: str = ""
    live_chat: str = ""
    look_at_conversations: bool = False
    format: str = "text"
    output: Path | None = None
    save_facts: Path | None = None
    include_personal_data: bool = False


@dataclass(frozen=True, slots=True)
class ManyOptions:
    """jobs: Pages at once. patience: seconds that a limit may hold a Page up. resume: go on with a stopped check."""

    jobs: int = 8
    patience: float = 600.0
    resume: bool = False
