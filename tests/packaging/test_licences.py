"""A package is only built where it is known whose every file is, and where that licence lets us ship it."""

import os
import shutil
import sys
import tomllib
from importlib.metadata import distribution
from pathlib import Path
from xml.etree import ElementTree

import click
import licences
import macos_bundle
import pytest

from wizard.core.licences import COPYRIGHT, OWN_LICENCE, as_text, installed_components


def entry(path: Path, kind: str = "BINARY") -> licences.Entry:
    return path.name, str(path), kind


def named(*paths: Path) -> set[str]:
    return {part.name for part in licences.parts_of(entry(path) for path in paths)}


def test_each_file_of_the_distributions_we_need_leads_to_a_notice() -> None:
    """The closure of what the frozen program needs, file by file as PyInstaller would collect it."""
    wanted = installed_components()
    entries = []
    for part in wanted:
        found = distribution(part.name)
        paths = [Path(str(found.locate_file(file))) for file in found.files or ()]
        entries += [entry(path) for path in paths if path.suffix in (".py", ".so", ".pyd", ".dll")]
    text = as_text(licences.parts_of(entries))
    assert len(entries) > 500
    for part in wanted:
        assert f"{part.name} {part.version}" in text


def test_each_system_is_told_the_licence_of_the_program() -> None:
    project = tomllib.loads((licences.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    linux = licences.ROOT / "packaging" / "linux"
    described = ElementTree.parse(linux / "handover-wizard.metainfo.xml").getroot()
    assert project["license"] == described.findtext("project_license") == OWN_LICENCE
    assert macos_bundle.info("1")["NSHumanReadableCopyright"] == COPYRIGHT
    ours = (linux / "copyright").read_text(encoding="utf-8").split("\n\n")[1]
    header, _, words = ours.partition("License: Expat\n")
    assert header == f"Files: *\nCopyright: {COPYRIGHT.removeprefix('Copyright (c) ')}\n"
    written = (licences.ROOT / "LICENSE").read_text(encoding="utf-8").partition(COPYRIGHT)[2]
    assert words.replace("\n .\n", "\n").split() == written.split()


def test_a_module_is_its_distributions_and_the_standard_library_is_pythons(tmp_path: Path) -> None:
    assert "click" in named(Path(click.__file__))
    assert "Python" in named(Path(os.__file__))
    assert "Flask" not in named(Path(click.__file__))


def test_our_own_files_need_no_notice_of_somebody_else() -> None:
    before = named()
    assert named(licences.ROOT / "wizard" / "cli.py", licences.ROOT / "resources" / "help.toml") == before


@pytest.mark.parametrize("name", ["libssl-3.dll", "libcrypto.so.3", "libcrypto.1.1.dylib"])
def test_a_library_is_known_by_its_name_on_every_system(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    assert "OpenSSL" in named(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("VCRUNTIME140_1.dll", "Microsoft Visual C++ runtime"),
        ("api-ms-win-crt-runtime-l1-1-0.dll", "Microsoft Visual C++ runtime"),
        ("libffi-8.dll", "libffi"),
        ("sqlite3.dll", "SQLite"),
        ("python312.dll", "Python"),
        ("Qt6Core.dll", "Qt"),
        ("QtCore", "Qt"),
        ("liblzma.5.dylib", "XZ Utils (liblzma)"),
        ("libz.so.1", "zlib"),
        ("zlib1.dll", "zlib"),
        ("libbz2.so.1.0", "bzip2"),
    ],
)
def test_what_windows_and_macos_bring_is_in_the_table(tmp_path: Path, name: str, part: str) -> None:
    (tmp_path / name).touch()
    assert part in named(tmp_path / name)


@pytest.mark.skipif(shutil.which("dpkg-query") is None, reason="only Debian tells whose its libraries are")
def test_a_library_of_debian_brings_the_notice_of_its_package() -> None:
    library = next(Path("/usr/lib").glob("*/libxkbcommon.so.0"))
    part = next(part for part in licences.parts_of([entry(library)]) if "libxkbcommon0" in part.name)
    assert "Permission is hereby granted" in part.text


def test_a_file_that_is_nobodys_stops_the_build_and_is_named(tmp_path: Path) -> None:
    (tmp_path / "libstranger.so.1").touch()
    with pytest.raises(licences.NotAllowed, match=r"libstranger\.so\.1: nobody knows whose it is"):
        licences.parts_of([entry(tmp_path / "libstranger.so.1")])


def test_what_lies_among_the_distributions_and_is_of_none_stops_the_build(tmp_path: Path) -> None:
    """Else the notice of Python, which it lies below, would be taken for its own."""
    stray = tmp_path / "site-packages" / "stray.py"
    stray.parent.mkdir()
    stray.touch()
    with pytest.raises(licences.NotAllowed, match=r"stray\.py: nobody knows"):
        licences.parts_of([entry(stray)])


def test_a_library_under_the_gpl_stops_the_build(tmp_path: Path) -> None:
    """With readline in it the whole program would be under the GPL."""
    (tmp_path / "libreadline.so.8").touch()
    with pytest.raises(licences.NotAllowed, match=r"libreadline\.so\.8: Readline, GPL-3\.0-or-later"):
        licences.parts_of([entry(tmp_path / "libreadline.so.8")])


def test_a_short_name_that_points_to_a_library_needs_no_owner() -> None:
    assert licences.parts_of([("libQt6Core.so.6", "PySide6/Qt/lib/libQt6Core.so.6", "SYMLINK")])


def test_parts_come_in_the_same_order_every_time() -> None:
    paths = [Path(click.__file__), Path(os.__file__), Path(sys.modules["pytest"].__file__ or "")]
    forward = [part.name for part in licences.parts_of(entry(path) for path in paths)]
    backward = [part.name for part in licences.parts_of(entry(path) for path in reversed(paths))]
    assert forward == backward
