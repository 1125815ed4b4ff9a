"""Menus, file types, descriptions and the installer speak every language that the program speaks."""

import html
import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import package_words
import pytest

from tests import pseudo_languages
from wizard.core import resource as resource_module
from wizard.core.resource import load_toml

LINUX = Path(package_words.__file__).parent / "linux"
ENTRY = (LINUX / "handover-wizard.desktop").read_text(encoding="utf-8")
DESCRIBED = {
    name: (LINUX / name).read_text(encoding="utf-8")
    for name in ("handover-wizard.metainfo.xml", "handover-wizard.mime.xml")
}
INSTALLER = (LINUX.parent / "windows" / "installer.nsi").read_text(encoding="utf-8")


@pytest.fixture
def pseudo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pseudo_languages.compile_into(tmp_path / "locale")
    monkeypatch.setattr(resource_module, "_ROOTS", (tmp_path, *resource_module._ROOTS))


def test_every_sentence_of_the_files_is_given_to_the_translators() -> None:
    known = {*package_words.SHOWN, package_words.NAME}
    assert set(re.findall(r"^(?:Name|GenericName|Comment|Keywords)=(.+)$", ENTRY, re.MULTILINE)) <= known
    for text in DESCRIBED.values():
        shown = re.findall(r"<(summary|p|li|comment)>(.*?)</\1>", text, re.DOTALL)
        assert {html.unescape(" ".join(one.split())) for _tag, one in shown} <= known


def test_menu_entry_and_descriptions_carry_each_language_and_stay_valid(pseudo: None, tmp_path: Path) -> None:
    entry = package_words.desktop_entry(ENTRY)
    for key, count in (("Comment", 1), ("GenericName", 1), ("Keywords", 1), ("Name", 2)):
        assert len(re.findall(rf"^{key}\[{pseudo_languages.LONG}\]=⟦.+⟧$", entry, re.MULTILINE)) == count
    if shutil.which("desktop-file-validate"):
        (tmp_path / "one.desktop").write_text(entry, encoding="utf-8")
        subprocess.run(["desktop-file-validate", tmp_path / "one.desktop"], check=True)
    for text in DESCRIBED.values():
        elements = list(ElementTree.fromstring(package_words.xml(text)).iter())
        spoken = [one.get("{http://www.w3.org/XML/1998/namespace}lang") for one in elements]
        english = [one for one in elements if one.tag.rpartition("}")[2] in ("summary", "p", "li", "comment")]
        assert spoken.count(pseudo_languages.LONG) == len(english) / 3 > 0


def test_the_installer_says_everything_in_every_language() -> None:
    lines = package_words.nsis("1.2.3").splitlines()
    languages = [line.split('"')[1] for line in lines if "MUI_LANGUAGE" in line]
    assert languages[0] == "English"
    assert len(languages) == 1 + len(load_toml("languages.toml")["language"])
    used = set(re.findall(r"\$\(([A-Z_]+)\)", INSTALLER))
    assert used == set(package_words.INSTALLER)
    for name in used:
        said = [line for line in lines if line.startswith(f"LangString {name} ")]
        assert [re.findall(r"LANG_(\w+)", line)[0] for line in said] == [one.upper() for one in languages]
        assert not [line for line in said if "{name}" in line or "{version}" in line]
    assert not re.search(r'MessageBox[^"]*"[^$]', INSTALLER)
