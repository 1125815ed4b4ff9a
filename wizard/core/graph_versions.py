"""Which version of the Graph API this program speaks, and which have ended: `resources/graph_versions.toml`."""

import datetime
import re

from wizard.core.resource import load_toml

_FILE = "graph_versions.toml"
_DAY = 86_400.0  # seconds
_SOON = 90 * _DAY  # time enough to install a newer program
_VERSION = re.compile(r"v\d{1,2}\.\d")


def newest() -> str:
    """Return the version to ask in, as "v27.0"."""
    name: str = load_toml(_FILE)["newest"]
    return name


def is_version(text: str) -> bool:
    return _VERSION.fullmatch(text) is not None


def has_ended(version: str, at: float) -> bool:
    """Whether the last day of a version is over. version: as "v26.0"; False for a text of another shape. at: Unix
    seconds."""
    if not is_version(version):
        return False
    ends = last_day(version)
    if ends is None:
        return _major(version) < min(_last_days())
    return at >= _begins(ends) + _DAY


def ends_soon(version: str, at: float) -> bool:
    """Whether the last day of a version is near, and not over. version, at: as for `has_ended`."""
    ends = last_day(version)
    return ends is not None and _begins(ends) - _SOON <= at < _begins(ends) + _DAY


def last_day(version: str) -> datetime.date | None:
    """Return the last day of a version, None where Meta has named none, or it is not known any more."""
    return _last_days().get(_major(version)) if is_version(version) else None


def is_older(version: str, than: str) -> bool:
    """Whether a version came before another; False for a text of another shape."""
    return is_version(version) and is_version(than) and _major(version) < _major(than)


def _last_days() -> dict[int, datetime.date | None]:
    return {_major(each["name"]): each.get("ends") for each in load_toml(_FILE)["version"]}


def _begins(day: datetime.date) -> float:
    """Return the Unix seconds at which a day begins."""
    return datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC).timestamp()


def _major(version: str) -> int:
    return int(version[1:].partition(".")[0])
