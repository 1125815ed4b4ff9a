"""What programs read from settings files, each by a reader of its own: real ones where there are any, else small ones
after a documented rule. None is the wizard's."""

import configparser
import io
import json
import re
import tomllib
from collections.abc import Callable, Mapping
from typing import Any

import dotenv
import yaml

from tests.targets.docker import docker_env_file

Values = Mapping[tuple[str, ...], object]
Consumer = Callable[[str], Values]


class NotRead(Exception):
    """The program does not take the file."""


def leaves(data: object, way: tuple[str, ...] = ()) -> dict[tuple[str, ...], object]:
    """All values of maps and lists in one another, by their way."""
    if isinstance(data, (dict, list)) and data:
        inner = data.items() if isinstance(data, dict) else enumerate(data)
        return {at: value for name, one in inner for at, value in leaves(one, (*way, str(name))).items()}
    return {way: (type(data).__name__, str(data))}


def _consumer(read: Callable[[str], object]) -> Consumer:
    def consumer(text: str) -> Values:
        try:
            data = read(text)
        except Exception as error:  # each reader has its own
            raise NotRead from error
        return leaves({} if data is None else data)

    return consumer


class _Unmerged(yaml.SafeLoader):
    """YAML 1.2: << is a name as any other."""

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        for name, _value in node.value:
            if name.tag == "tag:yaml.org,2002:merge":
                name.tag = "tag:yaml.org,2002:str"


class _Texts(yaml.BaseLoader):
    """Every value as the text it is, and << in quotes merged too, as Ruby's Psych does."""

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        for name, _value in node.value:
            if name.value == "<<":
                name.tag = "tag:yaml.org,2002:merge"
        yaml.SafeLoader.flatten_mapping(self, node)  # type: ignore[arg-type] # both are constructors of PyYAML

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        self.flatten_mapping(node)
        return super().construct_mapping(node, deep)


def yaml_unmerged(text: str) -> object:
    return yaml.load(text, _Unmerged)


def yaml_texts(text: str) -> object:
    return yaml.load(text, _Texts)


class _Again(yaml.SafeLoader):
    """An anchor may be given again, as Go, Ruby and js-yaml allow."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call] # the stubs leave it out
        if not isinstance(event, yaml.AliasEvent):
            self.anchors.pop(event.anchor, None)
        return super().compose_node(parent, index)


def yaml_again(text: str) -> object:
    return yaml.load(text, _Again)


_PART = re.compile(r'"(?:[^"\\]|\\.)*"|//[^\r\n]*|/\*.*?\*/', re.DOTALL)
_TRAILING = re.compile(r'("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])', re.DOTALL)


def json_with_comments(text: str) -> object:
    """As .NET and VS Code do: comments and trailing commas are left out."""
    bare = _PART.sub(lambda found: found[0] if found[0].startswith('"') else " ", text)
    return json.loads(_TRAILING.sub(lambda found: found[1] or "", bare))


def dotnet(text: str) -> object:
    """Names with colons between, capitals make no difference; two that are the same stop the program."""
    flat: dict[str, object] = {}

    def walk(data: object, way: str) -> None:
        if isinstance(data, (dict, list)) and data:
            for name, inner in data.items() if isinstance(data, dict) else enumerate(data):
                walk(inner, f"{way}:{name}" if way else str(name))
        elif way and flat.setdefault(way.casefold(), data) is not data:
            raise ValueError(way)

    walk(json_with_comments(text), "")
    return flat


def ini_with_defaults(text: str) -> object:
    parser = configparser.ConfigParser(allow_no_value=True, interpolation=None)
    parser.read_string(text)
    return {name: dict(parser[name]) for name in parser}


def ini_filled_in(text: str) -> object:
    parser = configparser.ConfigParser(allow_no_value=True)
    parser.read_string(text)
    return {name: {key: parser.get(name, key) for key in parser[name]} for name in parser}


def ini_of_windows(text: str) -> object:
    """GetPrivateProfileString: a line is name=value, the first of a name counts, quotes around a value go."""
    section, found = "", dict[str, dict[str, str]]()
    for line in map(str.strip, re.split(r"[\r\n]+", text)):
        if line.startswith("["):
            section = line[1:].partition("]")[0].strip().lower()
        elif "=" in line and not line.startswith((";", "#")):
            name, _equal, value = line.partition("=")
            quoted = re.fullmatch(r"""(["'])(.*)\1""", value.strip())
            found.setdefault(section, {}).setdefault(name.strip().lower(), quoted[2] if quoted else value.strip())
    return found


def dotenv_of_python(text: str) -> object:
    return dotenv.dotenv_values(stream=io.StringIO(text, newline=""), interpolate=False)


def dotenv_filled_in(text: str) -> object:
    return dotenv.dotenv_values(stream=io.StringIO(text, newline=""))


def dotenv_of_docker(text: str) -> object:
    return docker_env_file(text)


_READERS: Mapping[str, tuple[Callable[[str], object], ...]] = {
    "yaml": (yaml.safe_load, yaml_again, yaml_unmerged, yaml_texts, json.loads),
    "json": (json.loads, json_with_comments, dotnet),
    "toml": (tomllib.loads,),
    "ini": (ini_with_defaults, ini_filled_in, ini_of_windows),
    "dotenv": (dotenv_of_python, dotenv_filled_in, dotenv_of_docker),
}
CONSUMERS = {kind: tuple(_consumer(read) for read in readers) for kind, readers in _READERS.items()}


def others(values: Values, names: tuple[str, ...]) -> dict[tuple[str, ...], object]:
    """All values but that at the names and the groups on the way to it. Some readers join names with colons, make no
    difference between capitals, or leave the quotes around a name."""
    way = _plain(names)
    plain = {_plain(at): value for at, value in values.items()}
    return {at: value for at, value in plain.items() if at != way[: len(at)]}


def _plain(way: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name.strip("'\"") for name in ":".join(way).casefold().split(":")) if way else ()
