"""The runs of the program whose calls are broken: a command, with a token, in a world with a start owner."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.simulator.world import PracticeWorld
from wizard.core.world import World

LIFE, PROGRAM = "handover-wizard", "handover-wizard-practice"
_POINTER = "/integrations/messenger/secondary_receiver"


@dataclass(frozen=True, slots=True)
class Flow:
    """arguments: {bot}, {live_chat}, {page}, {psid}, {home}, {settings} stand for their values. token, other: names
    of the practice world's tokens. scenario: as for `scenario_of`. owner: role that has the conversation at first, ""
    as in the scenario, "nobody". entry: an open test lies there, begun with this owner; the live chat has the
    conversation. setup, undo: a saved set-up, or the note of a write, lies there. is_life: Facebook's own address is
    called, through a line. is_started: a program of its own is started, with the limits of life. most: of the calls
    of one name so many. share: one of so many cells is run; whole: the kinds of which all are, on calls that are about
    control. each_on: a pattern of the calls on which each kind is run once. is_watched: somebody reads what is said,
    and does in a browser what stands there.
    """

    name: str
    arguments: tuple[str, ...]
    token: str = "page"
    other: str = ""
    scenario: Mapping[str, Any] = field(default_factory=lambda: {"name": "happy-routing"})
    owner: str = ""
    entry: str = ""
    setup: bool = False
    undo: bool = False
    is_life: bool = False
    is_started: bool = False
    most: int = 3
    share: int = 8
    whole: str = "^$"
    each_on: str = "^$"
    is_watched: bool = False

    @property
    def group(self) -> str:
        """The column of the printed table."""
        if self.is_life or self.is_started:
            return "over TLS" if self.is_life else "program"
        return "settings API" if "KEY" in self.arguments else self.name.partition(",")[0].split()[0]

    def wants(self, call: str, kind: str, once: bool) -> bool:
        """Whether a cell is run in any case."""
        if "thread_control" in call + kind and re.search(self.whole, kind) is not None:
            return True
        return once and re.search(self.each_on, call) is not None

    def command(self, world: PracticeWorld, home: Path) -> tuple[str, ...]:
        values = {
            "bot": world.app("primary"),
            "live_chat": world.app("secondary"),
            "page": world.page_id,
            "psid": world.tester,
            "home": str(home),
            "settings": f"{world.start['platform_api_url']}/settings",
        }
        filled = [argument.format(**values) for argument in self.arguments]
        return tuple(filled) if self.is_life else (*filled, "--practice-at", world.control_url)

    @property
    def journal(self) -> Path:
        return Path("state") / (LIFE if self.is_life else PROGRAM) / "open-tests"

    def variables(self, world: PracticeWorld) -> dict[str, str]:
        found = {"TOKEN": world.token(self.token), "KEY": str(world.start["platform_api_key"])}
        if self.other:
            found["OTHER"] = world.token(self.other)
        if "--log-in" in self.arguments:
            found["DISPLAY"] = ":404"  # one that is not there: a browser is a person's, and nobody else's
        return found

    def prepare(self, world: PracticeWorld) -> None:
        world.scenario_of(**self.scenario)
        owner = "secondary" if self.entry else self.owner
        if owner == "nobody":
            assert world.control_of("release").status == 200
        elif owner:
            assert world.control_of("pass", target_app_id=world.app(owner)).status == 200
        if "--url" not in self.arguments:
            world.instruct("paste_app_id", copied=world.app("secondary"))

    def fill(self, home: Path, seeds: "Seeds") -> None:
        """Put the files there that an earlier run left."""
        found: dict[Path, str] = {}
        if self.entry:
            found[self.journal / "seed.json"] = seeds.entry(self.entry, self.is_life)
        if self.setup:
            found[Path("my.handover.json")] = seeds.setup
        if self.undo:
            found[Path("state") / PROGRAM / "undo" / seeds.undo_name] = seeds.undo
        for name, text in found.items():
            if text:
                (home / name).parent.mkdir(parents=True, exist_ok=True)
                (home / name).write_text(text, encoding="utf-8")
                (home / name).chmod(0o600)


@dataclass(frozen=True, slots=True)
class Seeds:
    """Files as the program itself wrote them in this practice world."""

    journal: str = ""
    setup: str = ""
    undo: str = ""
    undo_name: str = ""
    third: str = ""

    def entry(self, owner: str, is_life: bool = False) -> str:
        """The open test as it is where it was begun with this owner."""
        found = json.loads(self.journal)
        starts = {"nobody": ("nothing", ""), "bot": ("app", found["test"]["bot"]["id"]), "third": ("app", self.third)}
        found["test"]["start"], found["test"]["start_app_id"] = starts.get(owner, starts["bot"])
        found["test"]["id"] = "seed"
        if is_life:
            found["test"] |= {"graph": World().graph, "token_name": ""}
        return json.dumps(found)


_TOKEN = ("--token-env", "TOKEN")
_APPS = ("--bot", "{bot}", "--live-chat", "{live_chat}")
_SAID = ("--confirm-roles", "--confirm-saved")
_SETUP = ("setup", *_TOKEN, *_APPS, *_SAID, "--consent", "--wait", "1")
_OWNER = ("--owner", "simulated")
_NAMED = ("--test-conversation", "{psid}")
_HTTP = ("--target", "http", "--url", "{settings}", "--key", _POINTER, "--settings-key-env", "KEY", "--trust-address")
_CONTROL_KINDS = "^(done|owner lie|reset|timeout|answer_lost|cut|throttled|429|500|503|body|deep|huge|gzip)"

_ALL = ("check", *_TOKEN, *_APPS, "--all-pages", "--patience", "0")
_THREE_PAGES = {"name": "happy-routing", "other_pages": 2}
_LOG_IN = ("--log-in", "practice")
_QUICK = {"name": "happy-routing", "log_in": {"interval": 1, "code_lives": 2}}
_LOGGED_IN = ("setup", *_LOG_IN, *_APPS, *_SAID, "--consent", "--wait", "1", *_OWNER, *_NAMED)

FLOWS = (
    Flow("setup", (*_SETUP, *_OWNER), most=2, share=20, whole=_CONTROL_KINDS),
    Flow("setup, nobody has it", (*_SETUP, *_OWNER, *_NAMED), owner="nobody", share=75, most=2),
    Flow("setup, live chat has it", (*_SETUP, *_OWNER, *_NAMED), owner="secondary", share=75, most=2),
    Flow("setup, third app has it", (*_SETUP, *_OWNER, *_NAMED), owner="third", share=75, most=2),
    Flow(
        "setup, owner hidden",
        (*_SETUP, *_OWNER, *_NAMED),
        owner="third",
        scenario={"name": "happy-routing", "thread_owner": "empty"},
        share=75,
        most=2,
    ),
    Flow("setup, live chat's token", (*_SETUP, *_OWNER), token="secondary_page", share=75, most=2),
    Flow("setup, third app's token", (*_SETUP, *_OWNER), token="third_app_page", share=60, most=1),
    Flow("setup, person's token", (*_SETUP, *_OWNER, "--page", "{page}"), token="user", share=100, most=2),
    Flow("setup, system user", ("setup", *_TOKEN, *_APPS, *_SAID, "--page", "{page}"), token="system_user", share=60),
    Flow(
        "setup, both tokens",
        (*_SETUP, *_OWNER, *_NAMED, "--other-token-env", "OTHER"),
        other="secondary_page",
        share=75,
        most=1,
    ),
    Flow("setup, expired token", ("setup", *_TOKEN, *_APPS, *_SAID), token="expired", share=60),
    Flow("setup, settings API", ("setup", *_TOKEN, *_APPS, *_SAID, *_HTTP, "--yes"), share=20),
    Flow("check", ("check", *_TOKEN, *_APPS), share=40),
    Flow(
        "check, looks",
        (
            "check",
            *_TOKEN,
            *_APPS,
            "--conversations",
            "5",
            "--save-facts",
            "{home}/saved.facts.json",
            "--format",
            "json",
        ),
        share=60,
    ),
    Flow("check, person's token", ("check", *_TOKEN, *_APPS, "--page", "{page}"), token="user", share=60),
    Flow("check, saved set-up", ("check", *_TOKEN, "{home}/my.handover.json"), setup=True, share=50),
    Flow(
        "all Pages",
        (*_ALL, "--conversations", "3", "--jobs", "2"),
        token="user",
        scenario=_THREE_PAGES,
        share=50,
        most=2,
    ),
    Flow("recover", ("recover", *_TOKEN, "--yes"), entry="bot", share=30, whole=_CONTROL_KINDS),
    Flow("recover, third app had it", ("recover", *_TOKEN, "--yes"), entry="third", share=75),
    Flow("recover, nobody had it", ("recover", *_TOKEN, "--yes"), entry="nobody", share=75),
    Flow(
        "recover, both tokens",
        ("recover", *_TOKEN, "--yes", "--consent", "--other-token-env", "OTHER"),
        entry="bot",
        other="secondary_page",
        share=100,
    ),
    Flow("recover --list", ("recover", *_TOKEN, "--list"), entry="bot", share=60, most=1),
    Flow("TLS, setup", (*_SETUP, *_NAMED), is_life=True, most=9, share=3),
    Flow("TLS, check", ("check", *_TOKEN, *_APPS, "--conversations", "3"), is_life=True, most=4, share=3),
    Flow(
        "TLS, all Pages",
        _ALL,
        is_life=True,
        token="user",
        scenario=_THREE_PAGES,
        share=3,
    ),
    Flow("TLS, recover", ("recover", *_TOKEN, "--yes"), is_life=True, entry="bot", most=9, share=3),
    Flow("program, setup", (*_SETUP, *_NAMED), is_started=True, share=220),
    Flow("program, check", ("check", *_TOKEN, *_APPS, "--conversations", "3"), is_started=True, share=150),
    Flow("program, recover", ("recover", *_TOKEN, "--yes"), is_started=True, entry="bot", share=220),
    Flow(
        "program, all Pages",
        _ALL,
        is_started=True,
        token="user",
        scenario=_THREE_PAGES,
        share=150,
    ),
    Flow("targets try", ("targets", "try", *_HTTP[1:]), share=3),
    Flow("targets undo", ("targets", "undo", "--settings-key-env", "KEY", "--yes"), undo=True, share=10),
    Flow("log-in, setup", _LOGGED_IN, scenario=_QUICK, most=1, share=150, each_on="permissions$"),
    Flow("log-in, setup with a code", (*_LOGGED_IN, "--with-code"), scenario=_QUICK, most=1, share=150),
    Flow(
        "log-in, check",
        ("check", *_LOG_IN, *_APPS),
        scenario=_QUICK,
        most=1,
        share=40,
        each_on="accounts$",
        is_watched=True,
    ),
    Flow(
        "log-in, check with a code",
        ("check", *_LOG_IN, "--with-code", *_APPS),
        scenario=_QUICK,
        share=60,
        each_on="device/",
        is_watched=True,
    ),
    Flow(
        "log-in, all Pages",
        ("check", *_LOG_IN, *_APPS, "--all-pages", "--patience", "0"),
        scenario={**_QUICK, "other_pages": 2},
        share=60,
        is_watched=True,
    ),
    Flow("log-in, recover", ("recover", *_LOG_IN, "--yes"), scenario=_QUICK, entry="bot", share=100, is_watched=True),
)
