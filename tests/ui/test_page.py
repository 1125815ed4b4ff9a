"""What every page can do: long work with Stop, failures in words that stay, nothing from work that was given up."""

import threading
from dataclasses import replace

from pytestqt.qtbot import QtBot

from tests.ui import demo
from tests.ui.hands import click
from wizard.core.errors import ErrorKind, Failure, WizardError
from wizard.core.flow import StepId
from wizard.core.ports import Progress
from wizard.core.version import __version__
from wizard.core.world import World
from wizard.ui.jobs import JobContext
from wizard.ui.pages.base import StepPage
from wizard.ui.services import FailureText, Services
from wizard.ui.troubles import explainer
from wizard.ui.widgets.notice import Tone


def shown_page(qtbot: QtBot, services: Services) -> StepPage:
    page = demo.PlainPage(StepId.APPS, services)
    qtbot.addWidget(page)
    page.enter(demo.READY_FOR_TEST)
    page.show()
    return page


def test_result_of_work_reaches_the_page(qtbot: QtBot, services: Services) -> None:
    page = shown_page(qtbot, services)
    got: list[object] = []
    job = page.run(lambda job: "facts", got.append, "Reading")
    assert (page.is_busy, page.progress.isVisible()) == (True, True)
    with qtbot.waitSignal(job.finished):
        pass
    assert got == ["facts"]
    assert (page.is_busy, page.progress.isVisible()) == (False, False)


def test_progress_moves_the_bar_and_reaches_the_page(qtbot: QtBot, services: Services) -> None:
    page = shown_page(qtbot, services)
    seen: list[Progress] = []
    bar: list[tuple[int, int]] = []

    def follow(step: Progress) -> None:
        page.show_progress("Reading", step)
        seen.append(step)
        bar.append((page.progress.bar.value(), page.progress.bar.maximum()))

    def work(job: JobContext) -> object:
        report = job.to(follow)
        report(Progress("one", 1, 3))
        report(Progress("two", 2, 3))
        return None

    job = page.run(work, lambda result: None, "Reading")
    with qtbot.waitSignal(job.finished):
        pass
    assert [step.step for step in seen] == ["one", "two"]
    assert bar == [(1, 3), (2, 3)]


def test_stop_ends_the_work_and_the_page_says_so(qtbot: QtBot, services: Services) -> None:
    page, stopped = shown_page(qtbot, services), []
    job = page.run(
        lambda job: job.cancel.wait(60), lambda result: None, "Reading", on_cancel=lambda: stopped.append(True)
    )
    click(page.progress.stop_button)
    assert not page.progress.stop_button.isEnabled()
    with qtbot.waitSignal(job.finished):
        pass
    assert stopped == [True]
    assert not page.notice.isVisible()


def test_failure_is_explained_and_stays_until_cleared(qtbot: QtBot, services: Services) -> None:
    page = shown_page(qtbot, services)

    def work(job: JobContext) -> object:
        raise ValueError("secret")

    job = page.run(work, lambda result: None, "Reading")
    with qtbot.waitSignal(job.finished):
        pass
    assert page.notice.isVisible()
    assert page.notice.tone is Tone.PROBLEM
    assert page.notice.title() == "It did not work"
    for told in (page.notice.title(), "GET me: ValueError", page.title(), f"Version {__version__}"):
        assert told in page.details_text()
    page.clear_trouble()
    assert not page.notice.isVisible()
    assert not page.details_text()


def test_older_work_cannot_speak_after_newer_began(qtbot: QtBot, services: Services) -> None:
    page = shown_page(qtbot, services)
    got: list[object] = []

    def slow(job: JobContext) -> object:
        job.cancel.wait(60)
        return "old"

    old = page.run(slow, got.append, "Old")
    new = page.run(lambda job: "new", got.append, "New")
    with qtbot.waitSignals([old.finished, new.finished]):
        pass
    assert got == ["new"]
    assert not page.is_busy


def test_leaving_stops_the_work(qtbot: QtBot, services: Services) -> None:
    page = shown_page(qtbot, services)
    got: list[object] = []
    job = page.run(lambda job: job.cancel.wait(60), got.append, "Reading")
    with qtbot.waitSignal(job.finished):
        page.leave()
    assert not got


def test_work_that_ends_after_its_page_is_gone_reaches_nobody(qtbot: QtBot, services: Services) -> None:
    page = shown_page(qtbot, services)
    got: list[str] = []
    go_on = threading.Event()
    job = page.run(lambda job: "late" if go_on.wait(30) else "", got.append, "Reading")
    with qtbot.waitSignal(page.destroyed):
        page.deleteLater()
    with qtbot.waitSignal(job.finished):
        go_on.set()
    assert not got


def test_link_of_a_trouble_opens(qtbot: QtBot, services: Services, opened: list[str]) -> None:
    page = shown_page(qtbot, services)
    page.show_trouble(FailureText("Expired", "Get a new one", link="https://example.test/", link_text="Open the page"))
    click(page.notice.action_button)
    assert opened == ["https://example.test/"]


def test_where_no_browser_opens_the_link_of_a_trouble_stands_in_it(qtbot: QtBot, services: Services) -> None:
    page = shown_page(qtbot, replace(services, open_link=lambda _address: False))
    page.show_trouble(FailureText("Expired", "Get a new one", link="https://example.test/", link_text="Open the page"))
    click(page.notice.action_button)
    assert page.notice.title() == "Expired"
    assert page.notice.text() == "Get a new one Open this address yourself: https://example.test/"
    assert not page.notice.action_button.isVisible()


def test_an_expected_error_is_said_in_its_own_words() -> None:
    explain = explainer(World(), lambda: 1_790_000_000.0)
    trouble = explain(WizardError(Failure(ErrorKind.TOKEN_EXPIRED, "GET me", 190, 463, trace_id="AbC")))
    assert "expired" in trouble.title
    assert trouble.action
    assert "190/463" in trouble.details
    assert "AbC" in trouble.details


def test_the_text_of_an_unknown_error_is_not_shown() -> None:
    trouble = explainer(World(), lambda: 0.0)(RuntimeError("EAAB-secret"))
    assert "EAAB" not in " ".join((trouble.title, trouble.action, trouble.details))
    assert "RuntimeError" in trouble.details
