"""By a log-in with Facebook: a file from a stranger, an answer or an error that quotes what it should not."""

import json
import uuid
from pathlib import Path

import pytest

from tests.graph.conftest import TOKEN
from tests.web.server import reply, rude_server
from wizard.catalogues.log_in_files import LogInFolder, read_log_in_file
from wizard.core.cancel import CancelToken
from wizard.core.errors import Failure, WizardError
from wizard.core.log_in import LogInFile, LogInFileError, fields_of, read_answer
from wizard.core.secret import Secret
from wizard.core.world import World
from wizard.graph.code_log_in import CodeLogInCalls
from wizard.store.places import Places

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
