"""To get a token out: by what Facebook answers, and by what is typed in the wrong place."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from tests.graph.conftest import TOKEN, canned
from tests.simulator.world import PracticeWorld
from tests.terminal.program import Ended, Program
from tests.test_secrecy import files_with, pieces
from wizard.core.cancel import CancelToken
from wizard.core.clock import SystemClock
from wizard.core.errors import WizardError
from wizard.core.explain.redact import redact
from wizard.core.secret import Secret
from wizard.graph.client import GraphClient


def everything(ended: Ended) -> bytes:
    return (ended.said + ended.complained).encode()


# To get the token out: by a Facebook that quotes it where nobody expects it.

ECHOES: list[Mapping[str, Any]] = [
    {"id": "1", "name": TOKEN},
    {"id": TOKEN},
    {"id": "1", "name": f"令牌{TOKEN}"},
    {"data": [{"thread_owner": {"app_id": TOKEN}}]},
    {"data": [{"id": "1", "name": "x", "subscribed_fields": [TOKEN]}]},
    {"data": [{"id": "1", "name": TOKEN}], "paging": {"next": f"https://x/?access_token={TOKEN}", "cursors": {}}},
    {"data": [{"id": "t_1", "participants": {"data": [{"id": TOKEN, "name": TOKEN}]}, "updated_time": TOKEN}]},
    {"data": [{"id": "1", "message": TOKEN, "from": {"id": "2", "name": TOKEN}}]},
    {"messaging_feature_status": {TOKEN: True}},
]


def outcome(call: Callable[[], object]) -> object:
    """What was learned, or why nothing was."""
    try:
        return call()
    except WizardError as error:
        return error.failure


@pytest.mark.parametrize("echo", ECHOES, ids=lambda echo: json.dumps(echo)[:30])
def test_a_token_that_facebook_quotes_in_an_answer_is_in_nothing_that_was_learned(echo: Mapping[str, Any]) -> None:
    items = [{"code": 200, "body": json.dumps(echo), "headers": [{"name": "facebook-api-version", "value": TOKEN}]}] * 9

    def answer(method: str, path: str, parameters: Mapping[str, str]) -> tuple[int, Any]:
        return (200, items) if "batch" in parameters else (200, echo)

    with canned(answer, f"facebook-api-version: {TOKEN}", f'x-app-usage: {{"{TOKEN}": 1}}') as (client, _):
        learned = [
            outcome(client.read_token),
            outcome(lambda: client.owner("1")),
            outcome(lambda: client.read_owners(["1"], ["2"])),
            outcome(client.conversations),
            outcome(lambda: client.messages("t_1")),
            outcome(lambda: client.app_named("5")),
            outcome(lambda: list(client.pages())),
        ]
    assert TOKEN not in repr(learned)
    assert TOKEN[20:60] not in repr(learned)


def test_an_opaque_token_that_facebook_quotes_is_hidden_too() -> None:
    opaque = "opaque-token-of-the-page-that-looks-like-none"
    with canned(lambda method, path, parameters: (200, {"id": "5", "name": opaque})) as (_, rude):
        client = GraphClient(rude.address, Secret(opaque), None, CancelToken(), SystemClock())
        named = client.app_named("5")
        client.close()
    assert opaque not in repr(named)


# By what is typed in the wrong place, or read from the wrong variable.


@pytest.mark.parametrize(
    "arguments",
    [
        ("--page", "{}"),
        ("--bot", "{}"),
        ("--live-chat", "{}"),
        ("--test-conversation", "{}", "--consent", "--confirm-roles", "--confirm-saved"),
        ("--target", "dotenv", "--file", "{}", "--key", "A"),
        ("--target", "dotenv", "--file", ".env", "--key", "{}"),
        ("--target", "http", "--url", "https://bot.example/{}", "--key", "/a"),
        ("--target", "http", "--url", "https://bot.example/a", "--key", "/{}"),
        ("--target", "http", "--url", "https://bot.example/a", "--template", '{{"a": "{{app_id}}", "b": "{}"}}'),
        ("--target", "http", "--url", "https://bot.example/a", "--key", "/a", "--header", "{}"),
        ("--target", "{}"),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("glue", ["my_{}", "令牌{}.x"])
def test_a_token_in_an_option_is_printed_nowhere_and_kept_nowhere(
    program: Program, world: PracticeWorld, arguments: tuple[str, ...], glue: str
) -> None:
    token = world.token()
    apps = () if arguments[0] in ("--bot", "--live-chat") else ("--bot", world.app("primary"))
    given = (one.replace("{{", "{").replace("}}", "}").replace("{}", glue.replace("{}", token)) for one in arguments)
    ended = program.run("setup", "--practice-at", world.control_url, "--token-env", "T", *apps, *given, T=token)
    assert ended.code != 0
    wanted = pieces({"page": token})
    assert not [piece for piece in wanted if piece in everything(ended)]
    assert files_with(program.home, wanted) == []


@pytest.mark.parametrize("key", ["\udcff\udcfe", "geheim\x1b[2J", "ключ" * 9, " ", "a\nb"])
def test_a_key_that_no_header_can_carry_is_a_sentence(program: Program, world: PracticeWorld, key: str) -> None:
    api = f"{world.start['platform_api_url']}/settings"
    given = ("--target", "http", "--url", api, "--key", "/integrations/messenger/secondary_receiver", "--trust-address")
    ended = program.run(
        *("setup", "--practice-at", world.control_url, "--token-env", "T", "--settings-key-env", "K", *given),
        *("--bot", world.app("primary"), "--live-chat", world.app("secondary"), "--confirm-roles"),
        T=world.token(),
        K=key,
    )
    assert ended.code in (1, 2)
    assert key.strip() == "" or key not in ended.said + ended.complained


# By a log that numbers its lines, quotes twice, or was cut anywhere.


@pytest.mark.parametrize("prefix", ["{}: ", "{} | ", "[{}] ", "{:>4}  ", "+", "| ", "> > ", "// ", "# "])
def test_a_token_over_numbered_lines_is_hidden(prefix: str) -> None:
    token = "EAABsbCS1iHgBO" + "x9Zk4Qw7" * 18
    lines = [token[at : at + 40] for at in range(0, len(token), 40)]
    text = "\n".join(prefix.format(number) + line for number, line in enumerate(lines, start=11))
    blanked = redact(f"refused:\n{text}\nend")
    assert not [line for line in lines if len(line) > 8 and line in blanked]
