"""Which version of the Graph API this program speaks, and which have ended: `resources/graph_versions.toml`."""

import datetime
import re

from wizard.core.resource import load_toml

_FILE = "graph_versions.toml"
_VERSION = re.compile(r"v\d{1,2}\.\d")


def newest() -> str:
    """Return the version to ask in, as "v26.0"."""
    name: str = load_toml(_FILE)["newest"]
    return name


def is_version(text: str) -> bool:
    return _VERSION.fullmatch(text) is not None


def has_ended(version: str, at: float) -> bool:
    """Whether the last day of a version is over. version: as "v26.0"; False for a text of another shape. at: Unix
    seconds."""
    if not is_version(version):
        return False
    known = {_major(each["name"]): each.get("ends") for each in load_toml(_FILE)["version"]}
    ends: datetime.date | None = known.get(_major(version))
    if ends is None:
        return _major(version) < min(known)
    return at >= datetime.datetime(ends.year, ends.month, ends.day, tzinfo=datetime.UTC).timestamp() + 86_400


def _major(version: str) -> int:
    return int(version[1:].partition(".")[0])
