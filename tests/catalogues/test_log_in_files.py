"""Log-in files of vendors: read with all caution, refused with the field that is wrong, kept for later."""

import sys
import uuid
from pathlib import Path

import pytest

from wizard.actions.session import Session
from wizard.catalogues.log_in_files import LogInFolder, read_log_in_file
from wizard.core.clock import SystemClock
from wizard.core.log_in import LogInFileError, LogInFileProblem
from wizard.core.saved_file import SavedFileError
from wizard.core.world import World
from wizard.store.atomic import read_file
from wizard.store.places import Places
from wizard.words.log_in import said

FACEBOOK = World().facebook


@pytest.fixture
def own_places() -> Places:
    return Places(f"handover-test-{uuid.uuid4().hex}")


GOOD = {
    "label": '"Acme Bot"',
    "app_id": '"1234567890"',
    "redirect_uri": '"https://acme.example/handover/"',
    "scopes": '["pages_show_list", "pages_messaging"]',
}
TOKEN = "EAAG" + "x9Zk" * 40


def write(folder: Path, **changes: str | None) -> Path:
    """changes: fields in TOML, None for one that is left out."""
    path = folder / "acme.handoverlogin"
    fields = {name: value for name, value in (GOOD | changes).items() if value is not None}
    path.write_text("".join(f"{name} = {value}\n" for name, value in fields.items()), encoding="utf-8")
    return path


def test_a_file_tells_how_to_log_in(tmp_path: Path) -> None:
    more = {"client_token": '"a1b2c3d4e5f60718293a4b5c6d7e8f90"', "bot_app_id": '"1234567890"', "version": "1"}
    file = read_log_in_file(write(tmp_path, **more, help='"https://acme.example/help"', grant='"token"'), FACEBOOK)
    assert (file.name, file.label, file.app_id) == ("acme", "Acme Bot", "1234567890")
    assert file.scopes == ("pages_show_list", "pages_messaging")
    assert file.client_token is not None
    assert "a1b2" not in repr(file)
    business = read_log_in_file(write(tmp_path, scopes=None, config_id='"98765"'), FACEBOOK)
    assert (business.config_id, business.client_token) == ("98765", None)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"app_id": None}, "app_id"),
        ({"app_id": "1234567890"}, "app_id"),
        ({"app_id": '"12 34"'}, "app_id"),
        ({"label": '""'}, "label"),
        ({"label": f'"{"x" * 61}"'}, "label"),
        ({"label": '"a\\u202Eb"'}, "label"),
        ({"scopes": None}, "config_id"),
        ({"config_id": '"98765"'}, "config_id"),
        ({"scopes": '["Pages Messaging"]'}, "scopes"),
        ({"redirect_uri": '"http://acme.example/"'}, "redirect_uri"),
        ({"redirect_uri": '"http://127.0.0.1:8000/"'}, "redirect_uri"),
        ({"redirect_uri": '"http://localhost.evil.example/"'}, "redirect_uri"),
        ({"redirect_uri": '"http://localhost:{port}@evil.example/"'}, "redirect_uri"),
        ({"redirect_uri": '"https://user:pw@acme.example/"'}, "redirect_uri"),
        ({"redirect_uri": '"https://acme.example/#x"'}, "redirect_uri"),
        ({"redirect_uri": '"https://[/"'}, "redirect_uri"),
        ({"redirect_uri": '"javascript:alert(1)"'}, "redirect_uri"),
        ({"help": '"http://acme.example/help"'}, "help"),
        ({"client_token": '"has blanks in it here"'}, "client_token"),
        ({"grant": '"code"'}, "grant"),
        ({"colour": '"blue"'}, "colour"),
        ({"bot_app_id": '"bot"'}, "bot_app_id"),
    ],
)
def test_a_mistake_is_named_with_its_field(tmp_path: Path, changes: dict[str, str | None], named: str) -> None:
    with pytest.raises(LogInFileError) as raised:
        read_log_in_file(write(tmp_path, **changes), FACEBOOK)
    assert raised.value.problem is LogInFileProblem.MISTAKE
    assert raised.value.what.startswith(named)
    assert all(said(raised.value))


@pytest.mark.parametrize(
    "changes",
    [
        {"client_secret": '"0123456789abcdef0123456789abcdef"'},
        {"app_secret": '"x"'},
        {"AppSecret": '"x"'},
        {"extra": '{ my_secret = "x" }'},
        {"label": f'"{TOKEN}"'},
        {"client_token": f'"{TOKEN}"'},
        {"client_token": '"1234567890|0123456789abcdef0123456789abcdef"'},
        {"help": '"https://acme.example/?t=1234567890%7C0123456789abcdef0123456789abcdef"'},
        {"scopes": f'["{TOKEN}"]'},
        {f'"{TOKEN}"': "1"},
    ],
)
def test_a_secret_is_refused_and_quoted_nowhere(tmp_path: Path, changes: dict[str, str | None]) -> None:
    with pytest.raises(LogInFileError) as raised:
        read_log_in_file(write(tmp_path, **changes), FACEBOOK)
    assert raised.value.problem is LogInFileProblem.SECRET
    for text in said(raised.value):
        assert TOKEN[:12] not in text
        assert "0123456789abcdef" not in text


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('version = 2\nlabel = "x"\nnew = "y"', LogInFileProblem.NEWER),
        ('label = "Acme', LogInFileProblem.NOT_TOML),
        (f'label = "{TOKEN}', LogInFileProblem.NOT_TOML),
        ("a" * 5_000, LogInFileProblem.NOT_TOML),
        ("".join(f"{name} = {value}\n" for name, value in GOOD.items()) + 'grant = "pkce"', LogInFileProblem.PKCE),
    ],
)
def test_what_cannot_be_read_is_said_to_be_so(tmp_path: Path, text: str, problem: LogInFileProblem) -> None:
    path = tmp_path / "acme.handoverlogin"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LogInFileError) as raised:
        read_log_in_file(path, FACEBOOK)
    assert raised.value.problem is problem
    assert TOKEN[:12] not in " ".join(said(raised.value))


def test_no_file_and_no_text_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SavedFileError):
        read_log_in_file(tmp_path / "none.handoverlogin", FACEBOOK)
    (tmp_path / "odd.handoverlogin").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(LogInFileError):
        read_log_in_file(tmp_path / "odd.handoverlogin", FACEBOOK)


def test_files_are_imported_listed_and_removed(tmp_path: Path, own_places: Places) -> None:
    shipped = tmp_path / "program"
    shipped.mkdir()
    write(shipped, label='"Shipped"')
    (shipped / "broken.handoverlogin").write_text("label = 1")
    folder = LogInFolder(own_places, World(), shipped)
    assert [file.label for file in folder.find().usable] == ["Shipped"]
    assert len(folder.find().problems) == 1
    assert folder.take(write(tmp_path)).name == "acme"
    assert [file.label for file in folder.find().usable] == ["Acme Bot"], "what was imported wins over what ships"
    assert folder.remove("acme")
    assert not folder.remove("acme")
    assert not folder.remove("../../acme")
    assert [file.label for file in folder.find().usable] == ["Shipped"]


def test_what_was_imported_is_removed_by_its_name_with_its_ending_too(tmp_path: Path, own_places: Places) -> None:
    folder = LogInFolder(own_places, World())
    folder.take(write(tmp_path))
    (own_places.log_ins / "acme.handoverlogin.handoverlogin").write_bytes(write(tmp_path).read_bytes())
    for left in (["acme"], []):  # first the one whose whole name this is
        assert folder.remove("acme.handoverlogin")
        assert [file.name for file in folder.find().usable] == left
    assert not folder.remove("acme.handoverlogin")
    assert not folder.remove(".handoverlogin")


@pytest.mark.parametrize(
    ("address", "comes_back"),
    [
        ("https://www.facebook.com/connect/login_success.html", False),
        ("https://m.facebook.com/connect/login_success.html?x=1", False),
        ("https://WWW.Facebook.com/connect/blank.html", False),
        ("https://facebook.com/", False),
        ("https://business.facebook.com/latest/", False),
        ("https://acme.example/handover/", True),
        ("https://notfacebook.com/handover/", True),
        ("https://facebook.com.acme.example/", True),
        ("http://localhost:{port}/", True),
    ],
)
def test_an_answer_that_ends_on_a_page_of_metas_does_not_come_back(
    address: str, comes_back: bool, tmp_path: Path
) -> None:
    file = read_log_in_file(write(tmp_path, redirect_uri=f'"{address}"'), FACEBOOK)
    assert file.comes_back is comes_back


def test_what_is_kept_is_what_was_looked_at(
    tmp_path: Path, own_places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever sent the file may write into it meanwhile."""
    sent = write(tmp_path)

    def read_and_change(path: Path, most: int) -> bytes:
        content = read_file(path, most)
        sent.write_text('app_secret = "0123456789abcdef0123456789abcdef"', encoding="utf-8")
        return content

    monkeypatch.setattr("wizard.catalogues.log_in_files.read_file", read_and_change)
    folder = LogInFolder(own_places, World())
    folder.take(sent)
    monkeypatch.undo()
    assert [file.label for file in folder.find().usable] == ["Acme Bot"]


@pytest.mark.parametrize("name", ["acme (1)", "acme(12)"])
def test_a_corrected_file_that_a_browser_named_anew_takes_the_place_of_the_first(
    tmp_path: Path, own_places: Places, name: str
) -> None:
    folder = LogInFolder(own_places, World())
    folder.take(write(tmp_path))
    again = write(tmp_path, label='"Acme, mended"').rename(tmp_path / f"{name}.handoverlogin")
    assert folder.take(again).name == "acme"
    assert [file.label for file in folder.find().usable] == ["Acme, mended"]
    other = write(tmp_path, app_id='"6666666666"').rename(tmp_path / f"{name}.handoverlogin")
    assert folder.take(other).name == "app-6666666666", "of another vendor"


def test_a_file_that_is_too_large_is_not_said_to_be_of_another_size(tmp_path: Path) -> None:
    path = write(tmp_path)
    path.write_text(path.read_text() + "#" * 1_000_000)
    with pytest.raises(SavedFileError) as raised:
        read_log_in_file(path, FACEBOOK)
    text, action = said(raised.value)
    assert "cannot be read as a log-in file" in text
    assert "MB" not in text
    assert action == "Ask whoever sent it for a corrected file."


def test_an_odd_name_becomes_that_of_its_app(tmp_path: Path, own_places: Places) -> None:
    odd = write(tmp_path).rename(tmp_path / "Acme (1) für Kim.handoverlogin")
    assert LogInFolder(own_places, World()).take(odd).name == "app-1234567890"


def test_a_file_beside_a_packed_program_is_found_and_what_is_wrong_with_another_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "handover-wizard"))
    name = f"handover-test-{uuid.uuid4().hex}"
    session = Session(World(), Places(name), SystemClock())
    assert session.find_log_ins() is None
    write(tmp_path)
    (tmp_path / "._acme.handoverlogin").write_bytes(b"\x00\x05\x16\x07")  # as a Mac leaves it beside a copied file
    (tmp_path / "bad.handoverlogin").write_text("colour = 1", encoding="utf-8")
    found = session.find_log_ins()
    assert found is not None
    assert [file.name for file in found.usable] == ["acme"]
    assert [problem.path.name for problem in found.problems] == ["bad.handoverlogin"]
    assert not session.log_ins.remove("acme"), "it is not ours to remove"
