import json
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from wizard.core.errors import ErrorKind
from wizard.store import private_log
from wizard.store.log import FILE_NAME, log_crash, log_event, start_log, stop_log

TOKEN = "EAAG" + "x1Y2z3" * 30


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    start_log(tmp_path / "logs")
    yield tmp_path / "logs"
    stop_log()


def lines(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / FILE_NAME).read_text(encoding="utf-8").splitlines()]


def test_an_event_is_logged_with_its_allowed_fields(folder: Path) -> None:
    log_event(
        event="call_failed",
        call="POST me/take_thread_control",
        kind=ErrorKind.TAKE_REFUSED,
        code=10,
        subcode=2018300,
        trace_id="AbC-_1+/=",
        seconds=0.25,
        step="test",
        check="routing.default_app",
    )
    (line,) = lines(folder)
    assert line.pop("time").endswith("+00:00")
    assert line == {
        "event": "call_failed",
        "call": "POST me/take_thread_control",
        "kind": "take_refused",
        "code": 10,
        "subcode": 2018300,
        "trace_id": "AbC-_1+/=",
        "seconds": 0.25,
        "step": "test",
        "check": "routing.default_app",
    }


def test_fields_that_are_not_on_the_list_are_dropped(folder: Path) -> None:
    log_event(event="started", token=TOKEN, message="said " + TOKEN, page_name="Bäckerei")
    (line,) = lines(folder)
    assert set(line) == {"time", "event"}


@pytest.mark.parametrize("field", ["event", "call", "kind", "code", "subcode", "trace_id", "seconds", "step", "check"])
@pytest.mark.parametrize(
    "value",
    [TOKEN, f"GET me?access_token={TOKEN}", [TOKEN], {"token": TOKEN}, TOKEN[:30], f"my_{TOKEN[:30]}", "0f9e8d7c" * 4],
)
def test_no_field_takes_a_token(folder: Path, field: str, value: object) -> None:
    log_event(**{field: value})
    assert TOKEN[:20] not in (folder / FILE_NAME).read_text()
    assert "0f9e8d7c" not in (folder / FILE_NAME).read_text()
    assert lines(folder)[0][field] == "(left out)"


def test_a_crash_is_logged_with_type_and_place_but_never_with_its_text(folder: Path) -> None:
    def reads_a_token() -> None:
        try:
            raise KeyError(TOKEN)
        except KeyError as error:
            raise ValueError(f"bad token {TOKEN}") from error

    with pytest.raises(ValueError, match="bad token") as raised:
        reads_a_token()
    log_crash(raised.value)
    (line,) = lines(folder)
    assert line["event"] == "crash"
    assert [error["type"] for error in line["errors"]] == ["ValueError", "KeyError"]
    assert line["errors"][0]["place"][-1].startswith("test_log.py:")
    assert line["errors"][0]["place"][-1].endswith(" reads_a_token")
    assert TOKEN not in (folder / FILE_NAME).read_text()


def test_the_log_is_for_this_user_alone_and_made_with_the_first_event(folder: Path) -> None:
    assert not folder.exists()
    log_event(event="started")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / FILE_NAME).stat().st_mode) == 0o600


def test_the_log_rotates_and_stays_small(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(private_log, "BYTES_PER_FILE", 2_000)
    start_log(folder)
    for number in range(400):
        log_event(event="counted", code=number)
    files = list(folder.iterdir())
    assert len(files) == 4
    assert all(file.stat().st_size <= 2_000 for file in files)
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in files)
    assert lines(folder)[-1]["code"] == 399


def test_before_a_log_is_started_and_after_it_is_stopped_events_vanish(tmp_path: Path) -> None:
    log_event(event="early")
    start_log(tmp_path)
    stop_log()
    log_event(event="late")
    assert not list(tmp_path.iterdir())


def test_a_log_that_cannot_be_written_says_nothing_and_stops_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "logs").write_text("a file where the folder should be")
    start_log(tmp_path / "logs")
    log_event(event="one")
    log_event(event="two")
    stop_log()
    assert capsys.readouterr() == ("", "")


def test_events_go_to_one_file_after_a_second_start(folder: Path, tmp_path: Path) -> None:
    start_log(tmp_path / "second")
    log_event(event="once")
    assert not folder.exists()
    assert len(lines(tmp_path / "second")) == 1
