"""The record of Graph calls: what was asked, how often, and of which Page. It holds no secret."""

from collections import Counter, deque
from collections.abc import Iterator
from typing import Any

_OF_NO_PAGE = ""
KEPT = 5_000  # entries, unless told otherwise


class Record:
    """Entries of the newest calls, as many as `keep` says; the counts are of all of them."""

    def __init__(self) -> None:
        self._entries: deque[dict[str, Any]] = deque(maxlen=KEPT)
        self._counts: dict[str, Counter[str]] = {}  # by Page, then by the call's name
        self._total = 0

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self._entries)

    def add(self, entry: dict[str, Any], page_id: str | None) -> None:
        """page_id: of the Page token that called, None for any other token. The entry gets its number."""
        self._total += 1
        entry["number"] = self._total
        self._entries.append(entry)
        self._counts.setdefault(page_id or _OF_NO_PAGE, Counter())[entry["call"]] += 1

    def keep(self, newest: int | None) -> None:
        """Keep so many entries from now on, None for all: a long run would fill the memory."""
        self._entries = deque(self._entries, newest)

    def clear(self) -> None:
        self._entries.clear()
        self._counts.clear()
        self._total = 0

    def made_by(self, page_id: str | None) -> int:
        """Return how many calls the tokens of this Page made; None: all tokens that are no Page's."""
        return self._counts.get(page_id or _OF_NO_PAGE, Counter()).total()

    def summary(self) -> dict[str, Any]:
        """Return {"total": calls, "calls": {name: calls}, "pages": {name: {"2": Pages that made this call twice}}}."""
        calls: Counter[str] = Counter()
        pages: dict[str, Counter[str]] = {}
        for page_id, counts in self._counts.items():
            calls.update(counts)
            if page_id != _OF_NO_PAGE:
                for name, times in counts.items():
                    pages.setdefault(name, Counter())[str(times)] += 1
        return {
            "total": self._total,
            "calls": dict(calls),
            "pages": {name: dict(found) for name, found in pages.items()},
        }
