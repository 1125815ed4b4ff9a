import json
from dataclasses import replace
from pathlib import Path

import pytest

from wizard.core.answers import Answers, SavedHow, TargetChoice, TestOutcome, TokenOwner
from wizard.core.facts import App, Origin
from wizard.core.saved_file import SavedFileError, SavedFileProblem
from wizard.store.answers import AnswersFile
from wizard.store.setups import SetupFolder, load_setup, setup_of
from wizard.store.tokens import RememberedToken, RememberedTokens

BOT = App("3000000003", "Bot", Origin.TOKEN, frozenset({"messages", "standby"}))
LIVE_CHAT = App("263902037430900", "Page Inbox", Origin.BUILT_IN)
ANSWERS = Answers(
    started=True,
    token_name="https://graph.facebook.com 1000000001 3000000003",
    page_id="1000000001",
    page_name="Bäckerei",
    token_app=BOT,
    token_owner=TokenOwner.BOT,
    bot=BOT,
    live_chat=LIVE_CHAT,
    roles_confirmed=frozenset({"default_app", "done"}),
    target=TargetChoice("dotenv", "/srv/bot/.env", "HANDOVER_APP_ID"),
    saved_app_id="263902037430900",
    saved_how=SavedHow.READ_BACK,
    test=TestOutcome.PASSED,
)
LIFE = "https://graph.facebook.com"


def test_answers_survive_a_restart(tmp_path: Path) -> None:
    AnswersFile(tmp_path / "answers.json").save(ANSWERS)
    kept = AnswersFile(tmp_path / "answers.json").load()
    assert kept.answers == ANSWERS
    assert kept.put_aside is None


def test_without_a_file_answers_are_empty_and_nothing_is_made(tmp_path: Path) -> None:
    kept = AnswersFile(tmp_path / "config" / "answers.json").load()
    assert kept.answers == Answers()
    assert not (tmp_path / "config").exists()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not json",
        b"[]",
        b'{"version": 1}',
        b'{"version": 1, "content": {"token_owner": "somebody"}}',
        b'{"version": 1, "content": {"page_id": 5}}',
        b'{"version": 2, "content": {}}',
        b"\xff\xfe\x00",
    ],
)
def test_unreadable_answers_are_kept_beside_and_the_program_starts_afresh(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "answers.json"
    path.write_bytes(content)
    kept = AnswersFile(path).load()
    assert kept.answers == Answers()
    assert kept.put_aside is not None
    assert kept.put_aside.read_bytes() == content
    AnswersFile(path).save(ANSWERS)
    assert AnswersFile(path).load().answers == ANSWERS
    assert kept.put_aside.read_bytes() == content


def test_fields_an_older_program_does_not_know_are_ignored(tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    AnswersFile(path).save(ANSWERS)
    saved = json.loads(path.read_text(encoding="utf-8"))
    saved["content"]["colour"] = "green"
    saved["content"]["bot"]["shape"] = "round"
    path.write_text(json.dumps(saved), encoding="utf-8")
    assert AnswersFile(path).load().answers == ANSWERS


def test_forgotten_answers_are_gone(tmp_path: Path) -> None:
    file = AnswersFile(tmp_path / "answers.json")
    file.save(ANSWERS)
    file.forget()
    assert file.load().answers == Answers()


def test_a_set_up_is_saved_listed_and_read_again(tmp_path: Path) -> None:
    folder = SetupFolder(tmp_path / "setups")
    setup = setup_of(ANSWERS, now=1_790_000_000.5)
    assert setup is not None
    path = folder.save(setup)
    assert path.name.endswith(".handover.json")
    assert load_setup(path) == setup
    assert list(folder.list().setups) == [(path, setup)]


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
        ("bad.handover.json", SavedFileProblem.DAMAGED)
    ]


def test_a_set_up_file_that_is_missing_a_folder_or_newer_says_so(tmp_path: Path) -> None:
    (tmp_path / "newer").write_text('{"version": 9, "content": {}}')
    (tmp_path / "folder").mkdir()
    expected = {
        "missing": SavedFileProblem.MISSING,
        "newer": SavedFileProblem.NEWER,
        "folder": SavedFileProblem.DAMAGED,
    }
    for name, problem in expected.items():
        with pytest.raises(SavedFileError) as raised:
            load_setup(tmp_path / name)
        assert raised.value.problem is problem


def test_the_page_id_of_a_set_up_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    setup = setup_of(replace(ANSWERS, page_id="../x/y"), now=1.0)
    assert setup is not None
    assert SetupFolder(tmp_path / "setups").save(setup).parent == tmp_path / "setups"


def test_remembered_tokens_are_offered_for_their_own_graph_only(tmp_path: Path) -> None:
    tokens = RememberedTokens(tmp_path / "remembered.json")
    life = RememberedToken(f"{LIFE} 1 3", LIFE, "1", "Bäckerei", "3", "Bot")
    practice = RememberedToken("http://127.0.0.1:5000/x 1 3", "http://127.0.0.1:5000/x", "1")
    tokens.add(life)
    tokens.add(practice)
    assert list(RememberedTokens(tmp_path / "remembered.json").of(LIFE)) == [life]


def test_remembering_again_moves_a_token_first_and_forgetting_removes_it(tmp_path: Path) -> None:
    tokens = RememberedTokens(tmp_path / "remembered.json")
    one, two = RememberedToken("one", LIFE, "1"), RememberedToken("two", LIFE, "2")
    tokens.add(one)
    tokens.add(two)
    tokens.add(replace(one, page_name="Renamed"))
    assert [token.name for token in tokens.of(LIFE)] == ["one", "two"]
    assert tokens.of(LIFE)[0].page_name == "Renamed"
    tokens.remove("one")
    tokens.remove("never there")
    assert [token.name for token in tokens.of(LIFE)] == ["two"]


def test_a_damaged_list_of_tokens_is_kept_beside(tmp_path: Path) -> None:
    path = tmp_path / "remembered.json"
    path.write_text("oops")
    tokens = RememberedTokens(path)
    assert not tokens.of(LIFE)
    tokens.add(RememberedToken("one", LIFE, "1"))
    assert [token.name for token in tokens.of(LIFE)] == ["one"]
    assert [file.read_text() for file in tmp_path.iterdir() if file != path] == ["oops"]
