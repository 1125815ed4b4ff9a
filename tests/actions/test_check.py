"""Checking without a face: saved set-ups, files, tokens, and what is kept of them."""

from pathlib import Path

import pytest

from tests.simulator.world import PracticeWorld
from wizard.actions.check import (
    check_targets,
    check_with_token,
    list_saved,
    open_files,
    read_setup,
    saved_setups,
)
from wizard.actions.check_target import CheckStatus, CheckTarget, TargetOrigin
from wizard.actions.compressed import decompress
from wizard.actions.export import report_destination, save_facts, save_report
from wizard.actions.page_access import AccessRefused, NoAccess, pages_of
from wizard.actions.session import Session
from wizard.actions.tokens import Credentials
from wizard.core.answers import Answers
from wizard.core.cancel import CancelToken
from wizard.core.facts import App
from wizard.core.saved_file import SavedFileError
from wizard.core.secret import Secret
from wizard.core.verdict import State
from wizard.report.render import format_named


def apps_of(world: PracticeWorld) -> Answers:
    return Answers(
        page_id=world.page_id,
        page_name="Lumen Coffee",
        bot=App(world.app("primary")),
        live_chat=App(world.app("secondary")),
        saved_app_id=world.app("secondary"),
    )


def state_of(target: CheckTarget, check: str) -> State:
    assert target.result is not None
    return next(verdict.state for verdict in decompress(target.result).verdicts if verdict.check == check)


def test_a_token_checks_its_page_and_stays_usable_for_the_next_look(
    own_session: Session, world: PracticeWorld, cancel: CancelToken
) -> None:
    wanted = CheckTarget("one", TargetOrigin.TOKEN, apps_of(world))
    read = check_with_token(own_session, Secret(world.token()), None, wanted, (), False, cancel)
    (target,) = read.targets
    assert (target.status, state_of(target, "token.valid")) == (CheckStatus.IDLE, State.OK)

    started: list[str] = []
    again: list[CheckTarget] = []
    check_targets(own_session, [target], False, cancel, lambda one: started.append(one.key), again.append)
    assert started == ["one"]
    assert state_of(again[0], "token.valid") is State.OK


def test_a_token_of_another_page_checks_nothing(
    own_session: Session, world: PracticeWorld, cancel: CancelToken
) -> None:
    wanted = CheckTarget("one", TargetOrigin.TOKEN, Answers(page_id="118400007310087"))
    read = check_with_token(own_session, Secret(world.token()), None, wanted, (), False, cancel)
    assert (read.is_other_page, read.targets) == (True, ())


def test_without_a_token_a_target_says_that_it_needs_one(
    own_session: Session, world: PracticeWorld, cancel: CancelToken
) -> None:
    checked: list[CheckTarget] = []
    target = CheckTarget("one", TargetOrigin.SAVED, apps_of(world))
    check_targets(own_session, [target], False, cancel, lambda one: None, checked.append)
    assert [one.status for one in checked] == [CheckStatus.NEEDS_TOKEN]
    assert world.requests() == []


def test_what_was_seen_of_a_saved_set_up_is_there_at_the_next_start(
    own_session: Session, world: PracticeWorld, cancel: CancelToken
) -> None:
    own_session.save_setup(apps_of(world))
    (target,) = list_saved(own_session).targets
    assert target.result is None
    check_with_token(own_session, Secret(world.token()), None, target, (), False, cancel)
    (later,) = list_saved(own_session).targets
    assert later.result is not None
    assert decompress(later.result).answers.page_id == world.page_id
    assert saved_setups(own_session)[world.page_id].bot == App(world.app("primary"))


def test_files_are_what_they_hold_whatever_they_are_called(
    own_session: Session, world: PracticeWorld, cancel: CancelToken, tmp_path: Path
) -> None:
    wanted = CheckTarget("one", TargetOrigin.TOKEN, apps_of(world))
    (target,) = check_with_token(own_session, Secret(world.token()), None, wanted, (), False, cancel).targets
    assert target.result is not None
    facts, text = tmp_path / "page.json", tmp_path / "no.json"
    save_facts(facts, target.result)
    text.write_text("{}", encoding="utf-8")
    listed = open_files(own_session, [facts, text])
    assert [one.origin for one in listed.targets] == [TargetOrigin.FACTS_FILE]
    assert [error.path for error in listed.unreadable] == [text]
    with pytest.raises(SavedFileError):
        read_setup(facts)


def test_a_report_is_written_in_the_form_of_its_ending(
    own_session: Session, world: PracticeWorld, cancel: CancelToken, tmp_path: Path
) -> None:
    wanted = CheckTarget("one", TargetOrigin.TOKEN, apps_of(world))
    (target,) = check_with_token(own_session, Secret(world.token()), None, wanted, (), False, cancel).targets
    assert target.result is not None
    markdown = report_destination(str(tmp_path / "page.md"), format_named("html"))
    web_page = report_destination(str(tmp_path / "page"), format_named("html"))
    for destination in (markdown, web_page):
        save_report(destination, [target.result], 1_790_000_000.0, True, cancel)
    assert markdown.path.read_text(encoding="utf-8").startswith("#")
    assert web_page.path.name == "page.html"
    assert world.token() not in web_page.path.read_text(encoding="utf-8")


def test_a_page_token_opens_no_other_page(own_session: Session, world: PracticeWorld, cancel: CancelToken) -> None:
    given = Credentials(Secret(world.token()))
    with pytest.raises(AccessRefused) as refused:
        list(pages_of(own_session, given, (), "118400007310087", lambda pages: pages[0].id, cancel))
    assert refused.value.why is NoAccess.OTHER_PAGE


def test_a_persons_token_opens_the_page_that_is_chosen(
    own_session: Session, world: PracticeWorld, cancel: CancelToken
) -> None:
    world.scenario("sixty-pages")
    given = Credentials(Secret(world.token("user")))
    offered: list[str] = []

    def choose(pages: object) -> str:
        offered.append(str(pages))
        return world.page_id

    (access,) = pages_of(own_session, given, (), "", choose, cancel)
    assert (access.page_id, access.graph is not None, len(offered)) == (world.page_id, True, 1)
