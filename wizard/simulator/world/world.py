"""The practice world as one thing: its state, its clock, its faults and its record of Graph calls, behind one lock."""

import itertools
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from msgspec import convert, to_builtins
from msgspec.structs import asdict
from msgspec.structs import replace as change

from wizard.simulator.world import ids
from wizard.simulator.world.cast import (
    APP_IDS,
    INSTAGRAM_ID,
    INSTAGRAM_TESTER,
    OWNER_ID,
    PAGE_ID,
    PAGE_NAME,
    PEOPLE,
    SYSTEM_USER_ID,
    Cast,
    extra_person,
)
from wizard.simulator.world.clock import DAY, SimulatedClock
from wizard.simulator.world.faults import Faults, read_fault
from wizard.simulator.world.log_ins import LogIns
from wizard.simulator.world.other_pages import other_pages
from wizard.simulator.world.outbox import Callback, Outbox
from wizard.simulator.world.platform import Platform
from wizard.simulator.world.record import Record
from wizard.simulator.world.scenario import (
    Crowd,
    InstagramStart,
    MessageStart,
    Reaction,
    Scenario,
    ThreadStart,
    WebhookStart,
)
from wizard.simulator.world.scenario_file import load_scenario
from wizard.simulator.world.state import (
    CUSTOMER,
    INSTAGRAM_FIELDS,
    Channel,
    SimulatedApp,
    SimulatedPage,
    Thread,
    Token,
    new_token,
)


@dataclass(slots=True)
class Waiting:
    """A reaction of the scenario, with how often it may still happen, and how often its event did."""

    reaction: Reaction
    left: int | None
    seen: int = 0


_TABLES = {"instagram": InstagramStart}
Listener = Callable[[SimulatedPage, Thread, str, str | None], None]


class SimulatedWorld:
    """All state. Hold `lock` while reading or changing it; `generation` keeps an old scenario's timers still."""

    def __init__(self, scenario: str, own: Scenario | None = None, begins_at: float | None = None) -> None:
        """own: a scenario that ships with nobody, known by its name beside the others. begins_at: Unix seconds, the
        moment at which each scenario begins, None for now."""
        self.own = own
        self.lock = threading.RLock()
        self.stopping = threading.Event()
        self.clock = SimulatedClock(begins_at)
        self.cast = Cast()
        self.outbox = Outbox(self.clock.now)
        self.platform_key = "key-" + ids.text("secret", 30)  # of the bot platform's settings API
        self.generation = 0
        self.other_tokens: dict[tuple[str, str], str] = {}
        self.listener: Listener | None = None
        self.load(scenario)

    def load(
        self,
        scenario: str | Scenario,
        others: int | None = None,
        reply_delay_ms: int | None = None,
        thread_owner: str | None = None,
        tables: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> None:
        """Start a scenario, or the one of this name, afresh: state, clock, faults and record. Raises what
        `load_scenario` raises.

        others, reply_delay_ms: in place of what the scenario says, for measuring. thread_owner: likewise, for what
        Facebook shows of who has control. tables: likewise, parts of tables of the scenario, as "graph". Raises
        ValidationError for a mistake in one.
        """
        if isinstance(scenario, str):
            scenario = self.own if self.own and scenario == self.own.name else load_scenario(scenario)
        if others is not None:
            scenario = change(scenario, page=change(scenario.page, other_pages=others))
        if reply_delay_ms is not None:
            scenario = change(scenario, graph=change(scenario.graph, reply_delay_ms=reply_delay_ms))
        if thread_owner is not None:
            scenario = change(scenario, graph=change(scenario.graph, thread_owner=thread_owner))
        for table, values in (tables or {}).items():
            now = getattr(scenario, table) or _TABLES[table]()  # one that the scenario lacks begins as usual
            scenario = change(scenario, **{table: convert(asdict(now) | dict(values), type(now))})
        with self.lock:
            self.generation += 1
            ids.begin_again("message", "log_in", "trace", "number")
            self.scenario = scenario
            self.clock.reset()
            self.outbox.clear()
            self.apps: dict[str, SimulatedApp] = self.cast.apps()
            for role, start in scenario.apps.items():
                app_id = APP_IDS[role]
                self.apps[app_id] = replace(self.apps[app_id], live=start.live, proof_required=start.proof_required)
                if start.webhook is not None:
                    self.outbox.add(_callback(app_id, start.webhook))
            self.pages = self._pages(scenario)
            self.call_names = self._names()
            receiver = scenario.platform.secondary_receiver
            self.platform = Platform(APP_IDS.get(receiver, receiver), scenario.bot.hands_over)
            self.named_tokens = self._tokens(scenario)
            self.tokens = {token.text: token for token in self.named_tokens.values()}
            self.tokens |= {token.text: token for token in self.cast.app_tokens() if token.text not in self.tokens}
            self.record = Record()
            self.log_ins = LogIns()
            self.faults, self.platform_faults = Faults(), Faults()
            self.waiting = [Waiting(each, each.times) for each in scenario.reactions]
            for raw in scenario.faults:
                self.add_fault(raw)

    @property
    def page(self) -> SimulatedPage:
        return self.pages[PAGE_ID]

    def now(self) -> float:
        return self.clock.now()

    def app_name(self, app_id: str) -> str:
        return self.apps[app_id].name if app_id in self.apps else app_id

    def happened(self, page: SimulatedPage, thread: Thread, event: str, app: str | None) -> None:
        """Tell what reacts by itself. event: one of the scenario format's; app: who has control now."""
        if self.listener is not None:
            self.listener(page, thread, event, app)

    def add_fault(self, raw: Mapping[str, Any]) -> None:
        """Put a fault in force, on Graph calls or on those of the platform's settings API, as "PUT platform/settings".

        Raises FaultMistake."""
        fault = read_fault(raw, self.call_names)
        if fault.ends and fault.minutes is not None:
            fault.ends_at = self.now() + 60 * fault.minutes
        is_platforms = fault.call.partition(" ")[2].startswith("platform/")
        (self.platform_faults if is_platforms else self.faults).waiting.append(fault)

    def new_person(self, page: SimulatedPage, psid: str, name: str) -> Thread:
        """Return the conversation of somebody who never wrote before."""
        thread = page.threads[psid] = Thread(psid, name)
        self.call_names[psid] = "{psid}"
        return thread

    def _names(self) -> dict[str, str]:
        """Return ID -> word, by which calls are named alike whatever ID they carry."""
        names = dict.fromkeys(self.pages, "me")
        names |= dict.fromkeys((OWNER_ID, SYSTEM_USER_ID), "me")
        names |= dict.fromkeys(self.apps, "{app}")
        for channel in self.page.channels:
            names |= dict.fromkeys(channel.threads, "{psid}")
            names |= dict.fromkeys((each.conversation_id for each in channel.threads.values()), "{conversation}")
        return names

    def page_token(self, token: Token, page: SimulatedPage) -> Token:
        """Return the Page token that a user's token opens for this Page, the same at each call."""
        named = {APP_IDS["primary"]: "page", APP_IDS["secondary"]: "secondary_page", APP_IDS["third"]: "third_app_page"}
        is_lasting = token.expires_at == 0 or token.expires_at > self.now() + DAY
        if page.id == PAGE_ID and token.app_id in named and is_lasting:
            return self.named_tokens[named[token.app_id]]
        whose = token.app_id if is_lasting else token.text  # what a short one opens ends with it
        text = self.other_tokens.setdefault((whose, page.id), new_token())
        if text not in self.tokens:
            self.tokens[text] = replace(
                token,
                text=text,
                kind="PAGE",
                page_id=page.id,
                expires_at=0 if is_lasting else token.expires_at,
                refused_with=page.token_refused_with,
            )
        return self.tokens[text]

    def user_token(self, app_id: str) -> Token:
        """Return the owner's own token for an app, the same at each call."""
        if app_id == APP_IDS["primary"]:
            return self.named_tokens["user"]
        text = self.other_tokens.setdefault((app_id, ""), new_token())
        if text not in self.tokens:
            self.tokens[text] = replace(self.named_tokens["user"], text=text, app_id=app_id)
        return self.tokens[text]

    def _pages(self, scenario: Scenario) -> dict[str, SimulatedPage]:
        values = scenario.page.fields()
        others = values.pop("other_pages")
        page = SimulatedPage(PAGE_ID, PAGE_NAME, connected=scenario.connected, **values)
        now = self.now()
        for key, (psid, name) in PEOPLE.items():
            page.threads[psid] = _thread(psid, name, getattr(scenario.threads, key), now)
        for psid, name, start in _crowd(scenario.crowds):
            page.threads[psid] = _thread(psid, name, start, now)
        pages = {PAGE_ID: page}
        if scenario.instagram is not None:
            page.instagram = _instagram(scenario.instagram, now)
        pages |= {other.id: other for other in other_pages(others, page)}
        if others:  # our Page stands in the middle of the list, so that paging is needed to find it
            ordered = list(pages)
            ordered.insert(others // 2, ordered.pop(0))
            pages = {each: pages[each] for each in ordered}
        return pages

    def _tokens(self, scenario: Scenario) -> dict[str, Token]:
        tokens = self.cast.tokens(self.now())
        for name, changes in scenario.tokens.items():
            values = to_builtins(changes)
            hours = values.pop("expires_in_hours", None)
            if hours is not None:
                values["expires_at"] = int(self.now()) + hours * 3600
            tokens[name] = replace(tokens[name], **values)
        return tokens


def _callback(app_id: str, start: WebhookStart) -> Callback:
    fields = None if start.fields is None else frozenset(start.fields)
    return Callback(app_id, start.url, start.verify_token, fields, start.batch)


def _instagram(start: InstagramStart, now: float) -> SimulatedPage:
    account = SimulatedPage(
        INSTAGRAM_ID,
        start.username,
        default_app=APP_IDS[start.default_app] if start.default_app else None,
        take_allowed={APP_IDS[role] for role in start.take_allowed},
        connected={APP_IDS[role]: INSTAGRAM_FIELDS for role in start.connected},
        channel="instagram",
        several_apps=start.several_apps,
        message_access=start.message_access,
    )
    igsid, name = INSTAGRAM_TESTER
    account.threads[igsid] = _thread(igsid, name, start.tester, now, "instagram")
    return account


def _crowd(crowds: Iterable[Crowd]) -> Iterator[tuple[str, str, ThreadStart]]:
    """Yield PSID, name and conversation of everybody in the crowds."""
    numbers = itertools.count(1)
    for crowd in crowds:
        for at in range(crowd.people):
            message = MessageStart(text=crowd.text, minutes_ago=crowd.minutes_ago + 60 * at)
            yield *extra_person(next(numbers)), ThreadStart(crowd.owner, [message])


def _thread(psid: str, name: str, start: ThreadStart, now: float, channel: Channel = "messenger") -> Thread:
    thread = Thread(psid, name, channel, start.has_role, start.blocked)
    for message in sorted(start.messages, key=lambda message: -message.minutes_ago):
        thread.add_message(APP_IDS.get(message.sender, message.sender), message.text, now - 60 * message.minutes_ago)
    if start.owner:
        thread.owner = APP_IDS[start.owner]
        since = max((m.at for m in thread.messages if m.sender == CUSTOMER), default=now)
        thread.expires_at = int(since + DAY) if start.hours_left is None else int(now + start.hours_left * 3600)
    return thread
