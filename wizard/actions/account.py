"""All Pages of a person's or system user's token, checked side by side. Nothing is changed.

One thread lists the Pages, some check them, and results are handed out as they come. What waits between them is
bounded: beside the IDs of the Pages seen, which keep a Page from being checked twice, nothing grows with their number.
"""

import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice

from wizard.actions.session import Session
from wizard.actions.tokens import Opened
from wizard.checks.page import check_page, evaluate, reevaluate
from wizard.core.answers import Answers
from wizard.core.cancel import Cancelled, CancelToken
from wizard.core.checked import CheckedPage
from wizard.core.delay_queue import DelayQueue
from wizard.core.errors import ErrorKind, Failure, WizardError
from wizard.core.explain.error_rules import may_help_later
from wizard.core.facts import Facts, Page, Reading
from wizard.core.fetch import OF_EACH_OF_MANY
from wizard.core.verdict import State
from wizard.graph.client import GraphClient
from wizard.graph.rate_limiter import LOOK_AGAIN, RateLimiter
from wizard.store.progress import ResumeFile as ResumeFile

MOST_JOBS = 64  # connections that are kept open to one host
_CALL = "GET me/accounts"
_MOST_WAITING = 500  # Pages that wait until a limit lets them; then no new ones are begun
_LOOK = 0.2  # seconds between two looks whether to stop
_APP_LIMITS = frozenset({4, 17})  # codes of the limits of app and person: they concern every call (Graph API)
__all__ = ["AccountCheckOptions", "AllPages", "ResumeFile", "checked_before", "resume_file", "unusable"]
_NETWORK = frozenset({ErrorKind.NO_CONNECTION, ErrorKind.NO_ANSWER, ErrorKind.CERTIFICATE, ErrorKind.PROXY_KIND})


@dataclass(frozen=True, slots=True)
class AccountCheckOptions:
    """How to go about it. jobs: Pages at once, 1 to MOST_JOBS. patience: seconds that a limit of Facebook may hold a
    Page up before it counts as not checked. conversations: how many of each Page are looked at, if any."""

    jobs: int = 8
    patience: float = 600.0
    look_at_conversations: bool = False
    conversations: int = OF_EACH_OF_MANY


@dataclass(slots=True)
class _Task:
    page: Page
    graph: GraphClient | None
    listed_at: float
    tries: int = 0
    held_since: float | None = None


class AllPages:
    """One run; iterate it once. answers_for: what is known of a Page's set-up beforehand. done: IDs of Pages that need
    not be checked any more. is_stopping: asked often, in the thread that iterates.

    It ends early where it is stopped or its token cancelled, where the list itself cannot be read on, and where the
    app's limit or the network stops everything: then `is_complete` is False and `stopped_by` says why, None if it was
    cancelled. Pages that were under way then are left out: they are for the next run. What a thread did not
    expect is raised at the end.
    """

    def __init__(
        self,
        session: Session,
        opened: Opened,
        answers_for: Callable[[Page], Answers],
        cancel: CancelToken,
        manner: AccountCheckOptions | None = None,
        done: Iterable[str] = (),
        is_stopping: Callable[[], bool] = lambda: False,
    ) -> None:
        self._manner = manner or AccountCheckOptions()
        self._answers_for, self._cancel, self._is_stopping = answers_for, cancel, is_stopping
        self._life = opened.life_of_pages
        self._clock = session.clock
        self._pace = RateLimiter(self._clock, self._manner.patience)
        self._client = GraphClient(
            session.world.graph,
            opened.secret,
            opened.proof,
            cancel,
            self._clock,
            pace=self._pace,
        )
        self._seen = set(done)
        self._line: DelayQueue[_Task] = DelayQueue(self._clock, self._manner.jobs * 2, _MOST_WAITING)
        self._results: queue.Queue[CheckedPage] = queue.Queue(self._manner.jobs * 4)
        self._lock = threading.Lock()
        self._named: dict[str, Reading[str]] = {}  # apps, by what the Pages before told; not one for each Page
        self._is_listed = False
        self._network_failed = 0
        self._app_held_since: float | None = None
        self._listed = 0
        self.stopped_by: Failure | None = None

    def __iter__(self) -> Iterator[CheckedPage]:
        """Yield each Page as soon as it is checked; unordered."""
        with ThreadPoolExecutor(self._manner.jobs + 1, thread_name_prefix="check") as pool:
            jobs: list[Future[None]] = [pool.submit(self._list)]
            jobs += [pool.submit(self._work) for _number in range(self._manner.jobs)]
            try:
                yield from self._collect(jobs)
            finally:
                self._line.stop()
                if not all(job.done() for job in jobs):
                    self._cancel.cancel()
                    for _late in self._collect(jobs):  # whoever waits for room among the results must get it
                        continue
                self._client.close()
        for job in jobs:
            job.result()

    @property
    def is_complete(self) -> bool:
        """Whether every Page has come; asked after the last one."""
        return self._is_listed and self.stopped_by is None and not self._cancel.is_cancelled

    @property
    def total(self) -> int | None:
        """How many Pages there are to check, None as long as they are not all listed."""
        return self._listed if self._is_listed else None

    @property
    def held_up(self) -> int:
        """How many Pages wait until a limit of Facebook lets them."""
        return self._line.deferred

    @property
    def closed_for(self) -> float:
        """Seconds that the app's limit holds up everything, 0.0 where it does not."""
        return self._pace.closed_for

    def _collect(self, jobs: list[Future[None]]) -> Iterator[CheckedPage]:
        while True:
            is_over = all(job.done() for job in jobs)
            try:
                yield self._results.get(timeout=0.0 if is_over else _LOOK)
            except queue.Empty:
                if is_over:
                    return
            if self._is_stopping() or any(job.done() and job.exception() is not None for job in jobs):
                self._cancel.cancel()
            if self._cancel.is_cancelled:
                self._line.stop()

    # In the thread that lists

    def _list(self) -> None:
        try:
            self._list_patiently()
        except Cancelled:
            return
        except WizardError as error:
            self._stop(error.failure, at_once=False)
        finally:
            self._line.close()

    def _list_patiently(self) -> None:
        """List until the end. Held up by a limit, begin again when it lets us: Pages seen already are passed over."""
        begun, tries = self._clock.monotonic(), 0
        while True:
            try:
                for page, graph in self._client.pages():
                    self._cancel.raise_if_cancelled()
                    begun, tries = self._clock.monotonic(), 0
                    if page.id in self._seen:
                        continue
                    self._seen.add(page.id)
                    self._listed += 1
                    if not self._line.put(_Task(page, graph, self._client.time)):
                        return
            except WizardError as error:
                wait = _wait(error.failure, tries)
                if not _is_held_up(error.failure) or self._clock.monotonic() + wait - begun > self._manner.patience:
                    raise
                self._pace.close_app(wait)
                tries += 1
                self._cancel.wait(wait)
            else:
                self._is_listed = True
                return

    # In the threads that check

    def _work(self) -> None:
        while (task := self._line.take()) is not None:
            try:
                self._check(task)
            except Cancelled:
                return

    def _check(self, task: _Task) -> None:
        page = task.page
        known = replace(self._answers_for(page), page_id=page.id, page_name=page.name)
        tasks = Reading(_CALL, task.listed_at, page.tasks) if page.tasks is not None else None
        if task.graph is None:
            self._results.put(unusable(known, tasks, task.listed_at))
            return
        found = check_page(
            task.graph,
            known,
            self._cancel,
            self._manner.look_at_conversations,
            tasks=tasks,
            named=self._named.copy(),
            conversations=self._manner.conversations,
            life=self._life,
        )
        self._named |= {app: Reading("GET {app}", found.facts.named_at, name) for app, name in found.facts.app_names}
        held_up = next((failure for failure in found.facts.failures if _is_held_up(failure)), None)
        if held_up is None:
            self._worked(found)
            self._results.put(found)
        elif not self._is_too_much(held_up, task):
            self._line.put_back(task, _wait(held_up, task.tries - 1))
        elif self.stopped_by is None:
            self._results.put(found)

    def _is_too_much(self, failure: Failure, task: _Task) -> bool:
        """Whether a limit is not waited for any more. Stops the run where it is the app's."""
        now, wait = self._clock.monotonic(), _wait(failure, task.tries)
        task.tries += 1
        task.held_since = now if task.held_since is None else task.held_since
        if failure.code in _APP_LIMITS:
            self._pace.close_app(wait)
            with self._lock:
                self._app_held_since = now if self._app_held_since is None else self._app_held_since
                is_too_long = now + wait - self._app_held_since > self._manner.patience
            if is_too_long:
                self._stop(failure)
                return True
        elif self._pace.closed_for > self._manner.patience:
            self._stop(failure)
            return True
        return now + wait - task.held_since > self._manner.patience

    def _worked(self, found: CheckedPage) -> None:
        """Take note of an answer. Where nothing but the network answers any more the rest would only say the same."""
        failed = found.not_checked is not None and found.not_checked.kind in _NETWORK
        with self._lock:
            self._app_held_since = None
            self._network_failed = self._network_failed + 1 if failed else 0
            is_gone = self._network_failed >= 3 * self._manner.jobs
        if is_gone and found.not_checked is not None:
            self._stop(found.not_checked)

    def _stop(self, failure: Failure, at_once: bool = True) -> None:
        """at_once: False where the Pages that are listed already may still be checked."""
        with self._lock:
            before = self.stopped_by
            if before is None or (before.code is None and failure.code is not None):  # Facebook's word says more than
                self.stopped_by = failure  # that of our own limiter, which another worker may have met first
        if at_once:
            self._cancel.cancel()  # also who waits for a turn
            self._line.stop()


def resume_file(session: Session, opened: Opened, bot: str, live_chat: str, look_at_conversations: bool) -> ResumeFile:
    """Where it is kept how far a check of this person with these options came. bot, live_chat: App IDs, "" if open."""
    person = opened.facts.identity.value
    app = opened.facts.app.value if opened.facts.app else None
    return ResumeFile(
        session.places.state / "checks",
        session.world.graph,
        person.id if person else "",
        *(app.id if app else "", bot, live_chat),
        str(look_at_conversations),
    )


def checked_before(kept: ResumeFile, count: int) -> Iterator[CheckedPage]:
    """The first Pages that an earlier run saw, by today's rules. Raises OSError."""
    return map(reevaluate, islice(kept.pages(), count))


def unusable(known: Answers, tasks: Reading[frozenset[str]] | None, at: float) -> CheckedPage:
    """Return a Page that came without a token of its own. at: Unix seconds of the list.

    The message is ours, for the catalogue of errors: Facebook leaves the token out without a word."""
    found = evaluate(known, Facts(tasks=tasks), at)
    is_role = any(verdict.check == "page.task" and verdict.state is State.PROBLEM for verdict in found.verdicts)
    why = "the role is too small" if is_role else "no reason told"
    failure = Failure(ErrorKind.PAGE_ACCESS_LOST, _CALL, message=f"access_token left out: {why}")
    return replace(found, not_checked=failure)


def _is_held_up(failure: Failure) -> bool:
    return failure.kind is ErrorKind.THROTTLED and may_help_later(failure)


def _wait(failure: Failure, tries: int) -> float:
    """Return seconds until the next try: as Facebook says, else longer each time."""
    return failure.wait or LOOK_AGAIN * 2.0 ** min(tries, 6)
