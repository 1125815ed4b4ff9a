"""What programs read from a `.env` file: each has rules of its own for quotes, comments, signs and variables."""

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from dotenv.parser import Binding, parse_stream
from dotenv.variables import parse_variables

from wizard.core.target import TargetProblem
from wizard.targets.readers import Reader, Values, Way, numbered

_NEWLINE = re.compile(r"\r\n?|\n")


def bindings(text: str) -> list[Binding]:
    return list(parse_stream(io.StringIO(text, newline="")))  # newline "": as they are in the file


def readers() -> tuple[Reader, ...]:
    shared = TargetProblem.SHARED_VALUE
    return (
        Reader(_as_python),
        Reader(_as_python_filled, trouble=shared),
        Reader(_as_node),
        Reader(_as_docker),
        Reader(_as_compose),
        Reader(_as_compose_filled, trouble=shared),
        Reader(_as_properties),
    )


def _assignments(text: str) -> Iterator[tuple[str, object]]:
    for binding in bindings(text):
        if binding.error:
            yield "", binding.original.string.strip()
        elif binding.key is not None:
            yield binding.key, ("without a value",) if binding.value is None else binding.value


def _as_python(text: str) -> Values:
    """As python-dotenv; names that come twice are two."""
    return {(name,): value for name, value in numbered(_assignments(text))}


def _as_python_filled(text: str) -> Values:
    """As python-dotenv with ${NAME} filled in from the lines before."""

    def fill(value: str, known: Mapping[str, str]) -> str:
        return "".join(atom.resolve(known) for atom in parse_variables(value))

    return _filled(((name, value) for name, value in _assignments(text) if isinstance(value, str)), fill)


# Source: lib/main.js of the npm package dotenv, https://github.com/motdotla/dotenv, read 2026-11-29. White space before
# a name may run over lines there, which makes no difference.
_NODE = re.compile(
    r"""^[^\S\n]*(?:export\s+)?([A-Za-z0-9_.-]+)(?:\s*=\s*?|:\s+?)
    (\s*'(?:\\'|[^'])*'|\s*"(?:\\"|[^"])*"|\s*`(?:\\`|[^`])*`|[^#\r\n]+)?\s*(?:\#.*)?$""",
    re.MULTILINE | re.VERBOSE,
)
_NODE_QUOTED = re.compile(r"""^(['"`])([\s\S]*)\1$""", re.MULTILINE)


def _as_node(text: str) -> Values:
    found: dict[Way, object] = {}
    for match in _NODE.finditer(_NEWLINE.sub("\n", text)):
        found[(match[1],)] = _NODE_QUOTED.sub(r"\2", (match[2] or "").strip())
    return found


_NO_NAME = re.compile(r"[ \t'\"]")
_OLD_NEWLINE = re.compile(r"\r(?!\n)")


def _as_docker(text: str) -> Values | None:
    """As `docker run --env-file`: all behind the first = is the value. Source: https://github.com/docker/cli,
    pkg/kvfile/kvfile.go, read 2026-11-25. Names in quotes and a lone carriage return are for another program."""
    found: dict[Way, object] = {}
    if _OLD_NEWLINE.search(text):
        return None
    for raw in text.split("\n"):
        line = raw.removesuffix("\r").lstrip()
        if line and not line.startswith("#"):
            name, equal, value = line.partition("=")
            if not name or _NO_NAME.search(name):
                return None
            found[(name,)] = value if equal else ("from outside",)
    return found


# Source: dotenv/parser.go of https://github.com/compose-spec/compose-go, read 2026-11-29.
_COMPOSE = re.compile(
    r"""[^\S\n]*(?:export[^\S\n]+)?(?P<name>[\w.\[\]-]+)[^\S\n]*
    (?:[=:][^\S\n]*(?:'(?P<single>(?:\\'|[^'])*)'[^\n]*|"(?P<double>(?:\\.|[^"\\])*)"[^\n]*|(?P<plain>(?!['"])[^\n]*)))?
    (?:\n|$)""",
    re.VERBOSE | re.DOTALL,
)
_EMPTY_LINES = re.compile(r"(?:[^\S\n]*(?:\#[^\n]*)?(?:\n|$))+?")
_COMMENT_BEHIND = re.compile(r"\s+#.*|^#.*")
_VARIABLE = re.compile(r"\\\$|\$\$|\$(?:\{(?P<name>\w+)(?::?[-=?+](?P<default>[^}]*))?\}|(?P<bare>[A-Za-z_]\w*))")


def _compose_lines(text: str) -> list[tuple[str, str, bool]] | None:
    """Return names, values, and whether variables are filled into them; None where the file is refused."""
    plain, at, found = _NEWLINE.sub("\n", text), 0, []
    while at < len(plain):
        empty = _EMPTY_LINES.match(plain, at)
        if empty and empty.end() > at:
            at = empty.end()
            continue
        line = _COMPOSE.match(plain, at)
        if line is None:
            return None
        at = line.end()
        value = line["single"] or line["double"] or _COMMENT_BEHIND.sub("", line["plain"] or "").strip()
        found.append((line["name"], value, line["single"] is None))
    return found


def _as_compose(text: str) -> Values | None:
    lines = _compose_lines(text)
    return None if lines is None else {(name,): value for name, value, _is_filled in lines}


def _as_compose_filled(text: str) -> Values | None:
    """With variables of the lines before filled in, as Node's dotenv-expand and shells do too."""
    lines = _compose_lines(text)
    if lines is None:
        return None
    open_names = {name for name, _value, is_filled in lines if is_filled}

    def fill(value: str, known: Mapping[str, str]) -> str:
        return _VARIABLE.sub(
            lambda found: known.get(found["name"] or found["bare"] or "", found["default"] or ""), value
        )

    return _filled(((name, value) for name, value, _is_filled in lines), fill, open_names)


def _filled(
    lines: Iterable[tuple[str, str]],
    fill: Callable[[str, Mapping[str, str]], str],
    names: set[str] | None = None,
) -> Values:
    known: dict[str, str] = {}
    for name, value in lines:
        known[name] = fill(value, known) if names is None or name in names else value
    return {(name,): value for name, value in known.items()}


_CONTINUED = re.compile(r"(?<!\\)((?:\\\\)*)\\\n[ \t]*")
_PROPERTY = re.compile(r"[ \t]*(?!export[ \t])([\w.-]+)[ \t]*(?:[=:][ \t]*(.*))?")


def _as_properties(text: str) -> Values | None:
    r"""As Java's `.properties`, where a \ at the end of a line takes the next one with it; None for a file with lines
    that only the others know. Source: java.util.Properties, load."""
    found: dict[Way, object] = {}
    for line in _CONTINUED.sub(r"\1", _NEWLINE.sub("\n", text)).split("\n"):
        if line.strip() and not line.lstrip().startswith(("#", "!")):
            pair = _PROPERTY.fullmatch(line)
            if pair is None:
                return None
            found[(pair[1],)] = pair[2] or ""
    return found
