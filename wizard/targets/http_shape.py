"""What a settings API needs to be told, and whether that can be meant. Nothing is sent from here."""

import json
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NoReturn
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from wizard.core.target import TargetError, TargetProblem, TargetTrouble
from wizard.targets.pointer import names_of
from wizard.targets.splice import looks_secret
from wizard.web.address import is_host, is_safe

PLACE = "{app_id}"  # in a template
_HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")
_OURS = frozenset({"host", "content-length", "content-type", "transfer-encoding", "connection", "if-match", "cookie"})


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
            is_whole = is_host(parts.netloc.rpartition("@")[2]) and parts.scheme in ("http", "https")
            is_whole = is_whole and (parts.port or 1) > 0
        except ValueError:
            query, is_whole = [], False
        if not is_whole or not self.url.isprintable() or " " in self.url:
            self._refuse(TargetProblem.BAD_ADDRESS)
        if any(looks_secret(name, value) for name, value in query):
            self._refuse(TargetProblem.SECRET_IN_ADDRESS)
        if not is_safe(self.url):
            self._refuse(TargetProblem.INSECURE_ADDRESS)

    def _refuse(self, problem: TargetProblem) -> NoReturn:
        is_shown = problem not in (TargetProblem.NO_ADDRESS, TargetProblem.BAD_ADDRESS, TargetProblem.INSECURE_ADDRESS)
        raise TargetError(TargetTrouble(problem, self.where if is_shown else "", self.pointer))


def _holds_secret(value: Any, name: str = "") -> bool:
    """Whether JSON has a key or a password somewhere in it: a template is shown, saved and sent to support."""
    if isinstance(value, dict):
        return any(_holds_secret(inner, key) for key, inner in value.items())
    if isinstance(value, list):
        return any(_holds_secret(inner, name) for inner in value)
    return isinstance(value, str) and PLACE not in value and looks_secret(name, value)


def is_header(name: str) -> bool:
    """Whether a key may travel in a header of this name."""
    return bool(_HEADER.fullmatch(name)) and name.lower() not in _OURS


def fits_template(template: str) -> bool:
    """Whether a template is JSON that holds the App ID as a text."""
    try:
        return PLACE in template and json.loads(template.replace(PLACE, "1")) != json.loads(template)
    except (ValueError, RecursionError):
        return False
