"""Logging in with Facebook in the browser: the vendor's log-in file, the dialog's address, and what comes back.

Sources: Meta's "Manually Build a Login Flow" (2026-03-10) and "Facebook Login for Business" (2026-05-05)."""

import hmac
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

from wizard.core.errors import ErrorKind, Failure
from wizard.core.redact import HIDDEN, printable
from wizard.core.saved_file import SavedFileError
from wizard.core.secret import Secret
from wizard.core.token_life import LOG_IN, Lifetime, lifetime
from wizard.core.token_shape import shape_problem

ENDING = ".handoverlogin"
LANDING = "/connect/login_success.html"  # Meta's own page for programs with a web view: it wipes its address at once
_METAS = (".facebook.com", ".fb.com", ".meta.com")
CALL = LOG_IN
PORT = "{port}"  # in a redirect address of an app in development mode
_RANDOM = 32  # bytes of a state
_LONGEST = 4_096  # characters of a value that comes back; tokens have some hundred
_LONGEST_TEXT = 1_000  # characters of an error to show


@dataclass(frozen=True, slots=True)
class LogInFile:
    """What a vendor hands out, with no secret in it. name: of its file, by which commands name it. config_id: of
    Facebook Login for Business, "" with classic log-in, which has scopes. redirect_uri: the page that sends on,
    or "http://localhost:{port}/" for an app in development mode. client_token: public by Meta's word, None where the
    vendor offers no log-in with a code. help: where the vendor helps, "" without."""

    name: str
    label: str
    app_id: str
    redirect_uri: str
    config_id: str = ""
    scopes: Sequence[str] = ()
    client_token: Secret | None = None
    bot_app_id: str = ""
    live_chat_app_id: str = ""
    help: str = ""

    @property
    def comes_back(self) -> bool:
        """Whether the answer reaches this program, rather than staying in the address of a page of Meta's own."""
        page = urlsplit(self.redirect_uri.replace(PORT, "0"))
        is_metas = f".{page.hostname or ''}".endswith(_METAS)
        return not (is_metas or page.path.endswith(LANDING))

    @property
    def is_here(self) -> bool:
        """Whether the answer comes to this machine at once, as of an app in development mode."""
        return urlsplit(self.redirect_uri.replace(PORT, "0")).hostname == "localhost"

    @property
    def own_port(self) -> int:
        """The port that it names; 0 for any, or where it lies elsewhere."""
        return (urlsplit(self.redirect_uri.replace(PORT, "0")).port or 0) if self.is_here else 0

    def redirect_to(self, port: int) -> str:
        """The address to come back to. port: of the listener."""
        return self.redirect_uri.replace(PORT, str(port))


def is_called(name: str, given: str) -> bool:
    """Whether a person means this file by what was given: its name, with or without its ending; "" for any."""
    return given in ("", name, f"{name}{ENDING}")


class LogInFileProblem(StrEnum):
    """What can be wrong with a log-in file, beside what can be wrong with any file."""

    NOT_TOML = "not_toml"
    MISTAKE = "mistake"  # a field that is missing, unknown or wrong
    SECRET = "secret"  # it holds what must never be handed out
    NEWER = "newer"  # made for a newer version of this program
    PKCE = "pkce"  # asks for a way that Meta calls "in testing"


class LogInFileError(Exception):
    """A log-in file cannot be used. what: field and mistake, or the field that holds a secret, without its value."""

    def __init__(self, problem: LogInFileProblem, path: Path, what: str = "") -> None:
        super().__init__(f"{problem.value}: {path}")
        self.problem, self.path, self.what = problem, path, what


@dataclass(frozen=True, slots=True)
class LogInFiles:
    """usable: by name; what the person imported before what ships. problems: the files that are not."""

    usable: Sequence[LogInFile] = ()
    problems: Sequence[LogInFileError | SavedFileError] = ()


class State:
    """What only the answer to this log-in knows: 32 random bytes, and the port of the listener for the page that sends
    on. It counts once."""

    def __init__(self, port: int) -> None:
        self.text = f"{secrets.token_urlsafe(_RANDOM)}.{port}"
        self._is_used = False

    def take(self, given: str) -> bool:
        """Whether this is the answer to this log-in; True once. Takes the same time wherever the texts differ."""
        is_ours = hmac.compare_digest(self.text.encode(), given.encode("utf-8", "surrogatepass"))
        if not is_ours or self._is_used:
            return False
        self._is_used = True
        return True


def dialog_address(facebook: str, version: str, file: LogInFile, state: State, port: int, again: bool = False) -> str:
    """Return the address that the browser opens. facebook: as of `World`. version: as "v27.0". again: ask once more for
    what was declined."""
    wanted = {"config_id": file.config_id} if file.config_id else {"scope": ",".join(file.scopes)}
    parameters = {
        "client_id": file.app_id,
        "redirect_uri": file.redirect_to(port),
        "state": state.text,
        "response_type": "token",
        **wanted,
        **({"auth_type": "rerequest"} if again else {}),
        "display": "page",
    }
    return f"{facebook}/{version}/dialog/oauth?{urlencode(parameters)}"


@dataclass(frozen=True, slots=True)
class Granted:
    """secret: a token of the person; the one that lives for weeks where Facebook gave it beside the short one."""

    secret: Secret
    lifetime: Lifetime


def fields_of(fragment: str, query: str = "") -> dict[str, str]:
    """Return what came back, by name: success comes in the fragment of the address, errors in its query; each is taken
    from either. What is longer than any answer is left out."""
    pairs = [pair for part in (query, fragment) for pair in parse_qsl(part.lstrip("#?"), max_num_fields=50)]
    return {name: value for name, value in pairs if len(value) <= _LONGEST}


def read_answer(fields: Mapping[str, str]) -> Granted | Failure:
    """Return what Facebook answered. fields: as `fields_of` gives them, its state compared already."""
    if "error" in fields or "error_code" in fields or "error_reason" in fields:
        said = fields.get("error_description") or fields.get("error_message") or fields.get("error", "")
        is_persons = fields.get("error_reason") == "user_denied" or fields.get("error") == "access_denied"
        code = fields.get("error_code", "")
        return Failure(
            ErrorKind.LOG_IN_CANCELLED if is_persons else ErrorKind.UNKNOWN,
            CALL,
            code=int(code) if code.isascii() and code.isdigit() and len(code) < 9 and not is_persons else None,
            message=_fit(said, fields),
        )
    long_lived, token = fields.get("long_lived_token", ""), fields.get("access_token", "")
    if shape_problem(long_lived) is None:  # expires_in is of the short one; how long the long one lives is not told
        return Granted(Secret(long_lived), Lifetime(None, is_long=True))
    if shape_problem(token) is not None:
        return Failure(ErrorKind.LOG_IN_UNREADABLE, CALL)
    return Granted(Secret(token), lifetime(_seconds(fields.get("expires_in", ""))))


def _fit(text: str, fields: Mapping[str, str]) -> str:
    """A text of Facebook fit to show: it may quote a token that came with it, and need not look like one."""
    for name in ("access_token", "long_lived_token"):
        if fields.get(name):
            text = text.replace(fields[name], HIDDEN)
    return printable(text)[:_LONGEST_TEXT]


def _seconds(text: str) -> int | None:
    """None for what is no number of seconds that a token can live; 0 is how Facebook says that it has no end."""
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) and int(text) else None
