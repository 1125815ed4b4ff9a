"""The place where the App ID goes, and what can be wrong with it: `wizard.words.targets` has a sentence for each."""

from dataclasses import dataclass, replace
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class TargetChoice:
    """Where the App ID goes. preset: name of a file in resources/presets. path: of a file target. key: where in the
    file; of a settings API a JSON Pointer. url, method, template, header: of a settings API, "" where the preset says
    it. private_ok: the person agreed that the address is inside their own network."""

    preset: str
    path: str = ""
    key: str = ""
    url: str = ""
    method: str = ""
    template: str = ""
    header: str = ""
    private_ok: bool = False

    def without_place(self) -> "TargetChoice":
        """What may be sent on: an address can be a key by itself, and a folder names a person."""
        return replace(self, path="", url="", template="", header="")


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
    NO_DOTENV = "no_dotenv"  # lines that are no NAME=value
    PROGRAM = "program"  # of a programming language: it is in order, and no settings file
    XML_FILE = "xml_file"
    TEMPLATE = "template"  # of Helm, Jinja, ERB: another program makes the file of it
    JSON5 = "json5"  # JSON as people write it: names without quotes
    OTHER_FORMAT = "other_format"  # of settings, but not the chosen one
    BROKEN_FILE = "broken_file"  # its own format's reader refuses it
    MANY_DOCUMENTS = "many_documents"
    NOT_A_GROUP = "not_a_group"  # a value or a list stands where names should follow
    NAME_VALUE_LIST = "name_value_list"  # a list of lines NAME=value, as of docker compose
    WRITE_IT_SO = "write_it_so"  # the key would become a name that nobody looks for; the trouble has the right way
    NOT_A_VALUE = "not_a_value"  # a group or a list stands at the key
    SHARED_VALUE = "shared_value"  # an anchor, a default or a ${…} of another value: that would change too
    MERGED_VALUE = "merged_value"  # comes from another block through << of YAML
    TAGGED_VALUE = "tagged_value"
    COMMENT_BEHIND = "comment_behind"
    LOOKS_SECRET = "looks_secret"  # a token, password or address stands there: surely the wrong key
    FILLED_IN = "filled_in"  # from a variable, or by another program
    OTHER_ID = "other_id"  # a GUID
    MORE_THAN_ID = "more_than_id"  # several values, NAME=value, JSON
    OTHERS_CHANGE = "others_change"  # a program would read something else differently, or it is not sure
    # The settings API of a bot
    NO_ADDRESS = "no_address"
    BAD_ADDRESS = "bad_address"
    INSECURE_ADDRESS = "insecure_address"  # not https, or with a user name in it
    SECRET_IN_ADDRESS = "secret_in_address"
    PRIVATE_ADDRESS = "private_address"  # inside somebody's network; the person may agree to that
    NOT_IN_PRACTICE = "not_in_practice"  # only the pretend platform is called there
    BAD_POINTER = "bad_pointer"
    BAD_TEMPLATE = "bad_template"  # no JSON, or without "{app_id}" in quotes
    BAD_HEADER = "bad_header"
    NO_SECRET = "no_secret"  # the API asks for a key and none is known
    BAD_SECRET = "bad_secret"  # no header can carry it
    PATCH_IN_LIST = "patch_in_list"  # a merge patch cannot change a value inside a list
    LOGIN_REFUSED = "login_refused"  # 401, 403
    NOT_THERE = "not_there"  # 404, 410
    METHOD_REFUSED = "method_refused"  # 405, 501
    CONFLICT = "conflict"  # 409
    SERVER_REFUSED = "server_refused"  # another 4xx
    SERVER_BUSY = "server_busy"  # 429, 503
    SERVER_TROUBLE = "server_trouble"  # 5xx
    REDIRECTED = "redirected"
    NO_CONNECTION = "no_connection"
    NO_ANSWER = "no_answer"
    CERTIFICATE = "certificate"
    PROXY_KIND = "proxy_kind"  # as SOCKS, which we do not speak
    NOT_JSON = "not_json"  # a web page, half an answer, or nothing
    UNKNOWN_METHOD = "unknown_method"
    SECRET_IN_TEMPLATE = "secret_in_template"
    ANSWER_LOST_BLIND = "answer_lost_blind"  # and nobody can look
    ANSWER_LOST = "answer_lost"  # sent, and nobody knows whether it arrived
    NOT_AT_POINTER = "not_at_pointer"  # no value can stand there, or more than one does
    # The change
    CHANGED_SINCE = "changed_since"
    WRITE_FAILED = "write_failed"
    NOT_READ_BACK = "not_read_back"
    BACKUP_FAILED = "backup_failed"  # nothing was changed
    BACKUP_LOST = "backup_lost"
    STOPPED = "stopped"  # by the person, in the middle of several
    CANNOT_UNDO = "cannot_undo"  # what was there before is not known any more


@dataclass(frozen=True, slots=True)
class TargetTrouble:
    """The facts of a refusal, fit to be shown and logged: no value of what is in the file or in an answer.

    path: of a settings API its address, without a query. lines: numbers from 1, where known. limit: bytes, for TOO_BIG.
    system: what the operating system said, or "". way: the key as it should be written, or its last name. names: the
    variable that fills a value in, or the format that a file has and the one that was chosen. status: of HTTP, 0
    without an answer. wait: seconds the server asks to wait, 0.0 if it does not say.
    """

    problem: TargetProblem
    path: str = ""
    key: str = ""
    lines: tuple[int, ...] = ()
    limit: int = 0
    system: str = ""
    status: int = 0
    wait: float = 0.0
    way: str = ""
    names: tuple[str, ...] = ()


class TargetError(Exception):
    """An expected trouble with a target. Its text is the kind alone, so that it may be logged."""

    def __init__(self, trouble: TargetTrouble) -> None:
        super().__init__(trouble.problem.value)
        self.trouble = trouble

    @property
    def problem(self) -> TargetProblem:
        return self.trouble.problem


class SentUnconfirmed(TargetError):
    """A change was sent, and perhaps made: what stands there now could not be seen, or is something else."""


class NotAllWritten(TargetError):
    """One of several places could not be written. put_back: those that hold again what they held before; standing:
    those that hold the new App ID still; unsure: those of which nobody knows. cause: what went wrong, a TargetError or
    that the person stopped."""

    def __init__(
        self,
        cause: BaseException,
        put_back: tuple[str, ...] = (),
        standing: tuple[str, ...] = (),
        unsure: tuple[str, ...] = (),
    ) -> None:
        super().__init__(cause.trouble if isinstance(cause, TargetError) else TargetTrouble(TargetProblem.STOPPED))
        self.put_back, self.standing, self.unsure = put_back, standing, unsure
