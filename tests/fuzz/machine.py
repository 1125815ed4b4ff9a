"""Owner, Facebook, bot, live chat, customer, another computer, crashes and clock, in any order; and what must hold."""

from collections.abc import Callable

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from tests.fuzz.wizards import DEEDS, MOVES_CONTROL, Break, Ended, Script, Stage, Wizard
from tests.simulator.world import PracticeWorld
from wizard.core.facts import Control
from wizard.core.trial_result import RestoreResult, TrialOutcome

_CALLS = st.integers(1, 10) | st.integers(1, 24)
_BY_ITSELF = st.dictionaries(_CALLS, st.sampled_from(sorted(DEEDS)), max_size=3)
_BREAKS = st.one_of(
    st.just(Break()),
    st.builds(Break, dies_before=_CALLS),
    st.builds(Break, dies_after=_CALLS),
    st.builds(Break, stops=_CALLS),
)


def machine_for(world: PracticeWorld) -> type[RuleBasedStateMachine]:
    """Return a machine that plays in this world, over and over from its start."""
    stage = Stage(world)
    stage.set_up("primary")
    wizards = (Wizard(stage, "first"), Wizard(stage, "second"))

    class Handovers(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.owners_at_start: set[str | None] = set()
            self.moved_by_world = False

        @initialize(
            start=st.sampled_from(("primary", "nobody", "secondary", "third")),
            saved=st.sampled_from(("secondary", "secondary", "third", "")),
        )
        def begin(self, start: str, saved: str) -> None:
            stage.set_up(start, saved)
            for wizard in wizards:
                wizard.forget()

        @rule(deed=st.sampled_from(sorted(DEEDS)))
        def world_moves(self, deed: str) -> None:
            self._do(deed)

        @rule(at=_BREAKS, deeds=_BY_ITSELF, agrees=st.booleans(), with_part_a=st.booleans())
        def first_tests(self, at: Break, deeds: dict[int, str], agrees: bool, with_part_a: bool) -> None:
            before = {number: self._later(deed) for number, deed in deeds.items()}
            self._judge(wizards[0], lambda: wizards[0].test(Script(before, at, agrees, with_part_a)))

        @rule(call=_CALLS, at=_BREAKS, others=_BREAKS)
        def both_test(self, call: int, at: Break, others: Break) -> None:
            """The other computer tests while the first is before this call."""

            def other() -> None:
                self._judge(wizards[1], lambda: wizards[1].test(Script(at=others)))

            self._judge(wizards[0], lambda: wizards[0].test(Script({call: other}, at)), alone=False)

        @rule(at=_BREAKS, deeds=_BY_ITSELF, agrees=st.booleans(), number=st.integers(0, 1))
        def one_recovers(self, at: Break, deeds: dict[int, str], agrees: bool, number: int) -> None:
            before = {call: self._later(deed) for call, deed in deeds.items()}
            self._judge(wizards[number], lambda: wizards[number].recover(Script(before, at, agrees)))

        def teardown(self) -> None:
            """Nothing fails any more: both bring back what they left, and no conversation is with the wrong app."""
            world.forget_faults()
            DEEDS["bot is default"](stage)
            for _again in range(2):
                for wizard in wizards:
                    if wizard.entries:
                        _restored_is_true(stage, wizard.recover(Script()))
            for wizard in wizards:
                assert not wizard.entries, f"{wizard.name} cannot bring back: {wizard.entries}"
            if stage.moves and stage.moves[-1].by in ("first", "second", "asked"):
                allowed = self.owners_at_start | {None, world.app("primary")}
                assert world.owner_of() in allowed, (stage.role(world.owner_of()), stage.moves)

        def _do(self, deed: str) -> None:
            self.moved_by_world |= deed in MOVES_CONTROL
            stage.does(deed)

        def _later(self, deed: str) -> Callable[[], None]:
            return lambda: self._do(deed)

        def _judge(self, wizard: Wizard, act: Callable[[], Ended], alone: bool = True) -> None:
            had_entries = bool(wizard.entries)
            self.moved_by_world = False
            run = act()
            readings = [reading for result in run.results for reading in result.readings[:1]]
            if run.how != "refused" and not had_entries:
                self.owners_at_start |= {run.start, *(reading.app_id for reading in readings if reading.app_id)}
            assert not run.wrong, run.wrong
            if not self.moved_by_world and alone:
                _restored_is_true(stage, run)
            _passed_only_by_the_bot(stage, run, wizard, alone and not self.moved_by_world)
            if run.how != "died" and not had_entries:
                _nothing_left_silently(stage, run, wizard)

    return Handovers


def _passed_only_by_the_bot(stage: Stage, run: Ended, wizard: Wizard, alone: bool) -> None:
    """That the live chat got it is no proof: somebody else than this wizard must have given it. Facebook does not tell
    who; where nobody else was at work, it was the bot, for the tester asked for a human."""
    for result in run.results:
        if result.outcome in (TrialOutcome.BOT_HANDED_OVER, TrialOutcome.TALKS_ON):
            arrived = [move.by for move in run.moves if move.after == stage.world.app("secondary")]
            assert [by for by in arrived if by != wizard.name], run
            assert not alone or "asked" in arrived, run


def _restored_is_true(stage: Stage, run: Ended) -> None:
    """Where a recovery says that it is back, it is with whoever had it at the start."""
    for entry, end in run.restored:
        if end.result is RestoreResult.BACK and entry.start is not Control.HIDDEN:
            now = stage.world.owner_of()
            assert now == (entry.start_app_id or None) or (not entry.start_app_id and now == entry.bot.id), run


def _nothing_left_silently(stage: Stage, run: Ended, wizard: Wizard) -> None:
    """Where a run moved the conversation last, it is back, or an entry is open."""
    mine = (wizard.name, "asked")
    if wizard.entries or not run.moves or run.moves[-1].by not in mine:
        return
    readings = [reading for result in run.results for reading in result.readings]
    seen = readings[0] if readings else None
    now = run.moves[-1].after
    bot = stage.world.app("primary")
    start = seen.app_id if seen is not None and seen.control is Control.APP else run.start
    if now == start or (start is None and now == bot):
        return
    is_idle = now is None and any(
        end.result is RestoreResult.IDLE for end in [*run.ends, *(result.ended for result in run.results)]
    )
    was_hidden = seen is not None and seen.control is Control.NOTHING and now in (None, bot)
    assert is_idle or was_hidden, f"left with {stage.role(now)}, not {stage.role(start)}: {run}"
