"""What somebody tried who wanted the token out, or a file harmed. Each try stands here, so that it goes on failing."""

import json
import os
import shutil
import stat
import sys
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.actions.trial_stage import new_stage
from tests.graph.conftest import TOKEN, canned
from tests.simulator.world import PracticeWorld
from tests.terminal.program import Ended, Program
from tests.test_secrecy import files_with, pieces
from tests.web.server import reply, rude_server
from wizard.actions.trial import restore_within
from wizard.catalogues.log_in_files import LogInFolder, read_log_in_file
from wizard.core.answers import Answers
from wizard.core.cancel import Cancelled, CancelToken
from wizard.core.checked import CheckedPage
from wizard.core.clock import SystemClock
from wizard.core.errors import Failure, WizardError
from wizard.core.explain.redact import redact
from wizard.core.facts import App, Facts
from wizard.core.log_in import LogInFile, LogInFileError, fields_of, read_answer
from wizard.core.secret import Secret
from wizard.core.trial_result import Event, Item, ItemState, RestoreResult
from wizard.core.world import World
from wizard.graph.client import GraphClient
from wizard.graph.code_log_in import CodeLogInCalls
from wizard.store.facts_file import save_facts
from wizard.store.places import Places
from wizard.store.setups import SetupFolder, load_setup, setup_of

LIFE = "handover-wizard"
PRACTICE = "handover-wizard-practice"


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path / "home")


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


# To harm a file: by what stands in a file that was sent.


@pytest.mark.parametrize(
    "page_id", ["../../evil", "/etc/evil", "a/b", "..", "\0", "x" * 400, "con", "a\nb", "\u202e", ""]
)
def test_the_id_in_a_file_that_was_sent_leads_nowhere(program: Program, tmp_path: Path, page_id: str) -> None:
    answers = Answers(started=True, page_id=page_id, bot=App("914602738451926"), live_chat=App("263902037430900"))
    sent = [tmp_path / "one.facts.json", tmp_path / "two.facts.json"]
    for path in sent:
        save_facts(path, CheckedPage(answers, 1_795_000_000.0, Facts(), ()))
    out = tmp_path / "out"
    out.mkdir()
    before = {path for path in tmp_path.rglob("*") if not path.is_relative_to(program.home)}
    ended = program.run("check", *(f"--facts={path}" for path in sent), "--save-facts", str(out / "kept.facts.json"))
    assert ended.code in (0, 1, 2, 3)
    after = {path for path in tmp_path.rglob("*") if not path.is_relative_to(program.home)}
    assert all(path.parent == out for path in after - before)
    setup = setup_of(answers, 1.0)
    if setup is not None:
        assert SetupFolder(out).save(setup).parent == out


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes of Unix")
@pytest.mark.parametrize("what", ["pipe", "device", "link to a pipe", "link to a device"])
@pytest.mark.parametrize(
    "command",
    [
        ("check", "--facts", "{facts}", "--format", "html", "-o", "{out}"),
        ("check", "--facts", "{facts}", "--format", "json", "-o", "{out}"),
        ("check", "--facts", "{facts}", "--save-facts", "{out}"),
        ("catalogues", "show", "errors", "-o", "{out}"),
    ],
    ids=" ".join,
)
def test_an_output_takes_the_place_of_no_device(
    program: Program, tmp_path: Path, what: str, command: tuple[str, ...]
) -> None:
    facts = tmp_path / "a.facts.json"
    answers = Answers(started=True, page_id="107836259148302")
    save_facts(facts, CheckedPage(answers, 1_795_000_000.0, Facts(), ()))
    there = tmp_path / "there"
    if "pipe" in what:
        os.mkfifo(there)
    elif os.geteuid() == 0:
        try:
            os.mknod(there, 0o600 | stat.S_IFCHR, os.makedev(1, 3))  # a decoy of /dev/null
        except PermissionError:
            pytest.skip("devices cannot be made here")
    else:
        pytest.skip("only the administrator makes devices")
    out = tmp_path / "link" if "link" in what else there
    if out != there:
        out.symlink_to(there)
    kind = stat.S_IFMT(there.lstat().st_mode)
    given = (one.replace("{facts}", str(facts)).replace("{out}", str(out)) for one in command)
    program.run(*given, timeout=30)
    assert stat.S_IFMT(there.lstat().st_mode) == kind
    assert out == there or out.is_symlink()


def test_a_forged_list_of_remembered_tokens_sends_none_to_another_address(
    program: Program, world: PracticeWorld
) -> None:
    """Its line names the token of life for the address of a practice world: they lie in keyrings of their own."""
    program.environment()
    for name in (LIFE, PRACTICE):
        folder = program.home / "config" / name
        folder.mkdir(parents=True)
        forged = {"name": "https://graph.facebook.com 1 2", "graph": world.graph_url, "page_id": world.page_id}
        (folder / "remembered.json").write_bytes(msgspec.json.encode({"version": 1, "content": [forged]}))
    world.forget_requests()
    ended = program.run(
        *("check", "--practice-at", world.control_url, "--remembered"),
        PYTHON_KEYRING_BACKEND="keyring.backends.fail.Keyring",
    )
    assert ended.code != 0
    assert world.requests() == []


# By a log-in with Facebook: a file from a stranger, an answer or an error that quotes what it should not.

LOG_IN = {
    "label": '"Acme Bot"',
    "app_id": '"1234567890"',
    "redirect_uri": '"https://acme.example/"',
    "scopes": '["pages_messaging"]',
}


def log_in_file(folder: Path, more: str = "", **changes: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / "acme.handoverlogin"
    path.write_text("".join(f"{name} = {value}\n" for name, value in (LOG_IN | changes).items()) + more)
    return path


@pytest.fixture
def log_ins(tmp_path: Path) -> LogInFolder:
    return LogInFolder(Places(f"handover-test-{uuid.uuid4().hex}"), World(), tmp_path / "beside the program")


@pytest.mark.parametrize(
    "address",
    [
        *("http://localhost:99999/", "http://localhost:0000/", "http://localhost:0080/", "http://localhost:80/"),
        *("http://localhost:{port}/elsewhere", "http://localhost:8080/../x", "https://acme.example:99999/"),
        *("https://acme.example:0/", "https://u@acme.example/", "https://acme.example\\\\@evil.example/"),
    ],
)
def test_a_log_in_file_names_no_address_that_nothing_can_come_back_to(tmp_path: Path, address: str) -> None:
    with pytest.raises(LogInFileError) as raised:
        read_log_in_file(log_in_file(tmp_path / "sent", redirect_uri=f'"{address}"'), World().facebook)
    assert raised.value.what.startswith("redirect_uri")


@pytest.mark.parametrize("depth", [100, 400, 1_000, 1_900])
@pytest.mark.parametrize("form", ["{name} = 1\n", "[{name}]\nb = 1\n", "[[{name}]]\n"])
def test_a_log_in_file_of_names_inside_names_hides_no_other(
    tmp_path: Path, log_ins: LogInFolder, depth: int, form: str
) -> None:
    log_ins.take(log_in_file(tmp_path / "sent"))
    log_in_file(tmp_path / "beside the program", form.format(name=".".join("a" * depth)))
    found = log_ins.find()
    assert [file.app_id for file in found.usable] == ["1234567890"]
    assert len(found.problems) == 1


def test_a_log_in_file_of_another_app_takes_no_vendors_place(tmp_path: Path, log_ins: LogInFolder) -> None:
    log_in_file(tmp_path / "beside the program")
    log_ins.take(log_in_file(tmp_path / "sent"))
    assert log_ins.take(log_in_file(tmp_path / "evil", app_id='"6666666666"')).name == "app-6666666666"
    assert {file.name: file.app_id for file in log_ins.find().usable} == {
        "acme": "1234567890",
        "app-6666666666": "6666666666",
    }


OPAQUE = "opaque-token-that-looks-like-none"


@pytest.mark.parametrize(
    "answer",
    [
        f"access_token={OPAQUE}&error=x&error_description=bad+{OPAQUE}",
        f"long_lived_token={OPAQUE}&error={OPAQUE}",
        f"access_token={OPAQUE}&error_code=1&error_message={OPAQUE}{OPAQUE}",
        f"error=x&error_description={TOKEN}",
        f"error={'x' * 4_000}",
    ],
)
def test_an_error_of_a_log_in_quotes_no_token_and_is_no_novel(answer: str) -> None:
    failed = read_answer(fields_of(answer))
    assert isinstance(failed, Failure)
    assert OPAQUE not in repr(failed)
    assert TOKEN[:20] not in repr(failed)
    assert len(failed.message) <= 1_000


def test_a_client_token_that_facebook_quotes_is_shown_nowhere() -> None:
    client_token = "Client_token-of-no-hex-digits"
    file = LogInFile("a", "A", "1234567890", "https://acme.example/", scopes=("a",), client_token=Secret(client_token))
    texts = ("message", "error_user_msg", "error_user_title", "fbtrace_id")
    error = {"code": 1, **dict.fromkeys(texts, f"{client_token} 1234567890|{client_token}")}
    body = json.dumps({"error": error}).encode()
    with rude_server(lambda connection, rude: connection.sendall(reply(body, "400 Bad Request"))) as rude:
        calls = CodeLogInCalls(rude.address, rude.address, "v27.0", file, CancelToken())
        with pytest.raises(WizardError) as raised:
            calls.start()
        calls.close()
    assert client_token not in repr(raised.value.failure) + repr(file) + repr(calls)


# By a saved file with lists inside lists: readable, but not by what goes through it level by level.


@pytest.mark.parametrize("depth", [300, 600, 800, 950, 20_000])
@pytest.mark.parametrize("form", ["[]", "{}"])
def test_a_set_up_is_saved_over_one_of_lists_inside_lists(tmp_path: Path, depth: int, form: str) -> None:
    setup = setup_of(Answers(started=True, page_id="107836259148302", bot=App("1"), live_chat=App("2")), 1.0)
    assert setup is not None
    path = SetupFolder(tmp_path).save(setup)
    opens = "[" if form == "[]" else '{"a":'
    more = opens * depth + ("" if form == "[]" else "1") + form[1] * depth
    path.write_text(path.read_text().rstrip()[:-1] + f', "later": {more}}}')
    assert load_setup(SetupFolder(tmp_path).save(setup)).page_id == setup.page_id


# By a name that no text can hold, or that moves the terminal.


@pytest.mark.skipif(sys.platform != "linux", reason="where names of files are any bytes")
@pytest.mark.parametrize(
    ("name", "is_link"),
    [
        (b"a\xff\xfe", False),
        (b"a\xff\xfe", True),
        (b"a\x1b[2Jb", False),
        ("a\u202eb".encode(), True),
        (b"-x\n{0}%s", False),
    ],
)
def test_a_file_of_an_odd_name_is_written_and_undone_or_refused(
    program: Program, world: PracticeWorld, tmp_path: Path, name: bytes, is_link: bool
) -> None:
    file = tmp_path / "plain.env" if is_link else tmp_path / os.fsdecode(name + b".env")
    file.write_text("A=1\n")
    chosen = tmp_path / os.fsdecode(name)
    if is_link:
        chosen.symlink_to(file)
    at = ("--practice-at", world.control_url)
    place = ("--target", "dotenv", "--file", str(chosen if is_link else file), "--key", "A", "--yes")
    apps = ("--bot", world.app("primary"), "--live-chat", world.app("secondary"), "--confirm-roles")
    ended = program.run("setup", *at, "--token-env", "T", *apps, *place, T=world.token())
    is_written = file.read_text() == f"A={world.app('secondary')}\n"
    undone = program.run("targets", "undo", "--yes", *at)
    assert (is_written, undone.code) == ((False, 2) if b"\xff" in name else (True, 0))
    assert file.read_text() == "A=1\n"
    for text in (ended, undone):
        assert "\x1b[2J" not in text.said + text.complained
        assert "\u202e" not in text.said + text.complained


# To strand a conversation: by taking away, in the middle of a test, what the program wrote down about it.


def take_away(folder: Path, how: str) -> None:
    for path in folder.glob("*.json"):
        if how == "damaged":
            path.write_text("{")
        else:
            path.unlink()
    if how == "no folder":
        shutil.rmtree(folder)


@pytest.mark.parametrize("how", ["removed", "damaged", "no folder"])
@pytest.mark.parametrize("may_take", [True, False], ids=["", "may not take"])
@pytest.mark.parametrize("start", ["primary", "secondary"])
def test_a_stopped_test_whose_journal_is_gone_is_brought_back_or_stays_open(
    world: PracticeWorld, start: str, may_take: bool, how: str
) -> None:
    stage = new_stage(world, "happy-routing")
    if start != "primary":
        world.control_of("pass", target_app_id=world.app(start))
    before = world.owner_of()

    def stop(event: Event) -> None:
        if (event.item, event.state) == (Item.PASSED, ItemState.DONE):
            take_away(stage.session.places.journal, how)
            stage.cancel.cancel()
            if not may_take:
                world.fault("POST me/take_thread_control", "refuse", None)
                world.fault("POST me/pass_thread_control", "refuse", None)

    stage.on_event = stop
    with pytest.raises(Cancelled):
        stage.run()
    endings = restore_within(stage.session, stage.answers, world.tester, 10)
    world.forget_faults()
    assert endings or world.owner_of() == before
    assert world.owner_of() == before or len(stage.session.pending_tests()) == 1
    is_back = all(ended.result is not RestoreResult.NOT_BACK for ended in endings)
    assert is_back == (world.owner_of() == before), "what is said is what is"
