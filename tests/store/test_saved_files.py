"""Set-ups on disk: saved, listed, read again and fit to be sent; what is none is refused with its mistake."""

import json
import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.examples import ANSWERS, BOT
from wizard.core.answers import Answers, TestOutcome
from wizard.core.saved_file import LARGEST, SavedFileError, SavedFileProblem
from wizard.core.target import TargetChoice
from wizard.store.answers import AnswersFile
from wizard.store.setups import SetupFolder, answers_of, load_setup, save_setup, setup_of
from wizard.words.saved_files import said


def test_a_set_up_is_saved_listed_and_read_again(tmp_path: Path) -> None:
    folder = SetupFolder(tmp_path / "setups")
    setup = setup_of(ANSWERS, now=1_790_000_000.5)
    assert setup is not None
    path = folder.save(setup)
    assert path.name.endswith(".handover.json")
    assert load_setup(path) == setup
    assert list(folder.list().setups) == [(path, setup)]


def test_what_was_set_up_in_one_practice_world_says_nothing_about_the_next(tmp_path: Path) -> None:
    setup = setup_of(ANSWERS, now=10.0)
    assert setup is not None
    one, next_one = "http://127.0.0.1:4001/aa", "http://127.0.0.1:4002/bb"
    SetupFolder(tmp_path / "setups", one).save(setup)
    AnswersFile(tmp_path / "answers.json", one).save(ANSWERS)
    assert len(SetupFolder(tmp_path / "setups", one).list().setups) == 1
    assert AnswersFile(tmp_path / "answers.json", one).load().answers == ANSWERS
    assert not SetupFolder(tmp_path / "setups", next_one).list().setups
    assert AnswersFile(tmp_path / "answers.json", next_one).load().answers == Answers()


def test_a_set_up_is_fit_to_be_sent(tmp_path: Path) -> None:
    token, key = "EAAG" + "x9Zk" * 40, "geheim9aF3kQ7mZ2"
    place = TargetChoice(
        *("http", f"/home/kim/{token}/.env", "/handover/app_id", f"https://bot.example/{key}?k={key}#{key}"),
        *("PUT", f'{{"a": "{{app_id}}", "b": "{key}"}}', f"X-{key}", True),
    )
    answers = replace(
        ANSWERS,
        page_name=f"令牌{token}",
        bot=replace(BOT, name=f"my_{token}"),
        target=place,
        more_targets=(place, place),
        test=TestOutcome.SKIPPED,
        test_skipped_because=f"access_token%3D{token}",
    )
    setup = setup_of(answers, now=1.0)
    assert setup is not None
    folder = SetupFolder(tmp_path)
    path = folder.save(setup)
    newer = json.loads(path.read_text(encoding="utf-8"))
    newer["content"]["of_a_newer_program"] = {"text": [f"%22{token}"]}
    path.write_text(json.dumps(newer), encoding="utf-8")
    kept = folder.save(setup).read_text(encoding="utf-8")
    assert "of_a_newer_program" in kept
    for private in (token[:20], key, "kim", "bot.example"):
        assert private not in kept
    assert load_setup(path).target == TargetChoice("http", key="/handover/app_id", method="PUT", private_ok=True)


def test_a_later_set_up_of_a_page_replaces_the_earlier_and_newest_come_first(tmp_path: Path) -> None:
    folder = SetupFolder(tmp_path / "setups")
    first = setup_of(ANSWERS, now=10.0)
    other = setup_of(replace(ANSWERS, page_id="1000000002"), now=20.0)
    assert first is not None
    assert other is not None
    again = replace(first, saved_at=30.0, test=TestOutcome.NOT_PASSED)
    for setup in (first, other, again):
        folder.save(setup)
    assert [setup for _path, setup in folder.list().setups] == [again, other]


def test_answers_without_page_or_apps_are_no_set_up() -> None:
    for missing in ({"page_id": ""}, {"bot": None}, {"live_chat": None}):
        assert setup_of(replace(ANSWERS, **missing), now=1.0) is None


def test_a_set_up_that_cannot_be_read_is_named_beside_the_others(tmp_path: Path) -> None:
    folder = SetupFolder(tmp_path)
    setup = setup_of(ANSWERS, now=1.0)
    assert setup is not None
    good = folder.save(setup)
    (tmp_path / "bad.handover.json").write_text("{")
    listed = folder.list()
    assert [path for path, _setup in listed.setups] == [good]
    assert [(error.path.name, error.problem) for error in listed.unreadable] == [
        ("bad.handover.json", SavedFileProblem.TRUNCATED)
    ]


SET_UP = {
    "version": 1,
    "kind": "handover-setup",
    "content": {
        "page_id": "1000000001",
        "page_name": "Bäckerei",
        "bot": {"id": "3000000003"},
        "live_chat": {"id": "263902037430900"},
        "saved_at": 1790000000.5,
    },
}


def changed(place: tuple[str, ...], value: object) -> bytes:
    """The set-up's file with one value changed; value ...: without it."""
    whole = json.loads(json.dumps(SET_UP))
    inner = whole
    for name in place[:-1]:
        inner = inner[name]
    if value is ...:
        del inner[place[-1]]
    else:
        inner[place[-1]] = value
    return json.dumps(whole).encode()


@pytest.mark.parametrize(
    ("content", "problem", "place"),
    [
        (b"", SavedFileProblem.TRUNCATED, "line 1, column 1"),
        (json.dumps(SET_UP, indent=2).encode()[:-40], SavedFileProblem.TRUNCATED, "line "),
        (b'{"version": 1, "content": "half', SavedFileProblem.TRUNCATED, "line 1, column 27"),
        (b"<html>Log in</html>", SavedFileProblem.NOT_JSON, "line 1, column 1"),
        (b'{\n  "version": 1,\n  content}', SavedFileProblem.NOT_JSON, "line 3, column 3"),
        (b"\xff\xfe\x00", SavedFileProblem.NOT_JSON, "byte 1"),
        (b'{"version": 1, "content": ' + b"[" * 100_000, SavedFileProblem.NOT_JSON, "line 1"),
        (b"[]", SavedFileProblem.DAMAGED, ""),
        (b'{"version": 1}', SavedFileProblem.DAMAGED, "$.content"),
        (changed(("content", "bot", "id"), 5), SavedFileProblem.DAMAGED, "$.content.bot.id"),
        (changed(("content", "page_id"), ...), SavedFileProblem.DAMAGED, "$.content.page_id"),
        (changed(("content", "saved_how"), "by magic"), SavedFileProblem.DAMAGED, "$.content.saved_how"),
        (changed(("content", "saved_at"), 1e300), SavedFileProblem.DAMAGED, "$.content.saved_at"),
        (changed(("version",), 2), SavedFileProblem.NEWER, ""),
        (changed(("kind",), "handover-facts"), SavedFileProblem.OTHER_KIND, ""),
        (b" " * (LARGEST + 1), SavedFileProblem.TOO_LARGE, ""),
    ],
)
def test_a_file_that_cannot_be_used_says_what_is_wrong_and_where(
    tmp_path: Path, content: bytes, problem: SavedFileProblem, place: str
) -> None:
    path = tmp_path / "page.handover.json"
    path.write_bytes(content)
    with pytest.raises(SavedFileError) as raised:
        load_setup(path)
    assert raised.value.problem is problem
    assert raised.value.place.startswith(place)
    assert bool(raised.value.place) == bool(place)
    text, action = said(raised.value)
    assert str(path) in text
    assert raised.value.place in text or problem is SavedFileProblem.TRUNCATED
    assert action


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.handover.json"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(SavedFileError) as raised:
            load_setup(path)
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()
    assert raised.value.problem is SavedFileProblem.TOO_LARGE


def test_a_set_up_file_that_is_missing_or_no_file_says_so(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    expected = {"missing": SavedFileProblem.MISSING, "folder": SavedFileProblem.NO_FILE}
    for name, problem in expected.items():
        with pytest.raises(SavedFileError) as raised:
            load_setup(tmp_path / name)
        assert raised.value.problem is problem


def test_what_a_newer_program_added_stays_when_an_older_one_writes_the_file_again(tmp_path: Path) -> None:
    folder = SetupFolder(tmp_path)
    first = setup_of(ANSWERS, now=10.0)
    assert first is not None
    path = folder.save(first)
    newer = json.loads(path.read_text("utf-8"))
    newer["signed_by"] = "Kim"
    newer["content"]["colour"] = "green"
    newer["content"]["bot"]["shape"] = "round"
    path.write_text(json.dumps(newer), encoding="utf-8")
    assert load_setup(path) == first
    again = replace(first, saved_at=30.0, test=TestOutcome.NOT_PASSED)
    folder.save(again)
    assert load_setup(path) == again
    kept = json.loads(path.read_text("utf-8"))
    assert (kept["signed_by"], kept["content"]["colour"]) == ("Kim", "green")
    assert kept["content"]["bot"]["shape"] == "round"
    elsewhere = tmp_path / "sent.handover.json"
    save_setup(elsewhere, again, like=path)
    assert json.loads(elsewhere.read_text("utf-8")) == kept


def test_a_set_up_of_an_older_program_is_read_and_its_file_gets_its_kind(tmp_path: Path) -> None:
    path = tmp_path / "1000000001.handover.json"
    path.write_bytes(changed(("kind",), ...))
    setup = load_setup(path)
    assert setup.page_name == "Bäckerei"
    SetupFolder(tmp_path).save(setup)
    assert json.loads(path.read_text("utf-8"))["kind"] == "handover-setup"


def test_a_file_of_the_future_is_put_aside_and_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "1000000001.handover.json"
    path.write_bytes(changed(("version",), 9))
    setup = setup_of(ANSWERS, now=1.0)
    assert setup is not None
    SetupFolder(tmp_path).save(setup)
    assert load_setup(path) == setup
    assert [json.loads(other.read_text())["version"] for other in tmp_path.iterdir() if other != path] == [9]


@given(
    st.binary(max_size=200) | st.integers(0, len(json.dumps(SET_UP))).map(lambda at: json.dumps(SET_UP)[:at].encode())
)
def test_whatever_is_in_a_file_it_is_a_set_up_or_a_problem(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.mktemp("any") / "any.handover.json"
    path.write_bytes(data)
    try:
        found: object = load_setup(path).page_id
    except SavedFileError as error:
        found = error.problem
    assert found == "1000000001" or isinstance(found, SavedFileProblem)


def test_a_set_up_gives_the_answers_to_check_it_by() -> None:
    setup = setup_of(ANSWERS, now=1.0)
    assert setup is not None
    answers = answers_of(setup)
    assert setup_of(answers, now=1.0) == replace(setup, roles_confirmed=())  # nobody says so in a check
    assert (answers.token_name, answers.token_owner) == ("", None)


def test_the_page_id_of_a_set_up_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    setup = setup_of(replace(ANSWERS, page_id="../x/y"), now=1.0)
    assert setup is not None
    assert SetupFolder(tmp_path / "setups").save(setup).parent == tmp_path / "setups"


def test_the_byte_order_mark_of_an_editor_is_left_aside_and_unknown_members_stay(tmp_path: Path) -> None:
    setup = setup_of(ANSWERS, 1.0)
    assert setup is not None
    path = tmp_path / "a.handover.json"
    save_setup(path, setup)
    whole = json.loads(path.read_text("utf-8"))
    whole["content"]["newer"] = "kept"
    path.write_text(json.dumps(whole), encoding="utf-8-sig")
    assert load_setup(path) == setup
    save_setup(path, setup)
    assert json.loads(path.read_text("utf-8"))["content"]["newer"] == "kept"
