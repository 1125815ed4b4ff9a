"""Whoever gets the program can read under which licences its parts are, wherever it runs from."""

import importlib.metadata
import os
import re
from pathlib import Path

import pytest

from wizard.core import licences
from wizard.core.licences import Component
from wizard.core.version import __version__

METADATA = "Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n{more}\n"


def installed(site: Path, name: str, more: str = "", notice: str = "") -> None:
    """Lay a distribution into a folder, as an installer does."""
    folder = site / f"{name}-1.0.dist-info"
    folder.mkdir(parents=True)
    (folder / "METADATA").write_text(METADATA.format(name=name, more=more), encoding="utf-8")
    record = [f"{folder.name}/METADATA,,"]
    if notice:
        (folder / "licenses").mkdir()
        (folder / "licenses" / "LICENSE").write_text(notice, encoding="utf-8")
        record.append(f"{folder.name}/licenses/LICENSE,,")
    (folder / "RECORD").write_text("\n".join(record), encoding="utf-8")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


def test_every_distribution_the_program_needs_has_a_licence_and_its_notice() -> None:
    parts = licences.installed_components()
    assert {"PySide6_Essentials", "shiboken6", "requests", "Flask", "keyring", "Werkzeug"} <= {p.name for p in parts}
    assert [part.name for part in parts if not part.is_known] == []


def test_the_program_comes_first_with_the_words_of_its_licence_file() -> None:
    written = (Path(__file__).parents[2] / "LICENSE").read_text(encoding="utf-8")
    shown = licences.own_part().text
    assert written.count(licences.COPYRIGHT) == shown.count(licences.COPYRIGHT) == 1
    assert written.replace(licences.COPYRIGHT, "").split() == shown.replace(licences.COPYRIGHT, "").split()
    assert licences.notices().splitlines()[0].split() == ["Messenger", "Handover", "Wizard", __version__, "MIT"]


def test_what_is_needed_by_what_is_needed_is_found_too(site: Path) -> None:
    installed(site, "first", "Requires-Dist: second>=1\nRequires-Dist: Not-Here; sys_platform == 'other'", "one")
    installed(site, "second", 'Requires-Dist: third; extra == "more"\nRequires-Dist: first', "two")
    installed(site, "third", "", "three")
    assert [part.name for part in licences.installed_components("first")] == ["second"]


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ("License-Expression: MIT", "MIT"),
        ("License: BSD-3-Clause\nClassifier: License :: OSI Approved :: BSD License", "BSD-3-Clause"),
        ("License: LICENSE.txt\nClassifier: License :: OSI Approved :: MIT License", "MIT License"),
        ("License: The whole\n        of a licence\nClassifier: License :: OSI Approved :: ISC License", "ISC License"),
        ("Summary: says nothing", ""),
    ],
)
def test_a_licence_is_named_as_the_metadata_of_each_age_have_it(site: Path, more: str, named: str) -> None:
    installed(site, "part", more, "A notice.")
    part = licences.part_of(importlib.metadata.distribution("part"))
    assert (part.licence, part.text, part.is_known) == (named, "A notice.", bool(named))


def test_without_a_notice_of_its_own_the_text_that_its_licence_names_is_shown(site: Path) -> None:
    installed(site, "bare", "License-Expression: Zlib")
    installed(site, "strange", "License-Expression: LicenseRef-Own")
    assert "provided 'as-is'" in licences.part_of(importlib.metadata.distribution("bare")).text
    assert not licences.part_of(importlib.metadata.distribution("strange")).is_known


@pytest.mark.parametrize("part", licences.known_components(), ids=lambda part: part.name)
def test_every_part_of_the_table_is_complete_or_may_not_ship(part: Component) -> None:
    assert part.licence
    assert part.refused or (part.copyright and part.text != part.copyright)
    re.compile(part.files)


def test_qt_comes_with_the_licence_that_the_lgpl_is_built_on() -> None:
    qt = next(part for part in licences.known_components() if part.name == "Qt")
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in qt.text
    assert "TERMS AND CONDITIONS" in qt.text
    assert any(path.name.lower().startswith(("qtcore", "qt")) for path in licences.qt_folder().iterdir())


def test_the_text_lists_all_parts_first_and_shows_no_notice_twice() -> None:
    parts = [Component("one", "1.0", "MIT", "Same words."), Component("two", "", "MIT", "Same words.", inside="Qt")]
    text = licences.as_text(parts)
    assert text.splitlines()[:2] == ["one 1.0      MIT", "two (in Qt)  MIT"]
    assert text.count("Same words.") == 1
    assert "The same text as for one 1.0." in text


def test_a_package_shows_the_file_that_was_written_when_it_was_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from wizard.core import resource

    (tmp_path / "licences.txt").write_text("What went in.\n", encoding="utf-8")
    monkeypatch.setattr(resource, "_ROOTS", (tmp_path,))
    assert licences.notices() == "What went in.\n"


@pytest.mark.skipif(not (Path(os.__file__).parent / "LICENSE.txt").is_file(), reason="this Python came without one")
def test_the_licence_of_python_is_the_one_of_the_python_that_runs() -> None:
    python = next(part for part in licences.built_in_components() if part.name == "Python")
    assert "PYTHON SOFTWARE FOUNDATION LICENSE" in python.text
    assert python.text == (Path(os.__file__).parent / "LICENSE.txt").read_text(encoding="utf-8")
