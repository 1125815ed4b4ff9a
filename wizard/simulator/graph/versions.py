"""Which versions of the Graph API the practice world answers in: those of today, unless the scenario says otherwise."""

from wizard.core.resource import load_toml
from wizard.simulator.world.scenario import GraphBehaviour

_DATA = load_toml("graph_versions.toml")


def newest(behaviour: GraphBehaviour) -> str:
    return behaviour.newest_version or str(_DATA["newest"])


def answering_version(behaviour: GraphBehaviour, asked: str | None) -> str:
    """Return the version that really answers: the asked one if usable, else the oldest usable one."""
    oldest = behaviour.oldest_version or str(_DATA["version"][0]["name"])
    return asked if asked and _number(asked) >= _number(oldest) else oldest


def exists(behaviour: GraphBehaviour, asked: str | None) -> bool:
    """Whether Facebook knows the version; those that have ended are answered by another."""
    return asked is None or _number(asked) <= _number(newest(behaviour))


def _number(version: str) -> int:
    return int(version.removeprefix("v").partition(".")[0])
