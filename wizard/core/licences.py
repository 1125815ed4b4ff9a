"""What this program is made of, and under which licences: for Help > About, `about --licences`, and the packages.

A package carries one file that was written when it was built, for only then is it known what went in. A source tree or
an installed wheel reads what is installed beside it.
"""

import importlib.metadata
import importlib.util
import os
import re
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from wizard.core.resource import load_toml, resource
from wizard.core.version import __version__

WRITTEN = "licences.txt"  # the resource of a package
OWN_NAME = "messenger-handover-wizard"
OWN_LICENCE = "MIT"
COPYRIGHT = "Copyright (c) 2026 The Messenger Handover Wizard authors"
_PARTS = "licences/parts.toml"
_NOTICE_FILE = re.compile(r"(?:licen[cs]e|copying|notice|copyright)", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_LINE = "=" * 72
_COLUMN = 44  # characters; a longer name pushes its licence to the right


@dataclass(frozen=True, slots=True)
class Component:
    """licence: its name, an SPDX expression where known; "" if it is not. text: the notices in full. inside: the part
    it was built into. files: what its own files are called, as a regular expression. refused: why it must not ship."""

    name: str
    version: str = ""
    licence: str = ""
    text: str = ""
    copyright: str = ""
    home: str = ""
    inside: str = ""
    files: str = ""
    refused: str = ""

    @property
    def is_known(self) -> bool:
        return bool(self.licence and self.text)


def notices() -> str:
    """Return the notices of the program and of all parts as one text.

    Raises OSError, ResourceError if a file of them cannot be read."""
    try:
        return resource(WRITTEN).read_text(encoding="utf-8")
    except FileNotFoundError:
        return as_text([own_part(), *built_in_components(), *installed_components()])


def qt_folder() -> Path:
    """Where the libraries are that the LGPL lets everybody replace. Finding them loads none of them."""
    spec = importlib.util.find_spec("PySide6")
    folders = (spec.submodule_search_locations if spec else None) or [""]
    return Path(folders[0])


def own_part() -> Component:
    """The program itself, with the words of the file LICENSE."""
    text = f"{COPYRIGHT}\n\n{_texts([OWN_LICENCE])}"
    return Component("Messenger Handover Wizard", __version__, OWN_LICENCE, text, COPYRIGHT)


def built_in_components() -> list[Component]:
    """Python, Qt and what they hold: what is on every computer this program runs on."""
    return [part for part in known_components() if part.inside or part.name in ("Python", "Qt")]


def known_components() -> list[Component]:
    """Every part of the table that is no Python distribution."""
    return [_with_python(_from_table(entry)) for entry in load_toml(_PARTS)["part"]]


def installed_components(name: str = OWN_NAME) -> list[Component]:
    """The distributions that one needs, with all that they need in turn and that is installed here, by name."""
    found: dict[str, Component] = {}
    waiting = [name]
    while waiting:
        wanted = waiting.pop()
        if canonical(wanted) in found:
            continue
        try:
            distribution = importlib.metadata.distribution(wanted)
        except importlib.metadata.PackageNotFoundError:  # for another system, or for a Python of another age
            continue
        found[canonical(wanted)] = part_of(distribution)
        waiting += [
            match.group()
            for line in distribution.requires or ()
            if "extra ==" not in line and (match := _NAME.match(line))
        ]
    found.pop(canonical(name), None)
    return sorted(found.values(), key=lambda part: part.name.lower())


def part_of(distribution: importlib.metadata.Distribution) -> Component:
    """What a distribution says of itself; where it brings no notice, what the table has, or a text it names."""
    said = distribution.metadata
    name = said["Name"]
    home = "".join(_headers(said, "Home-page")[:1])
    part = Component(name, distribution.version, _licence_name(said), _own_notices(distribution), home=home)
    for entry in load_toml(_PARTS)["distribution"]:
        if canonical(entry["name"]) == canonical(name):
            listed = _from_table(entry)
            return replace(
                listed, version=part.version, text="\n\n".join(filter(None, (listed.text, part.text))), home=part.home
            )
    return part if part.text else replace(part, text=_texts([part.licence]))


def as_text(parts: Iterable[Component]) -> str:
    """A list of all parts, then the notices of each; a notice that was shown is not shown again."""
    listed = list(parts)
    width = min(_COLUMN, max((len(_title(part)) for part in listed), default=0))
    lines = [f"{_title(part):<{width}}  {part.licence}".rstrip() for part in listed]
    shown: dict[str, str] = {}
    for part in listed:
        text = part.text.strip()
        lines += ["", _LINE, _title(part), *filter(None, (part.licence, part.home)), _LINE, ""]
        lines.append(f"The same text as for {shown[text]}." if text in shown else text)
        shown.setdefault(text, _title(part))
    return "\n".join(lines) + "\n"


def canonical(name: str) -> str:
    """Return a distribution's name as it is compared."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _title(part: Component) -> str:
    named = " ".join(filter(None, (part.name, part.version)))
    return f"{named} (in {part.inside})" if part.inside else named


def _from_table(entry: dict[str, Any]) -> Component:
    text = "\n\n".join(filter(None, (entry.get("copyright"), entry.get("notice"), _texts(entry.get("texts", ())))))
    known = ("name", "licence", "copyright", "home", "inside", "files", "refused")
    return Component(text=text, **{key: entry[key] for key in known if key in entry})


def _texts(names: Iterable[str]) -> str:
    found = []
    for name in names:
        if re.fullmatch(r"[\w.-]+", name):
            try:
                found.append(resource(f"licences/{name}.txt").read_text(encoding="utf-8").strip())
            except FileNotFoundError:
                continue
    return "\n\n".join(found)


def _with_python(part: Component) -> Component:
    """The licence file of the Python that runs this, where it has one: on Windows it names more parts than ours."""
    if part.name != "Python":
        return part
    library = Path(os.__file__).parent
    for path in (library / "LICENSE.txt", library.parent / "LICENSE.txt"):
        if path.is_file():
            return replace(part, text=path.read_text(encoding="utf-8", errors="replace"))
    return part


def _licence_name(said: importlib.metadata.PackageMetadata) -> str:
    """The short name: metadata have it in one of three places, by age, and some hold the whole text in its stead."""
    if expressions := _headers(said, "License-Expression"):
        return expressions[0]
    written = [line for text in _headers(said, "License") for line in text.strip().splitlines()]
    if len(written) == 1 and not written[0].lower().endswith(".txt"):
        return textwrap.shorten(written[0], 120)
    classified = [line for line in _headers(said, "Classifier") if line.startswith("License ::")]
    return " or ".join(line.rsplit(" :: ", 1)[-1] for line in classified)


def _headers(said: importlib.metadata.PackageMetadata, name: str) -> list[str]:
    return [str(value) for value in said.get_all(name) or ()]


def _own_notices(distribution: importlib.metadata.Distribution) -> str:
    """The licence files among the metadata, each once."""
    texts: list[str] = []
    for file in distribution.files or ():
        in_metadata = any(folder.endswith((".dist-info", ".egg-info")) for folder in file.parts[:-1])
        if in_metadata and (_NOTICE_FILE.search(file.name) or "licenses" in file.parts):
            path = Path(str(distribution.locate_file(file)))
            if path.is_file() and (text := path.read_text(encoding="utf-8", errors="replace").strip()) not in texts:
                texts.append(text)
    return "\n\n".join(texts)
