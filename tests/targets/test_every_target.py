"""The contract of `wizard.targets.base`, run against every target there is: each file format, a settings API written
with each method, and the guided paste. What only files or only APIs promise stands in their own modules."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.simulator.world import PracticeWorld
from tests.targets.http_bot import NEW, OLD, TEMPLATE, HttpBot, http_bot
from tests.targets.test_contract import CASES, Bot, Case, check_every_death
from wizard.core.target import TargetChoice, TargetError, TargetProblem
from wizard.core.world import World
from wizard.targets.base import Target
from wizard.targets.choose import target_for
from wizard.targets.http_shape import Method
from wizard.targets.presets import load_presets


@dataclass(frozen=True)
class Place:
    """content: all that stands there, b"" where nobody can see it. change: as somebody else would. deaths: kills a
    process of its own at each operation of a write, and returns what stood there after each."""

    target: Callable[[], Target]
    content: Callable[[], bytes]
    change: Callable[[], None]
    deaths: Callable[[], list[bytes]]
    is_by_hand: bool = False


def file_place(case: Case, folder: Path) -> Place:
    (folder / "bot").mkdir()
    file = folder / "bot" / case.name
    file.write_bytes(case.whole)
    bot = Bot(case, file, folder / "state")

    def deaths() -> list[bytes]:
        held = check_every_death(bot, "apply", case.whole, case.whole.replace(OLD.encode(), NEW.encode()), NEW)
        return [content or b"" for content in held]

    return Place(bot.target, file.read_bytes, lambda: _append(file), deaths)


def _append(file: Path) -> None:
    file.write_bytes(file.read_bytes() + b"\n")


# Dies before or after the request whose number it is given; writes "done" where it came to its end.
DIES = """
import os, signal, sys
from wizard.core.cancel import CancelToken
from wizard.core.secret import Secret
from wizard.targets.http_api import HttpTarget
from wizard.targets.http_shape import Api, Method
from wizard.web.session import HttpSession

url, method, pointer, template, number, when = sys.argv[1:]
send, count = HttpSession.send, 0

def counted(self, *arguments, **options):
    global count
    count += 1
    if count == int(number) and when == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    reply = send(self, *arguments, **options)
    if count == int(number):
        os.kill(os.getpid(), signal.SIGKILL)
    return reply

api = Api(url, Method(method), pointer, template, private_ok=True)
target = HttpTarget(api, Secret(os.environ["KEY"]), CancelToken())
plan = target.plan("538127490663815")
HttpSession.send = counted
target.apply(plan)
print("done")
"""


def http_place(bot: HttpBot) -> Place:
    before = bot.document()

    def change() -> None:
        bot.put(bot.document().replace(OLD.encode(), b"777777777777").replace(NEW.encode(), b"777777777777"))

    def deaths() -> list[bytes]:
        found, number, is_done = [], 1, False
        while not is_done:
            for when in ("before", "after"):
                api = (bot.api.url, str(bot.api.method), bot.api.pointer, bot.api.template)
                done = subprocess.run(
                    [sys.executable, "-c", DIES, *api, str(number), when],
                    env={"KEY": bot.key},
                    capture_output=True,
                    text=True,
                    timeout=60,
                )
                is_done = "done" in done.stdout
                found.append(bot.document())
                bot.put(before)
            number += 1
        return found

    return Place(bot.target, bot.document, change, deaths)


def guided_place(folder: Path) -> Place:
    def target() -> Target:
        return target_for(TargetChoice("flow-ai"), load_presets(), World(), folder)

    return Place(target, lambda: b"", lambda: None, lambda: [b""], is_by_hand=True)


KINDS = [*(case.preset for case in CASES), "http-put", "http-patch", "http-post-template", "guided"]


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    kind: str = request.param
    if kind == "guided":
        return guided_place(tmp_path)
    if kind.startswith("http"):
        world: PracticeWorld = request.getfixturevalue("world")
        method = Method(kind.split("-")[1].upper())
        return http_place(http_bot(world, method, TEMPLATE if kind.endswith("template") else ""))
    return file_place(next(case for case in CASES if case.preset == kind), tmp_path)


class TestEveryTarget:
    def test_a_plan_changes_nothing(self, place: Place) -> None:
        before = place.content()
        plan = place.target().plan(NEW)
        assert plan.app_id == NEW
        assert plan.is_guided is place.is_by_hand
        assert [(change.old, change.new) for change in plan.changes] == ([] if place.is_by_hand else [(OLD, NEW)])
        assert place.content() == before

    def test_after_it_is_applied_the_value_is_read_back_and_the_next_plan_is_empty(self, place: Place) -> None:
        target = place.target()
        applied = target.apply(target.plan(NEW))
        assert applied.app_id == NEW
        assert applied.by_person is place.is_by_hand
        assert place.target().read_back() == (None if place.is_by_hand else NEW)
        assert place.target().plan(NEW).is_empty is not place.is_by_hand
        assert applied.can_undo is not place.is_by_hand

    def test_an_empty_plan_does_nothing(self, place: Place) -> None:
        place.target().apply(place.target().plan(NEW))
        before = place.content()
        again = place.target().apply(place.target().plan(NEW))
        assert not again.can_undo
        assert place.content() == before

    def test_undo_restores_byte_for_byte(self, place: Place) -> None:
        before = place.content()
        applied = place.target().apply(place.target().plan(NEW))
        place.target().undo(applied)
        assert place.content() == before
        assert place.target().read_back() == (None if place.is_by_hand else OLD)

    def test_what_changed_since_the_plan_is_left_alone(self, place: Place) -> None:
        target = place.target()
        plan = target.plan(NEW)
        place.change()
        theirs = place.content()
        if not place.is_by_hand:
            with pytest.raises(TargetError) as raised:
                target.apply(plan)
            assert raised.value.problem is TargetProblem.CHANGED_SINCE
        assert place.content() == theirs

    def test_undo_leaves_alone_what_changed_since_the_write(self, place: Place) -> None:
        applied = place.target().apply(place.target().plan(NEW))
        place.change()
        theirs = place.content()
        if not place.is_by_hand:
            with pytest.raises(TargetError) as raised:
                place.target().undo(applied)
            assert raised.value.problem is TargetProblem.CHANGED_SINCE
        assert place.content() == theirs

    def test_nothing_but_an_app_id_is_taken(self, place: Place) -> None:
        before = place.content()
        for text in ("", "12a45", "EAAGtoken", "1234", "1" * 21):
            with pytest.raises(TargetError) as raised:
                place.target().plan(text)
            assert raised.value.problem is TargetProblem.BAD_APP_ID
        assert place.content() == before

    @pytest.mark.slow
    def test_a_crash_at_any_operation_of_the_write_leaves_the_old_or_the_new_and_never_a_mixture(
        self, place: Place
    ) -> None:
        before = place.content()
        deaths = place.deaths()
        assert set(deaths) == {before, before.replace(OLD.encode(), NEW.encode())}
