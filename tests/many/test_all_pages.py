"""Many Pages side by side over real HTTP: each once, each with its reason, none held up by another one's limit."""

import threading
from itertools import islice

import pytest

from tests.many.conftest import BROKEN, NO_BOT, NO_FIELD, NO_ROLE, Run, by_name, state_of
from tests.waiting import wait_until
from wizard.core.errors import ErrorKind
from wizard.words import errors

MOMENT = 1 / 60  # minutes: a second


def test_each_of_sixty_pages_comes_once_with_what_is_wrong_with_it(run: Run) -> None:
    pages = run.start()
    found = by_name(pages)
    assert len(found) == 60
    assert pages.is_complete
    assert pages.total == 60
    assert {name for name, page in found.items() if page.not_checked} == NO_ROLE | BROKEN
    assert {name for name, page in found.items() if state_of(page, "app.subscribed") == "problem"} == NO_BOT
    assert {name for name, page in found.items() if state_of(page, "app.fields") == "problem"} == NO_BOT | NO_FIELD
    well = next(page for name, page in found.items() if name not in NO_ROLE | BROKEN | NO_BOT | NO_FIELD)
    assert state_of(well, "page.task") == "ok"
    assert well.answers.bot is not None
    assert well.answers.bot.name == "Flow bot"


def test_a_page_without_a_token_and_one_with_a_broken_token_say_why(run: Run) -> None:
    found = by_name(run.start())
    no_role, broken = (found[min(names)].not_checked for names in (NO_ROLE, BROKEN))
    assert no_role is not None
    assert "lacks access to the Page" in errors.explain(no_role).title
    assert broken is not None
    assert (broken.kind, broken.code, broken.subcode) == (ErrorKind.TOKEN_REVOKED, 190, 460)
    assert all(state_of(found[name], "page.task") == "problem" for name in NO_ROLE)


def test_the_name_of_an_app_is_not_looked_up_for_every_page(run: Run) -> None:
    found = by_name(run.start(jobs=4))
    assert run.world.counts()["calls"]["GET {app}"] <= 4
    named = {page.answers.live_chat.name for page in found.values() if not page.not_checked and page.answers.live_chat}
    assert named == {"Support Desk"}
    assert {state_of(page, "roles.secondary_known") for page in found.values() if not page.not_checked} == {"ok"}


def test_a_check_of_many_pages_reads_and_changes_nothing(run: Run) -> None:
    before = run.world.world()
    list(run.start(look_at_conversations=True))
    after = run.world.world()
    assert {**before, "time": 0} == {**after, "time": 0}
    assert {call.split(" ")[0] for call in run.world.calls()} <= {"GET", "POST"}
    assert not [call for call in run.world.calls() if call.startswith("POST") and call != "POST "]


def test_a_system_users_token_opens_the_same_pages(run: Run) -> None:
    assert len(by_name(run.start(token="system_user"))) == 60


def test_pages_that_are_done_are_not_asked_again(run: Run) -> None:
    ids = run.ids()
    run.world.forget_requests()
    done = {page_id for name, page_id in ids.items() if name.endswith(("1", "2", "3"))}
    pages = run.start(done=done)
    left = {page.answers.page_id for page in pages}
    assert left == set(ids.values()) - done
    assert pages.is_complete


def test_a_page_at_its_limit_waits_while_the_others_go_on(run: Run) -> None:
    ids = run.ids()
    slow = ids["Lumen Coffee 01"]
    run.world.fault("*", "throttled", times=1, page=slow, minutes=3 * MOMENT)
    order = [page.answers.page_id for page in run.start()]
    assert len(order) == 60
    assert order[-1] == slow
    assert order.count(slow) == 1


def test_a_page_at_its_limit_is_asked_once_more_when_the_time_is_over_and_then_checked(run: Run) -> None:
    ids = run.ids()
    run.world.forget_requests()
    # The one batch that reads a token asks for "me" four times.
    run.world.fault("GET me", "throttled", times=4, page=ids["Lumen Coffee 01"], minutes=MOMENT)
    found = by_name(run.start())
    assert found["Lumen Coffee 01"].not_checked is None
    assert state_of(found["Lumen Coffee 01"], "app.subscribed") == "ok"
    assert run.world.counts()["pages"]["GET app"] == {"1": 60 - len(NO_ROLE) - 1, "2": 1}


def test_a_page_that_stays_at_its_limit_is_not_checked_and_says_why(run: Run) -> None:
    ids = run.ids()
    run.world.fault("*", "throttled", times=None, page=ids["Lumen Coffee 01"], minutes=30)
    pages = run.start()
    found = by_name(pages)
    assert len(found) == 60
    assert pages.is_complete
    stuck = found["Lumen Coffee 01"].not_checked
    assert stuck is not None
    assert (stuck.kind, stuck.code, stuck.wait) == (ErrorKind.THROTTLED, 80006, 1800.0)


@pytest.mark.parametrize("error", [{"code": 368}, {"code": 613, "subcode": 2018338}], ids=str)
def test_a_page_that_facebook_wants_left_alone_is_not_asked_again(run: Run, error: dict[str, int]) -> None:
    """Hours are meant, not minutes: the next try is the next run's."""
    ids = run.ids()
    run.world.forget_requests()
    run.world.fault("GET me/subscribed_apps", error, times=None, page=ids["Lumen Coffee 01"])
    pages = run.start()
    found = by_name(pages)
    assert (len(found), pages.is_complete) == (60, True)
    assert ErrorKind.THROTTLED in {failure.kind for failure in found["Lumen Coffee 01"].facts.failures}
    assert set(run.world.counts()["pages"]["GET me/subscribed_apps"]) == {"1"}


def test_the_apps_limit_ends_the_run_where_waiting_is_too_long(run: Run) -> None:
    pages = run.start()
    run.world.fault("GET me", "throttled", times=None, code=4, minutes=30)
    assert set(by_name(pages)) <= NO_ROLE
    assert not pages.is_complete
    assert pages.stopped_by is not None
    assert (pages.stopped_by.kind, pages.stopped_by.code) == (ErrorKind.THROTTLED, 4)
    assert pages.closed_for > 1500


def test_the_apps_limit_holds_up_all_pages_and_then_all_are_checked(run: Run) -> None:
    pages = run.start()
    run.world.fault("GET me", "throttled", times=1, code=4, minutes=MOMENT)
    assert len(by_name(pages)) == 60
    assert pages.is_complete


def test_a_list_held_up_by_a_limit_is_read_again_and_each_page_comes_once(run: Run) -> None:
    run.world.scenario_of("sixty-pages", other_pages=249)  # three parts of a hundred
    pages = run.start()
    run.world.fault("GET me/accounts", ["usage", "throttled"], times=2, code=17, minutes=MOMENT, percent=1)
    assert len(by_name(pages)) == 250
    assert pages.is_complete


def test_a_list_that_cannot_be_read_on_leaves_the_pages_listed_before(run: Run) -> None:
    run.world.scenario_of("sixty-pages", other_pages=249)
    pages = run.start()
    run.world.fault("GET me/accounts", ["usage", "error"], times=2, code=190, subcode=460, percent=1)
    assert len(by_name(pages)) == 100
    assert not pages.is_complete
    assert pages.stopped_by is not None
    assert pages.stopped_by.kind is ErrorKind.TOKEN_REVOKED


def test_without_a_network_the_run_ends_instead_of_saying_so_of_every_page(run: Run) -> None:
    run.world.scenario_of("sixty-pages", other_pages=2999)
    pages = run.start(jobs=4)
    run.world.fault("POST ", "reset", times=None)
    found = list(pages)
    assert 12 <= len(found) <= 20
    assert {page.not_checked.kind for page in found if page.not_checked} <= {
        ErrorKind.NO_CONNECTION,
        ErrorKind.PAGE_ACCESS_LOST,
    }
    assert pages.stopped_by is not None
    assert pages.stopped_by.kind is ErrorKind.NO_CONNECTION


def test_cancelling_ends_the_run_with_what_is_done(run: Run) -> None:
    run.world.scenario_of("sixty-pages", reply_delay_ms=50)
    pages = run.start(jobs=2)
    found = []
    for page in pages:
        found.append(page)
        if len(found) == 10:
            run.cancel.cancel()
    assert 10 <= len(found) < 60
    assert not pages.is_complete
    assert pages.stopped_by is None


def test_who_stops_iterating_leaves_no_thread_behind(run: Run) -> None:
    pages = iter(run.start())
    assert len(list(islice(pages, 3))) == 3
    pages.close()  # type: ignore[attr-defined]  # a generator
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("check")]


def test_what_a_thread_did_not_expect_is_raised_and_ends_the_run(run: Run) -> None:
    run.breaks_at = "Lumen Coffee 03"
    pages = run.start(jobs=2)
    with pytest.raises(ZeroDivisionError):
        list(pages)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("check")]


def test_a_limit_that_comes_near_slows_the_page_down_and_no_other(run: Run) -> None:
    ids = run.ids()
    slow = ids["Lumen Coffee 01"]
    run.world.fault("*", "usage", times=None, page=slow, percent=95)
    found = by_name(run.start(look_at_conversations=True, patience=0.0))
    held_up = {
        name
        for name, page in found.items()
        if page.facts.conversations
        and page.facts.conversations.failure
        and page.facts.conversations.failure.kind is ErrorKind.THROTTLED
    }
    assert held_up == {"Lumen Coffee 01"}


def test_several_pages_are_asked_at_the_same_time(run: Run) -> None:
    run.world.scenario_of("sixty-pages", reply_delay_ms=150)
    assert len(list(run.start(jobs=6))) == 60
    assert len(run.threads) >= 5


@pytest.mark.parametrize("jobs", [1, 64])
def test_any_number_of_jobs_finds_all_pages(run: Run, jobs: int) -> None:
    assert len(by_name(run.start(jobs=jobs))) == 60


def test_pages_held_up_are_counted_while_they_wait(run: Run) -> None:
    ids = run.ids()
    run.world.fault("*", "throttled", times=None, page=ids["Lumen Coffee 01"], minutes=5)
    pages = run.start()
    found: list[object] = []
    reading = threading.Thread(target=lambda: found.extend(pages))
    reading.start()
    try:
        wait_until(lambda: pages.held_up == 1, "a Page that waits")
        wait_until(lambda: len(found) == 59, "the other Pages")
    finally:
        run.cancel.cancel()
        reading.join(10)
    assert not pages.is_complete
