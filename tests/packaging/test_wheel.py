"""What is installed finds its data and speaks its languages without the source tree."""

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

GERMAN = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "Answers first"
msgstr "Antwortet zuerst"
"""

SPEAK = """
from wizard.core.resource import resource
from wizard.i18n.language import _, use
print(resource("locale"), use("de"), _("Answers first"), sep="|")
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where wheel and source archive are, built from a copy of the source tree with one more translation."""
    tree = tmp_path_factory.mktemp("tree")
    unwanted = shutil.ignore_patterns("__pycache__", "*.mo")
    for name in ("wizard", "resources", "packaging"):
        shutil.copytree(ROOT / name, tree / name, ignore=unwanted)
    for path in (*ROOT.glob("*.md"), ROOT / "LICENSE", ROOT / "pyproject.toml"):
        shutil.copy(path, tree)
    (tree / "resources" / "locale" / "de.po").write_text(GERMAN, encoding="utf-8")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-t", "sdist", "-d", str(tree / "dist")],
        cwd=tree,
        capture_output=True,
        check=True,
        timeout=60,
    )
    return tree / "dist"


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content of the wheel."""
    site = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(next(built.glob("messenger_handover_wizard-*-py3-none-any.whl"))) as wheel:
        wheel.extractall(site)
    return site


def test_wheel_carries_program_data_and_compiled_words_and_no_tests(installed: Path) -> None:
    shipped = {path.relative_to(ROOT).as_posix() for path in (ROOT / "resources").rglob("*.toml")}
    assert {path.relative_to(installed / "wizard").as_posix() for path in installed.rglob("*.toml")} == shipped
    for name in ("report.html", "report.css", "check-report.schema.json"):
        assert (installed / "wizard/resources/report" / name).is_file()
    assert (installed / "wizard/resources/locale/de/LC_MESSAGES/wizard.mo").is_file()
    assert (installed / "wizard/core/resource.py").is_file()
    assert {path.name for path in installed.iterdir() if path.suffix != ".dist-info"} == {"wizard"}


def test_both_archives_carry_the_licence_and_the_wheel_names_it(built: Path, installed: Path) -> None:
    licence = (ROOT / "LICENSE").read_bytes()
    (about,) = installed.glob("*.dist-info")
    assert (about / "licenses/LICENSE").read_bytes() == licence
    assert "\nLicense-Expression: MIT\n" in (about / "METADATA").read_text(encoding="utf-8")
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as source:
        file = source.extractfile(f"{archive.name.removesuffix('.tar.gz')}/LICENSE")
        assert file is not None
        assert file.read() == licence


def test_installed_program_reads_its_own_data_and_speaks_the_translation(installed: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SPEAK],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    assert done.stdout.strip() == f"{installed / 'wizard' / 'resources' / 'locale'}|de|Antwortet zuerst"
