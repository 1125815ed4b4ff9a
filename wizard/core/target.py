"""What can be wrong with the place where the App ID goes. `wizard.words.targets` has a sentence for each."""

from dataclasses import dataclass
from enum import StrEnum


class TargetProblem(StrEnum):
    # The choice
    UNKNOWN_PRESET = "unknown_preset"
    NO_FILE_CHOSEN = "no_file_chosen"
    BAD_PATH = "bad_path"
    NO_KEY = "no_key"
    BAD_KEY = "bad_key"
    BAD_KEY_PATH = "bad_key_path"  # of files with groups: names with dots between them
    NO_SECTION = "no_section"  # of INI: a key stands in a section
    BAD_APP_ID = "bad_app_id"
    # The file
    DIRECTORY = "directory"
    DEVICE = "device"  # or a pipe, a socket: nothing that holds text
    FOLDER_MISSING = "folder_missing"
    LINK_LOOP = "link_loop"  # symbolic links that lead to one another
    SECOND_NAME = "second_name"  # hard links: replacing one name would part them
    TOO_BIG = "too_big"
    NOT_UTF8 = "not_utf8"
    READ_ONLY = "read_only"
    BUSY = "busy"  # another wizard is at it
    NO_PERMISSION = "no_permission"
    FOLDER_READ_ONLY = "folder_read_only"  # the new file is written beside the old one first
    # What is in it
    DUPLICATE_KEY = "duplicate_key"
    MULTI_LINE = "multi_line"
    NOT_UNDERSTOOD = "not_understood"
    BROKEN_FILE = "broken_file"  # its own format's reader refuses it
    MANY_DOCUMENTS = "many_documents"
    NOT_A_GROUP = "not_a_group"  # a value or a list stands where names should follow
    NOT_A_VALUE = "not_a_value"  # a group or a list stands at the key
    SHARED_VALUE = "shared_value"  # an anchor or alias: other places would change too
    TAGGED_VALUE = "tagged_value"
    COMMENT_BEHIND = "comment_behind"
    LOOKS_SECRET = "looks_secret"  # a token, password or address stands there: surely the wrong key
    # The change
    CHANGED_SINCE = "changed_since"
    WRITE_FAILED = "write_failed"
    NOT_READ_BACK = "not_read_back"
    BACKUP_FAILED = "backup_failed"  # nothing was changed
    BACKUP_LOST = "backup_lost"


@dataclass(frozen=True, slots=True)
class TargetTrouble:
    """The facts of a refusal, fit to be shown and logged: nothing of what is in the file.

    lines: numbers from 1, where known. limit: bytes, for TOO_BIG. system: what the operating system said, or "".
    """

    problem: TargetProblem
    path: str = ""
    key: str = ""
    lines: tuple[int, ...] = ()
    limit: int = 0
    system: str = ""


class TargetError(Exception):
    """An expected trouble with a target. Its text is the kind alone, so that it may be logged."""

    def __init__(self, trouble: TargetTrouble) -> None:
        super().__init__(trouble.problem.value)
        self.trouble = trouble

    @property
    def problem(self) -> TargetProblem:
        return self.trouble.problem
