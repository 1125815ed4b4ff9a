"""A report that is written for minutes takes its name when it is whole, and not before."""

import os
from pathlib import Path

import pytest

from tests.pipes import named_pipe
from wizard.store.growing_file import GrowingFile


class Interrupted(Exception):
    pass


def test_the_file_is_there_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text("old")
    with GrowingFile(path) as file:
        file.write("zwölf\n")
        file.write("new")
        assert path.read_text() == "old"
    assert path.read_bytes() == "zwölf\nnew".encode()
    assert list(tmp_path.iterdir()) == [path]


def test_an_interruption_leaves_the_old_file_and_no_half_one(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text("old")

    def write() -> None:
        with GrowingFile(path) as file:
            file.write("half")
            raise Interrupted

    with pytest.raises(Interrupted):
        write()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")
def test_a_new_file_is_private_an_old_one_keeps_its_mode_and_a_link_is_followed(tmp_path: Path) -> None:
    path, link = tmp_path / "report.json", tmp_path / "link"
    link.symlink_to(path)
    with GrowingFile(link) as file:
        file.write("one")
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o644)
    with GrowingFile(link) as file:
        file.write("two")
    assert (path.read_text(), path.stat().st_mode & 0o777, link.is_symlink()) == ("two", 0o644, True)


@pytest.mark.skipif(os.name != "posix", reason="pipes and devices of Unix")
@pytest.mark.parametrize("name", ["pipe", "link"])
def test_what_grows_into_a_pipe_goes_through_it(tmp_path: Path, name: str) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "pipe")
    with named_pipe(tmp_path / "pipe") as content:
        with GrowingFile(tmp_path / name) as file:
            file.write("zwölf\n")
            file.write("new")
        assert content() == "zwölf\nnew".encode()
    assert sorted(file.name for file in tmp_path.iterdir()) == ["link", "pipe"]
