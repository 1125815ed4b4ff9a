"""Logging in with Facebook without a face: what is known of the token, and what is kept of it."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from tests.actions.facebook_log_in import Owner, in_browser, with_code
from tests.simulator.world import PracticeWorld, request
from tests.waiting import wait_until
from wizard.actions.browser_log_in import find_log_in_file, log_in_with, not_given
from wizard.actions.log_in import PageNotOpened, choose_page, open_token
from wizard.actions.own_app import NoAppId, log_in_file
from wizard.actions.session import Session
from wizard.actions.token_sources import RememberedTokenSource, TokenSource, pasted_token
from wizard.actions.tokens import Opened
from wizard.core.answers import Answers, TokenOwner, with_changes
from wizard.core.cancel import CancelToken
from wizard.core.clock import SystemClock
from wizard.core.errors import ErrorKind, WizardError
from wizard.core.facts import App, Page
from wizard.core.secret import Secret
from wizard.core.token_life import is_near_end
from wizard.words.errors import explain
from wizard.words.log_in import lacks, why_not

HOUR = 3600.0


def first(pages: Sequence[Page]) -> str:
    return pages[0].id


def page_of(session: Session, source: TokenSource, cancel: CancelToken) -> Opened:
    person = open_token(session, source, cancel)
    return choose_page(session, person, "", first, cancel)


def test_no_pages_end_is_known_of_an_address_that_was_pasted_unless_its_token_lasts(
    own_session: Session, world: PracticeWorld, cancel: CancelToken
) -> None:
    token = world.token("user")
    lasting = pasted_token(f"https://a.example/#access_token={'EAA' + 'x' * 60}&long_lived_token={token}")
    life = page_of(own_session, lasting, cancel).facts.life
    assert life is not None
    assert life.value is not None
    assert life.value.ends_at == 0
    short = pasted_token(f"https://a.example/#access_token={token}&expires_in=5183")
    assert page_of(own_session, short, cancel).facts.life is None


# What else goes on.


def test_two_log_ins_at_once_get_each_its_own_answer(
    own_session: Session, world: PracticeWorld, cancel: CancelToken
) -> None:
    source = in_browser(own_session, world, cancel)
    away = Owner(world, is_away=True)
    waiting = replace(source, screen=away)
    with ThreadPoolExecutor(2) as pool:
        first_one = pool.submit(waiting.fetch)
        wait_until(lambda: bool(away.addresses), "the first dialog")
        second_one = pool.submit(source.fetch).result(30)
        assert not first_one.done()
        world.instruct("log_in", away.addresses[0])
        assert first_one.result(30).secret != second_one.secret


@pytest.mark.parametrize("wrong", [-86_400.0, 86_400.0])
def test_a_clock_that_is_wrong_by_a_day_is_no_obstacle(
    own_session: Session, world: PracticeWorld, cancel: CancelToken, wrong: float
) -> None:
    own_session.clock = WrongClock(wrong)
    source = in_browser(own_session, world, cancel, log_in={"long_lived": False})
    life = page_of(own_session, source, cancel).facts.life
    assert life is not None
    assert life.value is not None
    assert abs(life.value.ends_at - (world.world()["time"] + 2 * HOUR)) < 120
    assert not is_near_end(life, life.at)


@pytest.mark.parametrize(("times", "is_in"), [(2, True), (None, False)])
def test_a_network_that_drops_for_a_moment_costs_nobody_the_code(
    own_session: Session, world: PracticeWorld, cancel: CancelToken, times: int | None, is_in: bool
) -> None:
    source = with_code(own_session, world, cancel)
    world.fault("POST device/login_status", "reset", times=times)
    if is_in:
        assert page_of(own_session, source, cancel).page_id == world.page_id
        return
    with pytest.raises(WizardError) as refused:
        source.fetch()
    assert refused.value.kind is ErrorKind.NO_CONNECTION
    assert world.counts()["calls"]["POST device/login_status"] == 3


class WrongClock(SystemClock):
    """Of a computer that was set wrongly. by: seconds."""

    def __init__(self, by: float) -> None:
        self._by = by

    def now(self) -> float:
        return super().now() + self._by


# What Facebook refuses.


@pytest.mark.parametrize(
    ("error", "pasted", "kind"),
    [
        ({"code": 190}, False, ErrorKind.LOG_IN_UNREADABLE),
        ({"code": 190, "subcode": 463}, False, ErrorKind.LOG_IN_ENDED),
        ({"code": 190, "subcode": 458}, False, ErrorKind.LOG_IN_ENDED),
        ({"code": 190}, True, ErrorKind.TOKEN_MALFORMED),
        ({"code": 190, "subcode": 463}, True, ErrorKind.TOKEN_EXPIRED),
    ],
)
def test_whoever_logged_in_is_not_told_to_copy_a_token(
    own_session: Session,
    world: PracticeWorld,
    cancel: CancelToken,
    error: dict[str, int],
    pasted: bool,
    kind: ErrorKind,
) -> None:
    source = pasted_token(world.token("user")) if pasted else in_browser(own_session, world, cancel)
    world.fault("POST ", error, times=None)
    world.fault("GET me", error, times=None)
    with pytest.raises(WizardError) as refused:
        open_token(own_session, source, cancel)
    assert refused.value.kind is kind
    if not pasted:  # a check reads the permissions first
        world.forget_faults()
        given = source.fetch()
        world.fault("GET me/permissions", error, times=None)
        with pytest.raises(WizardError) as refused:
            not_given(own_session, given, cancel)
        assert refused.value.kind is kind


def test_a_client_token_that_facebook_refuses_is_a_file_without_a_code(
    own_session: Session, world: PracticeWorld, cancel: CancelToken
) -> None:
    source = with_code(own_session, world, cancel)
    wrong = replace(source, file=replace(source.file, client_token=Secret("f" * 32)))
    with pytest.raises(WizardError) as refused:
        wrong.fetch()
    assert refused.value.kind is ErrorKind.LOG_IN_WITHOUT_CODE
    assert explain(refused.value.failure).action == "Log in in the browser instead."


@pytest.mark.parametrize("habit", ["cancels", "allows"])
def test_the_browser_is_not_told_that_one_is_logged_in(
    own_session: Session, world: PracticeWorld, cancel: CancelToken, habit: str
) -> None:
    """Nobody knows that yet: the answer may be a refusal, or a token of another app."""
    shown: list[str] = []

    class Browser(Owner):
        def go_to(self, address: str) -> None:
            state = parse_qs(urlsplit(address).query)["state"][0]
            answer = {"error": "access_denied"} if habit == "cancels" else {"access_token": world.token("user")}
            form = {"fragment": urlencode({**answer, "state": state})}
            port = state.rpartition(".")[2]
            shown.append(request("POST", f"http://127.0.0.1:{port}/in", form=form).text)

    source = replace(in_browser(own_session, world, cancel), screen=Browser(world))
    if habit == "cancels":
        with pytest.raises(WizardError):
            source.fetch()
    else:
        source.fetch()
    (page,) = shown
    assert "Facebook’s answer has arrived" in page
    assert "You are logged in" not in page


# What was given.


@pytest.mark.parametrize("status", [400, 503])
def test_a_log_in_goes_on_where_facebook_does_not_tell_the_permissions(
    own_session: Session, world: PracticeWorld, cancel: CancelToken, status: int
) -> None:
    source = in_browser(own_session, world, cancel)
    credentials = source.fetch()
    world.fault("GET me/permissions", {"status": status, "code": 100 if status == 400 else 2}, times=None)
    if status == 400:
        assert not_given(own_session, credentials, cancel) == {}
    else:
        with pytest.raises(WizardError):
            not_given(own_session, credentials, cancel)


def test_each_permission_is_granted_declined_or_was_never_offered(
    own_session: Session, world: PracticeWorld, cancel: CancelToken
) -> None:
    source = in_browser(own_session, world, cancel, owner={"declines": ["pages_messaging"]})
    source = replace(source, file=replace(source.file, scopes=("pages_show_list", "pages_messaging")))
    missing = log_in_with(own_session, source, cancel).missing
    assert missing == {"pages_manage_metadata": "absent", "pages_messaging": "declined"}
    text, action = lacks(missing)
    assert "not given: pages_messaging." in text
    assert "did not offer these permissions for this app: pages_manage_metadata." in text
    assert action == "Log in again and leave everything ticked."
    assert "log-in file" in lacks({"pages_messaging": "absent"})[1]


def test_a_log_in_without_a_page_is_told_apart_from_one_whose_pages_cannot_be_used(
    own_session: Session, world: PracticeWorld, cancel: CancelToken
) -> None:
    with pytest.raises(PageNotOpened) as empty:
        page_of(own_session, in_browser(own_session, world, cancel, owner={"ticks": False}), cancel)
    assert empty.value.pages == ()
    person = open_token(own_session, in_browser(own_session, world, cancel, other_pages=7), cancel)
    with pytest.raises(PageNotOpened) as refused:
        choose_page(own_session, person, "", lambda pages: next(page.id for page in pages if not page.usable), cancel)
    assert len(refused.value.pages) == 8
    assert {why_not(page) for page in refused.value.pages if not page.usable} == {
        "Your role on this Page is too small: ask for access to messages"
    }
    assert why_not(Page("1")) == ""
    assert "gave no token" in why_not(Page("1", usable=False))


# An app of the owner's own.


def test_an_app_of_ones_own_needs_no_more_than_its_id(
    own_session: Session, world: PracticeWorld, cancel: CancelToken
) -> None:
    source = in_browser(own_session, world, cancel)
    world.scenario("development-mode")
    own = replace(source, file=log_in_file(f"App ID: {world.app('primary')}"))
    opened = page_of(own_session, own, cancel)
    assert (opened.page_id, opened.app and opened.app.id) == (world.page_id, world.app("primary"))
    with pytest.raises(NoAppId):
        log_in_file("my app")


def test_a_code_needs_a_file_that_allows_it(own_session: Session, world: PracticeWorld) -> None:
    without = "\n".join(line for line in own_session.world.log_in.splitlines() if "client_token" not in line)
    own_session.world = own_session.world._replace(log_in=without)
    with pytest.raises(WizardError) as refused:
        find_log_in_file(own_session, "practice", needs_code=True)
    assert refused.value.kind is ErrorKind.LOG_IN_WITHOUT_CODE


# How long it lives.


def test_a_short_log_in_gives_a_page_token_that_ends_with_it(
    own_session: Session, world: PracticeWorld, cancel: CancelToken
) -> None:
    source = in_browser(own_session, world, cancel, log_in={"long_lived": False, "hours": 2})
    life = page_of(own_session, source, cancel).facts.life
    assert life is not None
    assert life.value is not None
    assert life.value.ends_at - life.at == 2 * HOUR
    assert abs(life.at - world.world()["time"]) < 120, "by Facebook's clock"


@pytest.mark.parametrize("log_in", [in_browser, with_code], ids=["browser", "code"])
def test_a_lasting_log_in_gives_a_page_token_without_a_last_day(
    own_session: Session, world: PracticeWorld, cancel: CancelToken, log_in: Callable[..., TokenSource]
) -> None:
    opened = page_of(own_session, log_in(own_session, world, cancel), cancel)
    assert opened.facts.life is not None
    assert opened.facts.life.value is not None
    assert opened.facts.life.value.ends_at == 0


def test_it_is_known_by_name_in_this_run_and_gone_with_another_token_of_that_name(
    own_session: Session, world: PracticeWorld, cancel: CancelToken
) -> None:
    opened = page_of(own_session, in_browser(own_session, world, cancel, log_in={"long_lived": False}), cancel)
    name = own_session.tokens.name_of(opened)
    own_session.tokens.keep(opened, remember=False)
    again = open_token(own_session, RememberedTokenSource(own_session.tokens, name), cancel)
    assert again.facts.life == opened.facts.life
    assert is_near_end(again.facts.life, opened.facts.identity.at + 1.9 * HOUR)
    own_session.tokens.keep(open_token(own_session, pasted_token(world.token("page")), cancel), remember=False)
    assert own_session.tokens.life_of(name) is None


def test_a_log_in_that_has_ended_is_told_apart_from_a_dead_token_of_the_bot(
    own_session: Session, world: PracticeWorld, cancel: CancelToken
) -> None:
    opened = page_of(own_session, in_browser(own_session, world, cancel, log_in={"long_lived": False}), cancel)
    own_session.tokens.keep(opened, remember=False)
    world.clock(3 * HOUR)
    source = RememberedTokenSource(own_session.tokens, own_session.tokens.name_of(opened))
    try:
        failure = open_token(own_session, source, cancel).facts.identity.failure
    except WizardError as error:
        failure = error.failure
    assert failure is not None
    assert failure.kind is ErrorKind.LOG_IN_ENDED


def test_logging_in_again_loses_no_setting(own_session: Session, world: PracticeWorld, cancel: CancelToken) -> None:
    source = in_browser(own_session, world, cancel, log_in={"long_lived": False})
    answers = own_session.accept(page_of(own_session, source, cancel), Answers(started=True))
    apps = App(world.app("primary"), "Flow bot"), App(world.app("secondary"), "Support Desk")
    answers = with_changes(answers, token_owner=TokenOwner.BOT, bot=apps[0], live_chat=apps[1])
    answers = with_changes(answers, roles_confirmed=frozenset({"done"}))
    source = in_browser(own_session, world, cancel, log_in={"long_lived": False})
    again = own_session.accept(page_of(own_session, source, cancel), answers)
    assert again == answers
