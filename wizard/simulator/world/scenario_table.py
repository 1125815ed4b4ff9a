"""A table of a scenario file that knows its place, so that a mistake can be told with it."""

from collections.abc import Mapping
from typing import Any

from wizard.core.resource import ResourceError
from wizard.simulator.world.cast import APP_IDS


class Table:
    """A table of the file, that knows its place in it."""

    def __init__(self, file: str, place: str, data: Mapping[str, Any]) -> None:
        self.file = file
        self.place = place
        self.data = data
        self.keys = tuple(data)

    def wrong(self, key: str, what: str) -> Any:
        place = f"{self.place}.{key}".strip(".")
        raise ResourceError(self.file, f"{place}: {what}")

    def only(self, known: set[str]) -> None:
        for key in self.keys:
            if key not in known:
                self.wrong(key, f"unknown; known here: {', '.join(sorted(known))}")

    def table(self, key: str) -> "Table":
        value = self.data.get(key, {})
        if not isinstance(value, Mapping):
            self.wrong(key, "a table is needed")
        return Table(self.file, f"{self.place}.{key}".strip("."), value)

    def tables(self, key: str) -> list["Table"]:
        value = self.data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, Mapping) for each in value):
            self.wrong(key, "a list of tables is needed")
        return [Table(self.file, f"{self.place}.{key}[{at}]".strip("."), each) for at, each in enumerate(value)]

    def text(self, key: str, default: str | None = None) -> str:
        value = self.data.get(key, default)
        if not isinstance(value, str):
            self.wrong(key, "a text is needed")
        return str(value)

    def flag(self, key: str, default: bool) -> bool:
        value = self.data.get(key, default)
        if not isinstance(value, bool):
            self.wrong(key, "true or false is needed")
        return bool(value)

    def number(self, key: str, default: int | None = None, *, low: int, high: int) -> int:
        value = self.data.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            self.wrong(key, f"a whole number from {low} to {high} is needed")
        return int(value or 0)

    def texts(self, key: str, known: tuple[str, ...] | None = None) -> tuple[str, ...]:
        value = self.data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            self.wrong(key, "a list of texts is needed")
        for each in value:
            if known is not None and each not in known:
                self.wrong(key, f"unknown {each!r}; known are: {', '.join(known)}")
        return tuple(value)

    def choice(self, key: str, known: tuple[str, ...], default: str) -> str:
        value = self.text(key, default)
        if value not in known:
            self.wrong(key, f"unknown {value!r}; known are: {', '.join(known)}")
        return value

    def app(self, key: str) -> str | None:
        """The ID of the app whose role stands there, None if the key is absent."""
        if key not in self.data:
            return None
        return APP_IDS[self.choice(key, tuple(APP_IDS), "")]
