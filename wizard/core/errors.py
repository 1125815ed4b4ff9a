"""One family of errors. It carries facts, never prose: `wizard.words` turns a kind into sentences."""

from dataclasses import dataclass
from enum import StrEnum


class ErrorKind(StrEnum):
    """What went wrong, as far as it decides what a person does next. `resources/errors.toml` has a text for each."""

    # On the way
    NO_CONNECTION = "no_connection"  # no name, no route, refused, reset before an answer to a read
    NO_ANSWER = "no_answer"  # timed out on a read
    CERTIFICATE = "certificate"  # the other side could not prove who it is
    PROXY_KIND = "proxy_kind"  # the surroundings name a proxy that we cannot speak with, as SOCKS: nothing was sent
    ANSWER_LOST = "answer_lost"  # a write was sent and its answer never came: it may have happened
    UNREADABLE = "unreadable"  # something that is not a Graph reply: a login page of a Wi-Fi, a cut body
    SERVER_TROUBLE = "server_trouble"  # 5xx or a code that Facebook calls transient
    THROTTLED = "throttled"
    PRIVATE_ADDRESS = "private_address"  # inside somebody's network, and nobody agreed to that: nothing was sent
    INSECURE_ADDRESS = "insecure_address"  # not https, or with a password in it: nothing was sent
    # The token
    TOKEN_MALFORMED = "token_malformed"
    TOKEN_EXPIRED = "token_expired"
    TOKEN_REVOKED = "token_revoked"  # password changed, app removed, logged out
    TOKEN_ACCOUNT_BLOCKED = "token_account_blocked"  # checkpoint, unconfirmed account
    TOKEN_INVALID = "token_invalid"
    TOKEN_NOT_FOUND = "token_not_found"  # not in memory, and the system's keyring does not hold or show it
    PAGE_TOKEN_NEEDED = "page_token_needed"  # a user, system-user or app token where a Page token is needed
    PAGE_ACCESS_LOST = "page_access_lost"  # the person has no role on the Page any more
    LOG_IN_ENDED = "log_in_ended"  # the token that a log-in of ours gave works no more
    LOG_IN_CANCELLED = "log_in_cancelled"  # the person pressed Cancel, or did not allow everything
    LOG_IN_UNANSWERED = "log_in_unanswered"  # nothing came back from the browser in time
    LOG_IN_UNREADABLE = "log_in_unreadable"  # what came back holds neither a usable token nor an error
    LOG_IN_FILE_MISSING = "log_in_file_missing"  # none of this name, or several and none named
    LOG_IN_WITHOUT_CODE = "log_in_without_code"  # the file has no client token, which codes need
    LOG_IN_PORT_TAKEN = "log_in_port_taken"  # another program listens where the answer would come
    OTHER_APPS_TOKEN = "other_apps_token"  # of another app than was asked for: it is not used
    PROOF_NEEDED = "proof_needed"
    PROOF_WRONG = "proof_wrong"
    PERMISSION_MISSING = "permission_missing"
    DEVELOPMENT_MODE = "development_mode"
    # Control of a conversation
    NO_DEFAULT_APP = "no_default_app"  # code 27
    TAKE_REFUSED = "take_refused"
    NOT_IN_CONTROL = "not_in_control"
    ANOTHER_APP_IN_CONTROL = "another_app_in_control"
    APP_ID_UNKNOWN = "app_id_unknown"
    PERSON_UNKNOWN = "person_unknown"  # wrong PSID
    PERSON_UNAVAILABLE = "person_unavailable"
    OUTSIDE_WINDOW = "outside_window"
    AUTOMATED_QUESTIONS = "automated_questions"
    PAGE_RESTRICTED = "page_restricted"
    RECEIVERS_NOT_VISIBLE = "receivers_not_visible"
    # The rest
    NOT_FOUND = "not_found"  # an object that does not exist or is not visible
    TOO_MUCH_DATA = "too_much_data"
    BAD_REQUEST = "bad_request"
    API_VERSION = "api_version"
    NOT_DONE = "not_done"  # the answer was `success: false`, without a reason
    UNKNOWN = "unknown"


_NOBODY_KNOWS = frozenset(
    {
        ErrorKind.NO_CONNECTION,
        ErrorKind.NO_ANSWER,
        ErrorKind.CERTIFICATE,
        ErrorKind.PROXY_KIND,
        ErrorKind.ANSWER_LOST,
        ErrorKind.UNREADABLE,
        ErrorKind.SERVER_TROUBLE,
        ErrorKind.THROTTLED,
        ErrorKind.LOG_IN_UNANSWERED,
        ErrorKind.LOG_IN_UNREADABLE,
    }
)
_TOKEN = frozenset(
    {
        ErrorKind.TOKEN_MALFORMED,
        ErrorKind.TOKEN_EXPIRED,
        ErrorKind.TOKEN_REVOKED,
        ErrorKind.LOG_IN_ENDED,
        ErrorKind.TOKEN_ACCOUNT_BLOCKED,
        ErrorKind.TOKEN_INVALID,
        ErrorKind.TOKEN_NOT_FOUND,
        ErrorKind.PAGE_TOKEN_NEEDED,
        ErrorKind.PAGE_ACCESS_LOST,
        ErrorKind.PROOF_NEEDED,
        ErrorKind.PROOF_WRONG,
    }
)


@dataclass(frozen=True, slots=True)
class Failure:
    """The facts of one failed call, fit to be shown, saved and logged: no token, no address, no reply body.

    call: name such as "POST me/take_thread_control". code, subcode: Facebook's numbers, None where it gave none.
    message: Facebook's text for developers, tokens blanked. user_message: its text for people, already localised.
    trace_id: `fbtrace_id`. http_status: 0 without a reply. wait: seconds Facebook asks to wait, 0.0 if unknown.
    """

    kind: ErrorKind
    call: str = ""
    code: int | None = None
    subcode: int | None = None
    message: str = ""
    user_message: str = ""
    trace_id: str = ""
    http_status: int = 0
    wait: float = 0.0

    @property
    def is_transport_error(self) -> bool:
        """Nothing was learned about the set-up: the network, the servers or a limit stood in the way."""
        return self.kind in _NOBODY_KNOWS

    @property
    def is_token_error(self) -> bool:
        return self.kind in _TOKEN


class WizardError(Exception):
    """An expected trouble. Its text is only the kind and the numbers, so that it may be logged."""

    def __init__(self, failure: Failure) -> None:
        numbers = "/".join(str(number) for number in (failure.code, failure.subcode) if number is not None)
        super().__init__(" ".join(part for part in (failure.call, failure.kind.value, numbers) if part))
        self.failure = failure

    @property
    def kind(self) -> ErrorKind:
        return self.failure.kind
