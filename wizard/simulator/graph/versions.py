"""Which versions of the Graph API the practice world answers in."""

from wizard.core.resource import load_toml


def _number(version: str) -> int:
    return int(version.removeprefix("v").partition(".")[0])


_DATA = load_toml("graph_versions.toml")
NEWEST: str = _DATA["newest"]
OLDEST: str = _DATA["version"][0]["name"]


def answering_version(asked: str | None) -> str:
    """Return the version that really answers: the asked one if usable, else the oldest usable one."""
    return asked if asked and _number(OLDEST) <= _number(asked) <= _number(NEWEST) else OLDEST
