"""The files in resources/scenarios, read into scenarios. A file says only what is not as in its base.

Every mistake in a file is reported with its place: "scenarios/new-page.toml: page.default_app: ...".
"""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from wizard.core.resource import ResourceError, load_toml, resource
from wizard.simulator.world.faults import FaultMistake, read_fault
from wizard.simulator.world.scenario import Scenario


class NoSuchScenario(LookupError):
    """The name is not a scenario; the text lists those that are."""


def scenario_names() -> list[str]:
    return sorted(path.stem for path in resource("scenarios").glob("*.toml"))


def load_scenario(name: str) -> Scenario:
    """Return the scenario. Raises NoSuchScenario, or ResourceError with the place of the mistake."""
    if name not in scenario_names():
        raise NoSuchScenario(f"no scenario of this name; there are: {', '.join(scenario_names())}")
    file = f"scenarios/{name}.toml"
    return read_scenario(name, load_toml(file), file)


def read_scenario(name: str, data: Mapping[str, Any], file: str) -> Scenario:
    """Return the scenario described by the content of a file. Raises ResourceError with the place of the mistake."""
    try:
        scenario = msgspec.convert(_with_base(data, file) | {"name": name}, Scenario)
    except msgspec.ValidationError as error:
        raise ResourceError(file, _placed(str(error))) from error
    for number, fault in enumerate(scenario.faults):
        try:
            read_fault(fault, {})
        except FaultMistake as error:
            raise ResourceError(file, f"fault[{number}]: {error}") from error
    return scenario


# Below these tables a base holds on row by row, so many levels deep; any other key replaces the whole of the base's.
_LEVELS = {"threads": 1, "verdicts": 2}


def read_seed(path: Path) -> Scenario:
    """Return the scenario of a person's own file, named as the file is. It needs neither date, title nor exit_code, and
    its base may be one of the scenarios, too. Raises ResourceError with the place of the mistake."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ResourceError(str(path), getattr(error, "strerror", None) or str(error)) from error
    except RecursionError:
        raise ResourceError(str(path), "too many brackets lie in one another") from None
    under: dict[str, Any] = {"date": "", "title": "", "exit_code": 0}
    if data.get("base") in scenario_names():
        file = f"scenarios/{data.pop('base')}.toml"
        under |= _with_base(load_toml(file), file)
    elif "base" in data:
        if data["base"] not in (known := [*_bases(), *scenario_names()]):
            raise ResourceError(str(path), f"base: unknown {data['base']!r}; known are: {', '.join(known)}")
        under |= _with_base({"base": data.pop("base")}, str(path))
    return read_scenario(path.stem, _over(under, data), str(path))


def _bases() -> list[str]:
    return sorted(path.stem for path in resource("scenarios/bases").glob("*.toml"))


def _with_base(data: Mapping[str, Any], file: str) -> dict[str, Any]:
    """Return the content of a file laid over that of its base in `scenarios/bases`, if it names one."""
    under: dict[str, Any] = {}
    if "base" in data:
        if data["base"] not in (known := _bases()):
            raise ResourceError(file, f"base: unknown {data['base']!r}; known are: {', '.join(known)}")
        base = f"scenarios/bases/{data['base']}.toml"
        under = _with_base(load_toml(base), base)
    return _over(under, {key: value for key, value in data.items() if key != "base"})


def _over(under: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    return {**under, **{key: _laid_over(under.get(key), own[key], _LEVELS.get(key, 0)) for key in own}}


def _laid_over(under: Any, own: Any, levels: int) -> Any:
    if levels == 0 or not isinstance(under, Mapping) or not isinstance(own, Mapping):
        return own
    return {**under, **{key: _laid_over(under.get(key), value, levels - 1) for key, value in own.items()}}


def _placed(mistake: str) -> str:
    """Return msgspec's "Expected `int` <= 4 - at `$.exit_code`" with the place in front: "exit_code: Expected ..."."""
    what, _, path = mistake.partition(" - at `")
    named = re.search(r"field `(\w+)`", what)
    steps = (path.removeprefix("key` in `").removeprefix("$").strip(".`"), named[1] if named else "")
    return f"{'.'.join(step for step in steps if step)}: {what}"
