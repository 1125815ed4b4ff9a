"""Which version of the Graph API is asked for, and which are too old: the dated file says it, the clock decides."""

from datetime import UTC, datetime

import pytest

from wizard.core.graph_versions import ends_soon, has_ended, is_older, is_version, newest
from wizard.core.resource import load_toml


def at(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("version", "time", "ended"),
    [
        ("v20.0", "2026-11-22", True),  # not in the file any more
        ("v21.0", "2027-01-21T23:59", False),
        ("v21.0", "2027-01-22", True),
        ("v22.0", "2027-01-22", False),
        ("v26.0", "2040-01-01", False),  # Meta has named no end
        ("v99.0", "2040-01-01", False),
        ("", "2040-01-01", False),
        ("odd", "2040-01-01", False),
    ],
)
def test_a_version_ends_with_its_last_day(version: str, time: str, ended: bool) -> None:
    assert has_ended(version, at(time)) is ended


@pytest.mark.parametrize(
    ("version", "time", "soon"),
    [
        ("v21.0", "2026-10-22", False),
        ("v21.0", "2026-10-24", True),
        ("v21.0", "2027-01-21T23:59", True),
        ("v21.0", "2027-01-22", False),  # over, not near
        ("v27.0", "2040-01-01", False),  # Meta has named no end
        ("v19.0", "2026-11-28", False),
        ("odd", "2026-11-28", False),
    ],
)
def test_a_version_near_its_end_is_told_apart_from_one_that_ended(version: str, time: str, soon: bool) -> None:
    assert ends_soon(version, at(time)) is soon


@pytest.mark.parametrize(
    ("version", "than", "older"), [("v9.0", "v10.0", True), ("v27.0", "v27.0", False), ("v27.0", "", False)]
)
def test_versions_are_compared_as_numbers(version: str, than: str, older: bool) -> None:
    assert is_older(version, than) is older


def test_the_newest_is_one_of_those_that_facebook_answers() -> None:
    assert is_version(newest())
    assert newest() == load_toml("graph_versions.toml")["version"][-1]["name"]
