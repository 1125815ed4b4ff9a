"""How much a run of long use does: all of it in `make soak`, a sample in `make test`."""

import os
from dataclasses import dataclass

IS_SOAK = os.environ.get("HYPOTHESIS_PROFILE") == "soak"


@dataclass(frozen=True, slots=True)
class Amount:
    """rounds: each with so many tests of a handover, checks, and changes of size of every page. panel: changes of size
    of Help, and of About. hours: that seem to go by in all."""

    rounds: int
    tests: int
    checks: int
    resizes: int
    panel: int
    hours: float = 8.0


AMOUNT = Amount(25, 20, 40, 28, 700) if IS_SOAK else Amount(6, 1, 1, 3, 40)
