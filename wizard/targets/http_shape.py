"""What a settings API needs to be told, and whether that can be meant. Nothing is sent from here."""

import json
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NoReturn
from urllib.parse import parse_qsl, unquote, urlsplit, urlunsplit

from wizard.core.redact import redact_tokens
from wizard.core.target import TargetError, TargetProblem, TargetTrouble
from wizard.targets.old_value import looks_secret
from wizard.targets.pointer import names_of
from wizard.web.address import is_host, is_safe

PLACE = "{app_id}"  # in a template
_HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")
_OURS = frozenset({"host", "content-length", "content-type", "transfer-encoding", "connection", "if-match", "cookie"})


_ADDRESS_IS_HIDDEN = frozenset(
    {
        TargetProblem.NO_ADDRESS,
        TargetProblem.BAD_ADDRESS,
        TargetProblem.INSECURE_ADDRESS,
        TargetProblem.SECRET_IN_ADDRESS,
    }
)
_KEY_NAME = re.compile(r"(?:^|[^a-z])(?:sig|signature|auth|pwd|pass|hmac|credentials?|jwt)$", re.IGNORECASE)
_MAYBE_KEY_NAME = re.compile(r"key$|^(?:k|code|sid)$", re.IGNORECASE)
_WORDS = re.compile(r"[a-z]+(?:[_.-][a-z]+)*|\d{1,5}", re.IGNORECASE)  # "?key=secondary_receiver" names a setting
# As they begin at Stripe, GitHub, Slack, GitLab, Amazon and Google, and every JWT.
_KNOWN_KEY = re.compile(
    r"[spr]k_(?:live|test)_|gh[pousr]_\w{20}|xox[abps]-|glpat-|AKIA[A-Z0-9]{12}|AIza\w{20}|eyJ\w{10}"
)
_UUID = re.compile(r"[0-9a-f]{32}", re.IGNORECASE)  # as many platforms name a bot
_SHORTEST_KEY, _SHORTEST_KEY_IN_PATH = 16, 20  # characters


class Method(StrEnum):
    PUT = "PUT"
    PATCH = "PATCH"
    POST = "POST"


METHODS = tuple(Method)


@dataclass(frozen=True, slots=True)
class Api:
    """Where and how. pointer: JSON Pointer to the value in what GET answers, "" where nothing can be read. template:
    the JSON that is sent, with "{app_id}" in it; "" where the document itself is (PUT, POST), or a merge patch (PATCH).
    header, prefix: how the key travels, header "" without one. private_ok: the person agreed to an address inside their
    network, or it is our own practice world."""

    url: str
    method: Method = Method.PUT
    pointer: str = ""
    template: str = ""
    header: str = "Authorization"
    prefix: str = "Bearer "
    content_type: str = "application/json"
    private_ok: bool = False

    @property
    def where(self) -> str:
        """The address for people: without what stands behind a question mark."""
        try:
            parts = urlsplit(self.url)
        except ValueError:  # half an IPv6 address
            return ""
        return urlunsplit((parts.scheme, parts.netloc, parts.path, "", ""))

    @property
    def sends_all(self) -> bool:
        """A write replaces the whole document."""
        return not self.template and self.method is not Method.PATCH

    def check(self) -> None:
        """Raises TargetError for what cannot be meant (NO_ADDRESS, BAD_ADDRESS, INSECURE_ADDRESS, SECRET_IN_ADDRESS,
        NO_KEY, BAD_POINTER, BAD_TEMPLATE, BAD_HEADER)."""
        self._check_address()
        if self.template and not fits_template(self.template):
            self._refuse(TargetProblem.BAD_TEMPLATE)
        if self.template and _holds_secret(json.loads(self.template)):
            self._refuse(TargetProblem.SECRET_IN_TEMPLATE)
        if self.pointer or not self.template:
            names_of(self.pointer)
        if self.header and not is_header(self.header):
            self._refuse(TargetProblem.BAD_HEADER)

    def _check_address(self) -> None:
        if not self.url:
            self._refuse(TargetProblem.NO_ADDRESS)
        try:
            parts = urlsplit(self.url)
            query = parse_qsl(parts.query, keep_blank_values=True)
            path = parts.path
            is_whole = is_host(parts.netloc.rpartition("@")[2]) and parts.scheme in ("http", "https")
            # What stands behind a # would never be sent.
            is_whole = is_whole and (parts.port or 1) > 0 and not parts.fragment
        except ValueError:
            query, path, is_whole = [], "", False
        if not is_whole or not self.url.isprintable() or " " in self.url:
            self._refuse(TargetProblem.BAD_ADDRESS)
        if any(looks_secret(name, value) or _is_key(name, value) for name, value in query) or _has_key(path):
            self._refuse(TargetProblem.SECRET_IN_ADDRESS)
        if not is_safe(self.url):
            self._refuse(TargetProblem.INSECURE_ADDRESS)

    def _refuse(self, problem: TargetProblem) -> NoReturn:
        is_hidden = problem in _ADDRESS_IS_HIDDEN
        raise TargetError(TargetTrouble(problem, "" if is_hidden else self.where, self.pointer))


def _is_key(name: str, value: str) -> bool:
    """Whether a parameter of an address is a key: by its name, or by itself."""
    if not value:  # "?KEY", without a name
        return _looks_random(name, _SHORTEST_KEY)
    if _KEY_NAME.search(name) or (_MAYBE_KEY_NAME.search(name) and not _WORDS.fullmatch(value)):
        return True
    return _looks_random(value, _SHORTEST_KEY)


def _has_key(path: str) -> bool:
    """Whether a part of a path is a key. Names of bots may be as long, so more must speak for it."""
    return any(_looks_random(part, _SHORTEST_KEY_IN_PATH) for part in unquote(path).split("/"))


def _looks_random(value: str, shortest: int) -> bool:
    is_mixed = all(any(is_kind(one) for one in value) for is_kind in (str.isdigit, str.islower, str.isupper))
    if _KNOWN_KEY.match(value) or (is_mixed and len(value) >= shortest):
        return True
    return not _UUID.fullmatch(value) and redact_tokens(value) != value


def _holds_secret(value: Any, name: str = "") -> bool:
    """Whether JSON has a key or a password somewhere in it: a template is shown, saved and sent to support."""
    if isinstance(value, dict):
        return any(_holds_secret(inner, key) for key, inner in value.items())
    if isinstance(value, list):
        return any(_holds_secret(inner, name) for inner in value)
    return (
        isinstance(value, str)
        and PLACE not in value
        and (looks_secret(name, value) or _looks_random(value, _SHORTEST_KEY))
    )


def is_header(name: str) -> bool:
    """Whether a key may travel in a header of this name."""
    return bool(_HEADER.fullmatch(name)) and name.lower() not in _OURS


def fits_template(template: str) -> bool:
    """Whether a template is JSON that holds the App ID as a text."""
    try:
        return PLACE in template and json.loads(template.replace(PLACE, "1")) != json.loads(template)
    except (ValueError, RecursionError):
        return False
