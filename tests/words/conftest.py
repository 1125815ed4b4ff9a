"""All sentences of the program, collected once."""

import pytest
import words
from babel.messages.catalog import Catalog

from tests.simulator.world import ROOT


@pytest.fixture(scope="session")
def template() -> Catalog:
    """What the translators are given."""
    return words.collect(ROOT)
