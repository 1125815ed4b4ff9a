"""What is imported is what the person reads; what the program does about an error stays its own."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from wizard.catalogues.readers import read
from wizard.core import catalogues
from wizard.core.catalogues import Catalogue, CatalogueKind, shipped_on
from wizard.core.errors import ErrorKind, Failure
from wizard.core.facts import App, Page
from wizard.core.resource import resource
from wizard.graph.classify import Again, refused
from wizard.i18n import texts
from wizard.words import guides
from wizard.words.errors import explain
from wizard.words.explaining import explain_text

NAMES = guides.Names("Bäckerei", "Bready", "Help Desk")
HEAD = 'kind = "errors"\nversion = 1\ndate = 2026-12-24\nsource = "Support"\n'
ERROR = """
[[error]]
id = "{id}"
kind = "{kind}"
title = "{title}"
action = "Do as support says."
who = "owner"
match = [{match}]
asked = ["the moon is upside down"]
"""


def use_errors(folder: Path, *errors: str) -> None:
    path = folder / "errors.toml"
    path.write_text(HEAD + "".join(errors), encoding="utf-8")
    use(path)


def use(path: Path) -> Catalogue:
    what = read(path)[1]
    assert isinstance(what, Catalogue)
    catalogues.use([what])
    return what


def error(id: str, kind: str, title: str = "New title.", match: str = "{ codes = [1] }") -> str:
    return ERROR.format(id=id, kind=kind, title=title, match=match)


def steps(setting: str) -> Sequence[str]:
    return guides.paths(setting, NAMES)[0].steps


def test_an_imported_way_is_shown_and_sent_and_all_others_stay_ours() -> None:
    before = {setting: guides.setting(setting, NAMES) for setting in guides.setting_ids()}
    use(resource("catalogues/example.catalogue.toml"))
    assert steps("social_route")[2] == "At “Social” choose “Bready”, or leave it empty."
    after = {setting: guides.setting(setting, NAMES) for setting in guides.setting_ids()}
    assert list(after) == list(before)
    assert {setting for setting in after if after[setting] != before[setting]} == {"social_route"}
    assert after["social_route"].cannot_be_read is before["social_route"].cannot_be_read
    message = guides.message_for_someone_else(Page("1", "P"), App("2"), App("3"), ["social_route"])
    assert "then “Messaging”, then “Routing”" in message
    assert "https://www.facebook.com/settings?tab=msgr_conversation_routing" in message
    catalogues.use(())
    assert guides.setting("social_route", NAMES) == before["social_route"]


def test_an_imported_way_speaks_the_languages_of_its_file_and_else_english(monkeypatch: pytest.MonkeyPatch) -> None:
    use(resource("catalogues/example.catalogue.toml"))
    monkeypatch.setattr(texts, "current", lambda: "de_AT")  # a language the program itself need not speak
    assert steps("social_route")[2] == "Wählen Sie bei „Social“ „Bready“, oder lassen Sie es leer."
    assert steps("social_route")[0].startswith("Switch to your Page")
    monkeypatch.setattr(texts, "current", lambda: "pl")
    assert steps("social_route")[-1] == "Save."


def test_an_imported_text_is_said_of_its_error(tmp_path: Path) -> None:
    failure = Failure(ErrorKind.TAKE_REFUSED, "POST me/take_thread_control")
    before = explain(failure).title
    use_errors(tmp_path, error("take-refused", "take_refused"))
    assert before != explain(failure).title == "New title."


def test_every_kind_is_still_explained_when_an_entry_said_for_its_kind_is_replaced(tmp_path: Path) -> None:
    shipped = catalogues.shipped_entries(CatalogueKind.ERRORS)
    use_errors(tmp_path, *(error(one["id"], one["kind"]) for one in shipped if one.get("default")))
    for kind in ErrorKind:
        assert explain(Failure(kind)).title == "New title."


@pytest.mark.parametrize("message", ["(#4711) Brand new trouble", "brand new trouble"])
def test_an_error_of_tomorrow_is_explained_in_the_window_and_by_explain(tmp_path: Path, message: str) -> None:
    match = '{ codes = [4711] }, { words = ["brand new trouble"] }'
    use_errors(tmp_path, error("of-tomorrow", "bad_request", "Tomorrow's trouble.", match))
    failure = refused({"message": message}, 400, {}, "POST me/pass_thread_control").failure
    assert failure.kind is ErrorKind.UNKNOWN, "it is still not known to the program"
    assert explain(failure).title == "Tomorrow's trouble."
    assert explain_text(f"error: {message}")[0].title == "Tomorrow's trouble."
    assert explain_text("my moon is upside down")[0].title == "Tomorrow's trouble."
    catalogues.use(())
    assert explain(failure).title != "Tomorrow's trouble."
    assert not any(one.is_known for one in explain_text(f"error: {message}"))
    assert not explain_text("my moon is upside down")


def test_an_imported_file_decides_neither_what_kind_an_error_is_nor_whether_it_is_repeated(tmp_path: Path) -> None:
    """A file that calls every refusal a passing trouble: the calls, and all verdicts from them, stay as they were."""
    answers = [
        ({"message": "refused", "code": 10, "error_subcode": 2018300}, "POST me/take_thread_control"),
        ({"message": "expired", "code": 190, "error_subcode": 463}, "GET me"),
        ({"message": "limit", "code": 4}, "GET me"),
        ({"message": "An unknown error occurred", "code": 1}, "GET me"),
        ({"message": "never seen", "code": 4711}, "GET me"),
    ]
    before = [refused(answer, 400, {}, call) for answer, call in answers]
    match = "{ codes = [1, 4, 10, 190, 4711] }, { subcodes = [2018300, 463] }"
    use_errors(
        tmp_path,
        error("all-is-well", "server_trouble", match=match),
        error("server-trouble", "server_trouble", match="{ codes = [5000] }"),
    )
    assert [refused(answer, 400, {}, call) for answer, call in answers] == before
    assert before[3].again is Again.SOON


def test_a_failure_saved_before_is_explained_after(tmp_path: Path) -> None:
    use_errors(tmp_path, error("of-tomorrow", "unknown", match="{ codes = [4711] }"))
    failure = Failure(ErrorKind.UNKNOWN, code=4711)
    assert explain(failure).title == "New title."
    assert explain(replace(failure, code=4712)).title != "New title."


def test_the_built_in_date_is_told(tmp_path: Path) -> None:
    from wizard.words.catalogues import in_use

    assert shipped_on(CatalogueKind.UI_PATHS).isoformat() in in_use(None, CatalogueKind.UI_PATHS)
    said = in_use(use(resource("catalogues/example.catalogue.toml")), CatalogueKind.UI_PATHS)
    assert "Support of a bot platform" in said
    assert date(2026, 11, 29).isoformat() in said
