"""How many of the moments and places of an attack are tried."""

from hypothesis import settings

# With so many examples, as in `make soak`, all of them; else some, other ones in each test.
IS_WHOLE = settings().max_examples > 1_000


def some_of(most: int, number: int, step: int) -> range:
    """Numbers below `most`: one of each `step`, which ones goes by `number`."""
    return range(most) if IS_WHOLE else range(number % step, most, step)
