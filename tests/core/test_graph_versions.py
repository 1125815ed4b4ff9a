"""Which version of the Graph API is asked for, and which are too old: the dated file says it, the clock decides."""

from datetime import UTC, datetime

import pytest

from wizard.core.graph_versions import has_ended, is_version, newest
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


def test_the_newest_is_one_of_those_that_facebook_answers() -> None:
    assert is_version(newest())
    assert newest() == load_toml("graph_versions.toml")["version"][-1]["name"]
