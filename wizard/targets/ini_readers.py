"""What programs read from an INI file. Python's configparser takes more than others: `name: value`, values over several
lines, defaults for all sections, values made of others."""

import configparser
import json
import re

from wizard.core.target import TargetProblem
from wizard.targets.readers import Reader, Values, Way

_NO_DEFAULT = "no section has this name \0"
_ERRORS = (configparser.Error, AttributeError, TypeError, ValueError)
_LINE = re.compile(r"\r\n|\n|\r")
_FOR_ALL = re.compile(r"\s*(?:\[[^\]]*\]\s*|[^\[=][^=]*=.*)")


def readers() -> tuple[Reader, ...]:
    shared = TargetProblem.SHARED_VALUE
    return (
        Reader(_plain, _python_way),
        Reader(lambda text: _as_python(text, None), _python_way, shared),
        Reader(lambda text: _as_python(text, configparser.BasicInterpolation()), _python_way, shared),
        Reader(lambda text: _as_python(text, configparser.ExtendedInterpolation()), _python_way, shared),
        Reader(_as_node, _node_way),
        Reader(_as_windows, lambda way: (way[0].casefold(), way[1].casefold())),
    )


def parse(text: str) -> configparser.RawConfigParser:
    """Python's own reader, without defaults for all sections. Raises what it raises, AttributeError and ValueError."""
    parser = configparser.RawConfigParser(allow_no_value=True, default_section=_NO_DEFAULT)
    parser.read_string(text)
    return parser


def _python_way(way: Way) -> Way:
    return way[0], way[1].lower()


def _plain(text: str) -> Values | None:
    try:
        return _values(parse(text))
    except _ERRORS:
        return None


def _as_python(text: str, interpolation: configparser.Interpolation | None) -> Values | None:
    """With what [DEFAULT] gives to each section and, with an interpolation, with values filled in."""
    try:
        parser = configparser.ConfigParser(allow_no_value=True, interpolation=interpolation)
        parser.read_string(text)
    except _ERRORS:
        return None
    return _values(parser)


def _values(parser: configparser.RawConfigParser) -> Values:
    found: dict[Way, object] = {}
    for section in [*parser.sections(), *([parser.default_section] if parser.defaults() else [])]:
        found[(section,)] = ("section",)
        for name in parser[section]:
            try:
                value = parser.get(section, name)
            except _ERRORS:
                value = parser.get(section, name, raw=True)
            found[(section, name)] = value if isinstance(value, str) else ("without a value",)
    return found


def _lines(text: str) -> list[str] | None:
    """The lines that are no comment; None where only Python can read them: a name with a colon or nothing behind it,
    and values over several lines. Where one of these is a section to others, nobody knows who reads it."""
    lines = [line for line in _LINE.split(text) if line.strip() and not line.lstrip().startswith((";", "#"))]
    is_for_all = all(_FOR_ALL.fullmatch(line) for line in lines)
    values = [str(value) for value in (_plain(text) or {}).values() if isinstance(value, str)]
    is_pythons = not is_for_all or any("\n" in value for value in values)
    is_disputed = any("\n[" in value for value in values)
    return lines if is_disputed or not is_pythons else None


def _as_windows(text: str) -> Values | None:
    """As GetPrivateProfileString: capitals make no difference, of two the first counts, quotes around a value go.
    Source: https://learn.microsoft.com/windows/win32/api/winbase, read 2026-11-29."""
    lines = _lines(text)
    if lines is None:
        return None
    section, found = "", dict[Way, object]()
    for line in lines:
        plain = line.strip()
        if plain.startswith("[") and "]" in plain:
            section = plain[1 : plain.index("]")].strip().casefold()
        elif "=" in plain:
            name, _equal, value = plain.partition("=")
            value = value.strip()
            is_quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "'\""
            found.setdefault((section, name.strip().casefold()), value[1:-1] if is_quoted else value)
    return found


# Source: lib/ini.js of the npm package ini, https://github.com/npm/ini, read 2026-11-29.
_NODE = re.compile(r"\[(?P<section>[^\]]*)\]\s*|(?P<name>[^=]+)(?:=(?P<value>.*))?")
_NODE_COMMENT = re.compile(r"(?<!\\)[;#].*")
_NODE_DOT = re.compile(r"(?<!\\)\.")


def _as_node(text: str) -> Values | None:
    """As the package ini: comments behind values, and dots in the names of sections part them. Names of keys in small
    letters: there are no two that differ in that alone, or Python would not read the file."""
    lines = _lines(text)
    if lines is None:
        return None
    way, found = Way(), dict[Way, object]()
    for line in lines:
        match = _NODE.fullmatch(line)
        if match is None:
            continue
        if match["section"] is not None:
            way = _node_section(_node_text(match["section"]))
        else:
            found[(*way, _node_text(match["name"]).lower())] = _node_text(match["value"] or "")
    return found


def _node_section(name: str) -> Way:
    return tuple(_NODE_DOT.split(name))


def _node_way(way: Way) -> Way:
    return (*_node_section(way[0]), way[1].lower())


def _node_text(raw: str) -> str:
    text = raw.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        inner = text[1:-1] if text[0] == "'" else text
        try:
            return str(json.loads(inner))
        except ValueError:
            return inner
    return _NODE_COMMENT.sub("", text).strip()
