"""A file that is cut, huge, no text, made to hurt or not there at all is a mistake with its place, never a crash."""

import math
import os
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import tomlkit

from tests.catalogues.sent import ERRORS, PATHS, file, wrong
from wizard.catalogues.imported import shipped_text
from wizard.catalogues.readers import read
from wizard.core import catalogues
from wizard.core.catalogues import CatalogueError, CatalogueKind, CatalogueProblem
from wizard.core.errors import ErrorKind, Failure
from wizard.core.resource import resource
from wizard.core.saved_file import SavedFileError, SavedFileProblem
from wizard.i18n.toml_fields import LARGEST
from wizard.targets.presets import Preset
from wizard.words import guides
from wizard.words.catalogues import said
from wizard.words.errors import explain


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.62, 0.9])
def test_a_file_that_stops_in_the_middle_is_refused(tmp_path: Path, share: float) -> None:
    whole = shipped_text(CatalogueKind.UI_PATHS, date(2026, 12, 24))
    path = file(tmp_path, whole[: int(len(whole) * share)])
    assert wrong(path).problem in (CatalogueProblem.TRUNCATED, CatalogueProblem.MISTAKE)


def test_a_cut_in_a_text_over_several_lines_is_said_to_be_one(tmp_path: Path) -> None:
    assert wrong(file(tmp_path, PATHS[: PATHS.index('"Save."]')])).problem is CatalogueProblem.TRUNCATED


def test_what_is_no_toml_is_named_by_line_and_column(tmp_path: Path) -> None:
    error = wrong(file(tmp_path, PATHS, "version = 1", "version: 1"))
    assert error.problem is CatalogueProblem.MISTAKE
    assert "line 3, column" in error.what


@pytest.mark.parametrize("content", [b"\xff\xfek\x00i\x00", PATHS.encode("utf-16"), "ä = 1".encode("latin-1")])
def test_what_is_not_utf8_is_said_to_be_no_text(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "sent.toml"
    path.write_bytes(content)
    assert wrong(path).problem is CatalogueProblem.NOT_TEXT


def test_fifty_megabytes_are_not_read(tmp_path: Path) -> None:
    path = tmp_path / "sent.toml"
    with path.open("wb") as large:
        large.truncate(50_000_000)
    assert wrong(path).problem is CatalogueProblem.TOO_LARGE
    path.write_bytes(b"#" * 1_000 + b"\n" * (LARGEST - 1_000) + b"\n")
    assert wrong(path).problem is CatalogueProblem.TOO_LARGE


@pytest.mark.parametrize(
    "bomb",
    [
        ".".join(["a"] * 20_000) + " = 1",
        "a = " + "[" * 3_900,
        "a = " + "{b=" * 1_200,
        "a = 1" + "0" * 3_900 + "\nb = 1" + "0" * 3_990,
        "a = [\n" + "[\n" * 60_000,
    ],
    ids=["dotted", "lists", "tables", "number", "many lines"],
)
def test_a_file_made_to_hurt_is_a_mistake_like_any_other(tmp_path: Path, bomb: str) -> None:
    error = wrong(file(tmp_path, bomb))
    assert error.problem in (CatalogueProblem.MISTAKE, CatalogueProblem.TRUNCATED)


def test_a_folder_or_a_pipe_is_no_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (tmp_path, pipe):
        with pytest.raises(SavedFileError) as caught:
            read(path)
        assert caught.value.problem is SavedFileProblem.NO_FILE


def test_a_missing_file_and_one_that_may_not_be_read_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SavedFileError) as caught:
        read(tmp_path / "nowhere.toml")
    assert caught.value.problem is SavedFileProblem.MISSING
    path = file(tmp_path, PATHS)

    def refused(_path: Path) -> bytes:
        raise PermissionError

    monkeypatch.setattr(Path, "read_bytes", refused)  # root may read everything
    with pytest.raises(SavedFileError) as caught:
        read(path)
    assert caught.value.problem is SavedFileProblem.NO_PERMISSION


JUNK: list[Any] = [
    0,
    -1,
    True,
    1.5,
    math.inf,
    "",
    " ",
    "x",
    "{",
    [],
    [[]],
    [1],
    [{}],
    {},
    {"a": 1},
    {"a": {"b": []}},
    date.min,
]


def with_junk(value: Any) -> Iterator[Any]:
    """Yield copies of a file's content, each with junk in one place, or one thing missing or too many."""
    yield from JUNK
    if isinstance(value, dict):
        for name in value:
            yield {one: other for one, other in value.items() if one != name}
            yield from ({**value, name: junk} for junk in with_junk(value[name]))
        yield from ({**value, "nobody knows": junk} for junk in JUNK)
    elif isinstance(value, list):
        for at in range(len(value)):
            yield from ([*value[:at], junk, *value[at + 1 :]] for junk in with_junk(value[at]))


@pytest.mark.parametrize(
    "text",
    [
        PATHS,
        ERRORS,
        resource("presets/example/our-bot.toml").read_text("utf-8"),
        resource("presets/flow-ai.toml").read_text("utf-8"),
        resource("presets/practice-api.toml").read_text("utf-8"),
    ],
    ids=["paths", "errors", "file", "guided", "api"],
)
def test_junk_anywhere_is_refused_with_its_place_or_harmless(tmp_path: Path, text: str) -> None:
    names, refused = guides.Names("P", "B", "L"), 0
    for data in with_junk(tomllib.loads(text)):
        if not isinstance(data, dict):
            continue
        path = file(tmp_path, tomlkit.dumps(data))
        try:
            what = read(path)[1]
        except CatalogueError as error:
            refused += all(said(error))
            continue
        if isinstance(what, Preset):
            assert what.host is not None
            continue
        catalogues.use([what])
        assert all(guides.setting(one, names).paths for one in (*guides.setting_ids(), guides.GET_TOKEN))
        assert explain(Failure(ErrorKind.UNKNOWN, code=4711)).title
    assert refused > 100
