"""The rules that the folders follow: who may import whom, read from the source, imports inside functions included."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FACES = ("wizard.ui", "wizard.terminal")
# What a face may take from the parts that do the work: values, to be shown or handed on.
VALUES = {
    "wizard.checks": {"wizard.checks.case.CheckContext"},
    "wizard.store": {"wizard.store.undo_notes.UndoNote"},
    "wizard.targets": {
        "wizard.targets.base.Applied",
        "wizard.targets.bot_settings.Planned",
        "wizard.targets.bot_settings.Written",
        "wizard.targets.presets.Preset",
        "wizard.targets.presets.PresetKind",
        "wizard.targets.presets.Presets",
    },
    "wizard.catalogues": {"wizard.catalogues.imported.ImportedCatalogues", "wizard.catalogues.imported.Taken"},
}
BELOW_THE_ACTIONS = ("wizard.graph", "wizard.web", "wizard.vault")


def _modules() -> dict[str, Path]:
    names: dict[str, Path] = {}
    for path in (ROOT / "wizard").rglob("*.py"):
        parts = path.relative_to(ROOT).with_suffix("").parts
        names[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return names


MODULES = _modules()
PACKAGES = frozenset(name for name, path in MODULES.items() if path.name == "__init__.py")


def _imports(name: str) -> Iterator[tuple[str, str]]:
    """Module and the name taken from it, "" where that is a module."""
    for node in ast.walk(ast.parse(MODULES[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names if alias.name.split(".")[0] == "wizard")
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "wizard":
            module = node.module or ""
            for alias in node.names:
                inner = f"{module}.{alias.name}"
                yield (inner, "") if inner in MODULES else (module, alias.name)


def _folder(module: str) -> str:
    """A folder's own files and each of its subfolders are folders of their own."""
    return module if module in PACKAGES else module.rpartition(".")[0]


def _arrows() -> dict[tuple[str, str], list[str]]:
    """From folder to folder, with the modules that make it."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for name in MODULES:
        for target, _taken in _imports(name):
            if _folder(target) != _folder(name):
                arrows.setdefault((_folder(name), _folder(target)), []).append(f"{name} -> {target}")
    return arrows


def _circle(arrows: set[tuple[str, str]]) -> list[str]:
    """Places of which each leads to another one of them, [] where there is no circle."""
    left = set(arrows)
    while True:
        sources = {source for source, _target in left}
        rest = {(source, target) for source, target in left if target in sources}
        targets = {target for _source, target in rest}
        rest = {(source, target) for source, target in rest if source in targets}
        if rest == left:
            return sorted({source for source, _target in left})
        left = rest


def test_no_two_folders_import_each_other() -> None:
    arrows = _arrows()
    both = {pair: arrows[pair] + arrows[pair[::-1]] for pair in arrows if pair[::-1] in arrows and pair[0] < pair[1]}
    assert not both


def test_no_folders_import_in_a_circle() -> None:
    assert _circle(set(_arrows())) == []


def test_no_modules_import_in_a_circle() -> None:
    arrows = {(name, target) for name in MODULES for target, _taken in _imports(name) if target != name}
    assert _circle(arrows) == []


@pytest.mark.parametrize("face", FACES)
def test_a_face_reaches_network_and_keyring_through_actions_only(face: str) -> None:
    reached = {
        f"{name} -> {target}"
        for name in MODULES
        if name.startswith(face)
        for target, _taken in _imports(name)
        if target.startswith(BELOW_THE_ACTIONS)
    }
    assert not reached


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("part", VALUES)
def test_a_face_takes_nothing_but_values_from_what_does_the_work(face: str, part: str) -> None:
    taken = {
        f"{target}.{taken}".rstrip(".")
        for name in MODULES
        if name.startswith(face)
        for target, taken in _imports(name)
        if target.startswith(part)
    }
    assert taken <= VALUES[part]


@pytest.mark.parametrize("part", ["wizard.ui", "wizard.core", "wizard.actions"])
def test_no_module_is_reached_by_a_text_that_tools_cannot_see(part: str) -> None:
    for name, path in MODULES.items():
        if name.startswith(part):
            text = path.read_text(encoding="utf-8")
            assert "import_module" not in text, name
            assert "__import__" not in text, name
