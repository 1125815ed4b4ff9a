"""The installed program on a real display, from Welcome to Finished, with mouse, keyboard and a real browser."""

import pytest

from tests.e2e import route
from tests.e2e.browser import Browser
from tests.e2e.conftest import OpenProgram
from tests.simulator.world import PracticeWorld

pytestmark = pytest.mark.e2e


def test_a_new_page_is_set_up_and_its_handover_tested(
    open_program: OpenProgram, browser: Browser, new_page: PracticeWorld
) -> None:
    with open_program() as screen:
        route.set_up(screen, browser, new_page)
        print("\n".join(screen.actions))
