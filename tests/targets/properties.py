"""How often a property is tried, and what the property tests of all formats share."""

import hypothesis
from hypothesis import strategies as st

from tests.conftest import USUAL_EXAMPLES

NEW = "263902037430900"
APP_IDS = st.from_regex(r"[0-9]{5,20}", fullmatch=True)
NEWLINES = st.sampled_from(["\n", "\r\n"])
# Words with what upsets parsers; no two of them differ in capitals alone, which INI would take for one.
WORDS = st.text(st.sampled_from("abcxyz019_ äß€Ω#;:=,.'/-"), max_size=10)
NAMES = st.from_regex(r"[a-z][a-z0-9_-]{0,6}", fullmatch=True)


def examples(usual: int, soak: int = 0) -> hypothesis.settings:
    """More than usual where each takes little time; `make soak` asks for more still, soak at least, `make quick` for
    few of all."""
    wanted = hypothesis.settings().max_examples
    if wanted < USUAL_EXAMPLES:
        return hypothesis.settings(max_examples=wanted)
    return hypothesis.settings(max_examples=max(usual, wanted, soak if wanted > USUAL_EXAMPLES else 0))
