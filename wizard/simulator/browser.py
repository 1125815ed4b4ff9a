"""A small browser: opens an address, reads the forms in it, fills them in and sends them, as a person would."""

import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

_VOID = frozenset({"input", "meta", "link", "br", "hr", "img"})
TIMEOUT = 10.0


class LinkRefused(ValueError):
    """The address leads out of the practice world."""


@dataclass(slots=True)
class Form:
    """values: what would be sent now, name -> values in order. options: of each select, value -> text."""

    id: str
    action: str
    values: dict[str, list[str]] = field(default_factory=dict)
    options: dict[str, dict[str, str]] = field(default_factory=dict)

    def set(self, name: str, value: str) -> None:
        self.values[name] = [value]

    def tick(self, name: str, value: str, on: bool) -> None:
        """Tick or clear one of the boxes called name."""
        others = [each for each in self.values.get(name, []) if each != value]
        self.values[name] = [*others, value] if on else others


@dataclass(slots=True)
class Sight:
    """What a page shows. texts: element id -> the text in it; marks: element id -> its data-... attributes."""

    url: str
    forms: dict[str, Form] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)


class Browser:
    """Goes only to addresses below root."""

    def __init__(self, root: str) -> None:
        self._root = urlsplit(root)
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def open(self, url: str) -> Sight:
        return self._load(url, None)

    def send(self, form: Form) -> Sight:
        pairs = [(name, value) for name, values in form.values.items() for value in values]
        return self._load(form.action, urlencode(pairs).encode())

    def send_on(self, sight: Sight) -> None:
        """Do what the script of the page that sends on does: hand the address of the page to the listener on this
        machine whose port stands in its state."""
        parts = urlsplit(sight.url)
        came = parse_qs(parts.fragment) | parse_qs(parts.query)
        port = came.get("state", [""])[0].rpartition(".")[2]
        body = urlencode({"fragment": parts.fragment, "query": parts.query}).encode()
        with suppress(OSError), self._opener.open(f"http://127.0.0.1:{port}/in", data=body, timeout=TIMEOUT):
            pass  # what it answers is for the person's eyes

    def _load(self, url: str, body: bytes | None) -> Sight:
        """Raises LinkRefused; a page that answers an error is shown like any other."""
        parts = urlsplit(url)
        if (parts.scheme, parts.netloc) != (self._root.scheme, self._root.netloc):
            raise LinkRefused(url)
        try:
            with self._opener.open(urllib.request.Request(url, data=body), timeout=TIMEOUT) as reply:
                where, text = reply.geturl(), reply.read().decode()
        except urllib.error.HTTPError as error:
            where, text = url, error.read().decode()
        reader = _Reader(where)
        reader.feed(text)
        reader.close()
        return reader.sight


class _Reader(HTMLParser):
    def __init__(self, url: str) -> None:
        super().__init__()
        self.sight = Sight(url)
        self._form: Form | None = None
        self._select: str | None = None
        self._option: str | None = None
        self._area: str | None = None
        self._open: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {key: value or "" for key, value in attrs}
        if tag not in _VOID:
            self._open.append((tag, has.get("id")))
        if "id" in has:
            self.sight.texts.setdefault(has["id"], "")
        if tag == "a" and "href" in has and "id" in has:
            self.sight.links[has["id"]] = urljoin(self.sight.url, has["href"])
        if tag == "form":
            self._form = Form(has.get("id", ""), urljoin(self.sight.url, has.get("action", "")))
            self.sight.forms[self._form.id] = self._form
        elif self._form is not None:
            self._control(self._form, tag, has)

    def _control(self, form: Form, tag: str, has: dict[str, str]) -> None:
        name = has.get("name", "")
        if tag == "input" and name:
            values = form.values.setdefault(name, [])
            if has.get("type") != "checkbox" or "checked" in has:
                values.append(has.get("value", ""))
        elif tag == "select":
            self._select = name
            form.options[name] = {}
        elif tag == "option" and self._select is not None:
            self._option = has.get("value", "")
            form.options[self._select][self._option] = ""
            if "selected" in has or self._select not in form.values:
                form.set(self._select, self._option)
        elif tag == "textarea" and name:
            self._area = name
            form.set(name, "")

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            continue
        match tag:
            case "form":
                self._form = None
            case "select":
                self._select = None
            case "option":
                self._option = None
            case "textarea":
                self._area = None

    def handle_data(self, data: str) -> None:
        for _, name in self._open:
            if name is not None:
                self.sight.texts[name] += data
        if self._form is not None and self._area is not None:
            self._form.values[self._area][0] += data
        if self._form is not None and self._select is not None and self._option is not None:
            self._form.options[self._select][self._option] += data
