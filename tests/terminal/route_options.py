"""What the tests of the terminal give to `setup`."""

from tests.simulator.world import PracticeWorld


def base(world: PracticeWorld) -> tuple[str, ...]:
    return ("setup", "--practice-at", world.control_url)


def by_hand(world: PracticeWorld) -> tuple[str, ...]:
    """A run in which nobody is asked: every answer is an option."""
    apps = ("--bot", world.app("primary"), "--live-chat", world.app("secondary"))
    return (*base(world), "--token-env", "PAGE_TOKEN", *apps, "--confirm-roles", "--confirm-saved")
