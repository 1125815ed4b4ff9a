"""Where the data that ships with the program lies: icons, pictures, catalogues, translations."""

import functools
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).resolve().parents[1]
# An installed wheel and a frozen build carry the data inside the package; a source tree has it beside the package.
# The package comes first, so that a foreign `resources` folder in site-packages is never taken for ours.
_ROOTS = (_PACKAGE / "resources", _PACKAGE.parent / "resources")


class ResourceError(Exception):
    """A data file of the program cannot be read. The text names the file and the place in it."""

    def __init__(self, name: str, place: str) -> None:
        super().__init__(f"{name}: {place}")
        self.name = name
        self.place = place


def resource(name: str) -> Path:
    """Return the path of a shipped file or folder. name: relative, joined by "/", as in "scenarios/new-page.toml".

    Raises FileNotFoundError, whose text names the resource, if it is not shipped or would lie outside the data folder.
    """
    parts = name.split("/")
    if ".." not in parts and not Path(name).is_absolute():
        for root in _ROOTS:
            path = root.joinpath(*parts)
            if path.exists():
                return path
    raise FileNotFoundError(f"no such resource: {name}")


@functools.cache
def load_toml(name: str) -> dict[str, Any]:
    """Return the content of a shipped TOML file, read once; callers share it and must not change it.

    Raises ResourceError, which names file and place, if the file is missing, is not UTF-8 or is not TOML.
    """
    import tomllib  # not needed before the first window

    try:
        return tomllib.loads(_read(name))
    except tomllib.TOMLDecodeError as error:
        raise ResourceError(name, str(error)) from error


@functools.cache
def load_json(name: str) -> dict[str, Any]:
    """As load_toml, of a JSON file."""
    import json

    try:
        content: dict[str, Any] = json.loads(_read(name))
    except json.JSONDecodeError as error:
        raise ResourceError(name, str(error)) from error
    return content


def _read(name: str) -> str:
    try:
        return resource(name).read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise ResourceError(name, "file not found") from error
    except UnicodeDecodeError as error:
        raise ResourceError(name, f"not UTF-8 (byte {error.start})") from error
    except OSError as error:
        raise ResourceError(name, error.strerror or type(error).__name__) from error
