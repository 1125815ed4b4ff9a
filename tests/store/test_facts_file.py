"""Facts files: no token, nobody's ID or name unless asked for, and the same verdicts again."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from wizard.checks.page import evaluate, reevaluate
from wizard.core.answers import Answers
from wizard.core.checked import CheckedPage
from wizard.core.errors import ErrorKind, Failure
from wizard.core.facts import (
    App,
    Control,
    Conversation,
    Facts,
    Identity,
    Origin,
    OwnerReading,
    Reading,
    TokenFacts,
    TokenKind,
)
from wizard.core.saved_file import SavedFileError, SavedFileProblem
from wizard.core.target import TargetChoice
from wizard.store.facts_file import load_facts, save_facts
from wizard.store.setups import SetupFolder, setup_of

PAGE, BOT, LIVE_CHAT = "107836259148302", App("914602738451926", "Flow bot"), App("538127490663815", "Support Desk")
ROBIN, MARIA, STRANGER = "7194026385510274", "24718830659142036", "8888777766665555"
TOKEN = "EAA" + "x" * 60
ANSWERS = Answers(
    started=True,
    token_name=f"https://graph.facebook.com {PAGE} {BOT.id}",
    page_id=PAGE,
    bot=BOT,
    live_chat=LIVE_CHAT,
    target=TargetChoice("dotenv", "/home/kim/bot/.env", "HANDOVER_APP_ID"),
    test_skipped_because="Kim is on holiday",
)
REFUSED = Failure(
    ErrorKind.PERSON_UNKNOWN, "GET me/thread_owner", 100, 2018001, f"No user {MARIA} or {STRANGER}, token {TOKEN}"
)


def page(kind: TokenKind = TokenKind.PAGE, named: bool = False) -> CheckedPage:
    identity = Identity(kind, PAGE if kind is TokenKind.PAGE else STRANGER, "Lumen Coffee", True)
    token = TokenFacts(
        Reading("GET me", 100.0, identity),
        app=Reading("GET app", 100.0, replace(BOT, origin=Origin.TOKEN)),
        subscription=Reading("GET me/subscribed_apps", 100.0, replace(BOT, fields=frozenset({"messages", "standby"}))),
        clock_skew=1.5,
    )
    conversations = (
        Conversation("t_194026385510274", 90.0, ROBIN, "Robin Tester" if named else "", True),
        Conversation("t_718830659142036", 80.0, MARIA, "Maria Keller" if named else "", False),
    )
    owners = (
        OwnerReading(ROBIN, Control.APP, 101.0, LIVE_CHAT.id, 200),
        OwnerReading(MARIA, Control.UNREADABLE, 101.0, failure=REFUSED),
    )
    facts = Facts(token, None, Reading("GET me/conversations", 101.0, conversations), owners, ((LIVE_CHAT.id, "Desk"),))
    return evaluate(ANSWERS, facts, 101.0)


def test_facts_read_again_are_judged_as_before(tmp_path: Path) -> None:
    before = page()
    save_facts(tmp_path / "a.facts.json", before)
    saved = load_facts(tmp_path / "a.facts.json")
    assert evaluate(saved.answers, saved.facts, saved.at).verdicts == before.verdicts
    assert saved.at == before.at


def test_nobodys_id_or_name_no_token_and_no_folder_is_in_the_file(tmp_path: Path) -> None:
    save_facts(tmp_path / "a.facts.json", page(named=True))
    text = (tmp_path / "a.facts.json").read_text("utf-8")
    private = (
        ROBIN,
        MARIA,
        STRANGER,
        "Robin",
        "Maria",
        "t_194",
        "t_718",
        TOKEN,
        "/home/kim",
        "Kim",
        ANSWERS.token_name,
    )
    for secret in private:
        assert secret not in text
    assert all(kept in text for kept in (PAGE, BOT.id, LIVE_CHAT.id, "person-1", "person-2", "conversation-1"))
    assert json.loads(text)["content"]["has_personal_data"] is False


def test_one_person_has_one_stand_in_in_list_and_readings(tmp_path: Path) -> None:
    save_facts(tmp_path / "a.facts.json", page())
    facts = load_facts(tmp_path / "a.facts.json").facts
    assert facts.conversations is not None
    assert [one.psid for one in facts.conversations.value or ()] == [reading.psid for reading in facts.owners]


def test_personal_data_is_kept_where_it_is_asked_for_and_tokens_never(tmp_path: Path) -> None:
    before = page(named=True)
    save_facts(tmp_path / "a.facts.json", before, include_personal_data=True)
    text = (tmp_path / "a.facts.json").read_text("utf-8")
    assert all(kept in text for kept in (ROBIN, MARIA, "Robin Tester"))
    assert TOKEN not in text
    assert load_facts(tmp_path / "a.facts.json").has_personal_data


def test_whose_token_it_was_is_not_told_where_it_is_a_persons(tmp_path: Path) -> None:
    save_facts(tmp_path / "a.facts.json", page(TokenKind.USER))
    saved = load_facts(tmp_path / "a.facts.json")
    assert saved.facts.token is not None
    assert saved.facts.token.identity.value == Identity(TokenKind.USER)


def test_why_nothing_could_be_asked_is_kept_without_people(tmp_path: Path) -> None:
    why = Failure(ErrorKind.PAGE_ACCESS_LOST, "GET me/accounts", message=f"left out for {STRANGER}: {TOKEN}")
    unusable = replace(evaluate(ANSWERS, Facts(), 101.0), not_checked=why)
    save_facts(tmp_path / "a.facts.json", unusable)
    again = reevaluate(load_facts(tmp_path / "a.facts.json"))
    assert again.not_checked == replace(why, message="left out for (ID): (hidden)")


def test_a_set_up_is_no_facts_file_and_says_so(tmp_path: Path) -> None:
    setup = setup_of(replace(ANSWERS, page_name="Lumen"), 1.0)
    assert setup is not None
    with pytest.raises(SavedFileError) as raised:
        load_facts(SetupFolder(tmp_path).save(setup))
    assert raised.value.problem is SavedFileProblem.OTHER_KIND


def test_a_mistake_deep_in_the_facts_is_told_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "a.facts.json"
    save_facts(path, page())
    whole = json.loads(path.read_text("utf-8"))
    whole["content"]["facts"]["owners"][1]["control"] = "magic"
    whole["content"]["facts"]["weather"] = "unknown to this program, and passed over"
    path.write_text(json.dumps(whole), encoding="utf-8")
    with pytest.raises(SavedFileError) as raised:
        load_facts(path)
    assert raised.value.place == "$.content.facts.owners[1].control"


def damaged(path: Path, place: str, value: object) -> str:
    """Put a value at a place such as "token.identity.value" of a good file. Return where the reader complains."""
    save_facts(path, page())
    whole = json.loads(path.read_text("utf-8"))
    *way, last = place.split(".")
    inside = whole["content"]
    for step in way:
        inside = inside[int(step)] if step.isdigit() else inside[step]
    inside[last] = value
    path.write_text(json.dumps(whole), encoding="utf-8")
    with pytest.raises(SavedFileError) as raised:
        load_facts(path)
    assert raised.value.problem is SavedFileProblem.DAMAGED
    return raised.value.place


@pytest.mark.parametrize("reading", ["token.identity", "token.app", "conversations"])
def test_an_answer_that_holds_neither_a_value_nor_a_failure_is_a_mistake(tmp_path: Path, reading: str) -> None:
    assert damaged(tmp_path / "a.facts.json", f"facts.{reading}.value", None) == f"$.content.facts.{reading}"


@pytest.mark.parametrize("value", [1e300, -1e300, -1.0, 253_402_300_800.0])
@pytest.mark.parametrize(
    "place", ["at", "facts.token.identity.at", "facts.conversations.value.1.updated_at", "facts.owners.0.at"]
)
def test_a_time_that_no_clock_shows_is_a_mistake_with_its_place(tmp_path: Path, place: str, value: float) -> None:
    told = damaged(tmp_path / "a.facts.json", place, value)
    assert told == "$.content." + re.sub(r"\.(\d+)", r"[\1]", place)


def test_an_end_of_control_and_a_clock_far_off_are_mistakes(tmp_path: Path) -> None:
    assert damaged(tmp_path / "a.facts.json", "facts.owners.0.expires_at", 10**15) == (
        "$.content.facts.owners[0].expires_at"
    )
    assert damaged(tmp_path / "a.facts.json", "facts.token.clock_skew", -1e300) == "$.content.facts.token.clock_skew"


def test_an_app_that_is_not_connected_and_a_clock_behind_are_no_mistakes(tmp_path: Path) -> None:
    seen = page()
    assert seen.facts.token is not None
    token = replace(seen.facts.token, subscription=Reading("GET me/subscribed_apps", 1.0), clock_skew=-90.0)
    save_facts(tmp_path / "a.facts.json", replace(seen, facts=replace(seen.facts, token=token)))
    assert load_facts(tmp_path / "a.facts.json").facts.token == token
