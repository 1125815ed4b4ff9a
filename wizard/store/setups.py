"""Saved set-ups: what was set up, so that it can be checked later. Fit to be sent to support: no secrets, and of the
places of the App ID neither folder nor address."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from wizard.core.answers import Answers, SavedHow, TestOutcome
from wizard.core.facts import App
from wizard.core.products import Product
from wizard.core.saved_file import SETUP_ENDING, SavedFileError, SavedFileProblem, plain_id
from wizard.core.target import TargetChoice
from wizard.core.trial_result import TrialResult
from wizard.core.world import World
from wizard.store.facts_validation import validate
from wizard.store.saved import load, save_keeping

KIND = "handover-setup"


@dataclass(frozen=True, slots=True)
class Setup:
    """One set-up. saved_at: Unix seconds. app_id: the App ID that was saved in the bot's settings, "" if none was.
    graph: Facebook's address in the world it was made in; a test in one practice world proves nothing in the next.
    roles_confirmed, bot_product, live_chat_product: as in Answers, to go on with it."""

    page_id: str
    page_name: str
    bot: App
    live_chat: App
    saved_at: float
    target: TargetChoice | None = None
    more_targets: tuple[TargetChoice, ...] = ()
    app_id: str = ""
    saved_how: SavedHow | None = None
    read_back_at: float = 0.0
    test: TestOutcome | None = None
    test_skipped_because: str = ""
    tests: tuple[TrialResult, ...] = ()
    graph: str = World().graph
    roles_confirmed: tuple[str, ...] = ()
    bot_product: Product | None = None
    live_chat_product: Product | None = None


def setup_of(answers: Answers, now: float) -> Setup | None:
    """Return the set-up the answers tell, None as long as Page, bot or live chat is missing. now: Unix seconds."""
    if not answers.page_id or answers.bot is None or answers.live_chat is None:
        return None
    return Setup(
        page_id=answers.page_id,
        page_name=answers.page_name,
        bot=answers.bot,
        live_chat=answers.live_chat,
        saved_at=now,
        target=answers.target.without_place() if answers.target else None,
        more_targets=tuple(target.without_place() for target in answers.more_targets),
        app_id=answers.saved_app_id,
        saved_how=answers.saved_how,
        read_back_at=answers.read_back_at,
        test=answers.test,
        test_skipped_because=answers.test_skipped_because,
        tests=answers.tests,
        roles_confirmed=tuple(sorted(answers.roles_confirmed)),
        bot_product=answers.bot_product,
        live_chat_product=answers.live_chat_product,
    )


@dataclass(frozen=True, slots=True)
class SavedSetups:
    """setups: newest first, with their files. unreadable: the other files, each with what is wrong."""

    setups: Sequence[tuple[Path, Setup]]
    unreadable: Sequence[SavedFileError]


class SetupFolder:
    """The saved set-ups of this computer: one for each Page. folder: e.g. `Places().setups`. graph: the Graph address
    of the world in use; set-ups of another world are not listed."""

    def __init__(self, folder: Path, graph: str = World().graph) -> None:
        self._folder, self._graph = folder, graph

    def list(self) -> SavedSetups:
        found: list[tuple[Path, Setup]] = []
        unreadable: list[SavedFileError] = []
        for path in sorted(self._folder.glob(f"*{SETUP_ENDING}")):
            try:
                setup = load_setup(path)
            except SavedFileError as error:
                unreadable.append(error)
            else:
                found.extend([(path, setup)] if setup.graph == self._graph else [])
        return SavedSetups(sorted(found, key=lambda item: item[1].saved_at, reverse=True), unreadable)

    def save(self, setup: Setup) -> Path:
        """Save the set-up in place of an earlier one of the same Page and return its file. Raises OSError."""
        path = self._folder / f"{plain_id(setup.page_id)}{SETUP_ENDING}"
        save_setup(path, replace(setup, graph=self._graph))
        return path


def load_setup(path: Path) -> Setup:
    """Read a set-up, from this computer or sent by somebody. Raises SavedFileError."""
    setup = load(path, Setup, KIND)
    if place := validate(setup, "$.content"):
        raise SavedFileError(SavedFileProblem.DAMAGED, path, place)
    return setup


def save_setup(path: Path, setup: Setup, like: Path | None = None) -> None:
    """Write a set-up; what a newer program added to the file stays. like: where it was read from, if elsewhere.

    Raises OSError."""
    save_keeping(path, setup, KIND, like)


def answers_of(setup: Setup) -> Answers:
    """The answers that a set-up tells, to check it by."""
    return Answers(
        started=True,
        page_id=setup.page_id,
        page_name=setup.page_name,
        bot=setup.bot,
        live_chat=setup.live_chat,
        target=setup.target,
        more_targets=setup.more_targets,
        saved_app_id=setup.app_id,
        saved_how=setup.saved_how,
        read_back_at=setup.read_back_at,
        test=setup.test,
        test_skipped_because=setup.test_skipped_because,
        tests=setup.tests,
    )
