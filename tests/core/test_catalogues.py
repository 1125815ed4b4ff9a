"""What is imported lies over what ships: entry by entry, and never over what decides."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from wizard.core import catalogues
from wizard.core.catalogues import Catalogue, CatalogueKind, entries, imported, shipped_entries, use

DAY = date(2027, 1, 5)


def errors(*raw: Mapping[str, Any]) -> Catalogue:
    return Catalogue(CatalogueKind.ERRORS, DAY, "support", raw, {"de": {"A": "B"}})


def test_an_entry_takes_the_place_of_ours_as_a_whole_and_all_others_stay() -> None:
    ours = shipped_entries(CatalogueKind.ERRORS)
    second = ours[1]["id"]
    new = entries(CatalogueKind.ERRORS, errors({"id": second, "title": "T"}))
    assert [one["id"] for one in new] == [one["id"] for one in ours]
    assert new[1]["title"] == "T"
    assert "action" not in new[1], "nothing of ours is mixed into it"
    assert [one for one in new if one["id"] != second] == [one for one in ours if one["id"] != second]


def test_what_is_new_comes_behind_and_each_has_the_translations_of_its_file() -> None:
    new = entries(CatalogueKind.ERRORS, errors({"id": "of-tomorrow"}))
    assert new[-1] == {"id": "of-tomorrow", "translations": {"de": {"A": "B"}}}
    assert all("translations" not in one for one in new[:-1])


def test_what_decides_stays_as_it_ships() -> None:
    ours = {one["id"]: one for one in shipped_entries(CatalogueKind.ERRORS)}
    raw = {"id": "no-connection", "retry": "no", "default": False}
    new = {one["id"]: one for one in entries(CatalogueKind.ERRORS, errors(raw))}["no-connection"]
    assert (new["retry"], new["default"]) == (ours["no-connection"]["retry"], True) == ("soon", True)


def test_what_ships_is_not_changed() -> None:
    before = [dict(one) for one in shipped_entries(CatalogueKind.ERRORS)]
    entries(CatalogueKind.ERRORS, errors({"id": "no-connection", "title": "T"}))
    assert shipped_entries(CatalogueKind.ERRORS) == before


def test_only_what_says_something_else_is_told_as_a_change() -> None:
    first = errors({"id": "no-connection"})
    assert use([first])
    assert imported(CatalogueKind.ERRORS) is first
    assert imported(CatalogueKind.UI_PATHS) is None
    assert not use([errors({"id": "no-connection"})]), "the same once more"
    assert imported(CatalogueKind.ERRORS) is first, "what was worked out from it stays good"
    assert use([errors({"id": "no-answer"})])
    assert use([])
    assert not use(())
    assert catalogues.imported(CatalogueKind.ERRORS) is None
