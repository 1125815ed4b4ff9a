"""Tokens that this process still holds: what is gone from here nobody can take any more."""

import gc
import re
from collections.abc import Iterator

from tests.simulator.world import PracticeWorld

TOKEN = re.compile(r"EAA[A-Za-z0-9]{40,}")


def tokens_in_memory(world: PracticeWorld) -> set[str]:
    """All tokens in any text that anything refers to, without those that the practice world began with."""
    gc.unfreeze()  # what was set aside holds texts, too
    gc.collect()
    found: set[str] = set()
    for thing in gc.get_objects():
        for text in _texts(thing):
            found.update(TOKEN.findall(text))
    return found - set(world.start["tokens"].values())


def _texts(thing: object) -> Iterator[str]:
    for referent in gc.get_referents(thing):
        if isinstance(referent, str):
            yield referent
        elif isinstance(referent, (bytes, bytearray)):
            yield referent.decode("latin-1")
