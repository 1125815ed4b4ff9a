"""The list of remembered tokens: their names and where they belong, never a token."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.store.examples import LIFE
from wizard.core.facts import Reading, TokenLife
from wizard.core.saved_file import SavedFileError
from wizard.core.token_life import LOG_IN
from wizard.store.tokens import RememberedToken, RememberedTokens


def test_a_list_of_tokens_that_can_be_neither_read_nor_put_aside_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object) -> None:
        raise PermissionError

    path = tmp_path / "remembered.json"
    path.write_text("damaged")
    monkeypatch.setattr(Path, "rename", refuse)
    for work in (RememberedTokens(path).all, lambda: RememberedTokens(path).remove("x")):
        with pytest.raises(SavedFileError):
            work()
    assert path.read_text() == "damaged"


def test_until_when_a_remembered_token_works_is_kept_beside_its_name(tmp_path: Path) -> None:
    path = tmp_path / "remembered.json"
    kept = RememberedToken("name", LIFE, "1")
    RememberedTokens(path).add(kept.living(Reading(LOG_IN, 1_790_000_000.0, TokenLife(1_790_007_200.0))))
    (read,) = RememberedTokens(path).all()
    assert read.life == Reading(LOG_IN, 1_790_000_000.0, TokenLife(1_790_007_200.0))
    RememberedTokens(path).add(read.living(Reading(LOG_IN, 1_790_000_000.0, TokenLife())))
    assert RememberedTokens(path).all()[0].life == Reading(LOG_IN, 1_790_000_000.0, TokenLife())
    assert read.living(None) == kept
    for damaged in (-1.0, 1e300):
        assert replace(read, ends_at=damaged).life is None


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
