"""Logs and files are read from their end, whatever their size, shape and letters."""

import gzip
import json
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from wizard.actions import explain
from wizard.actions.explain import explain_file, explain_input
from wizard.core.cancel import CancelToken
from wizard.core.explain.log_file import BLOCK, LogProblem
from wizard.words.explained_log import ExplainedLog, ExplainNote, extent, problem_said, seen

TOKEN = "EAAGm0PX4ZCpsBAKZAbcdEFGh1234567890ijklmnopQRSTuvwxYZ"
OTHER_APP = "(#10) Message failed to send because another app is controlling this thread now."
EXPIRED = "Error validating access token: Session has expired on Wednesday, 14-Feb-18 18:00:00 PST."
IDS = {OTHER_APP: "another-app-in-control", EXPIRED: "token-expired"}


def _log(path: Path, text: str | bytes) -> ExplainedLog:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return explain_file(path, CancelToken(), lambda _share: None)


def _rows(log: ExplainedLog) -> list[tuple[str, int, str, str]]:
    return [(row.explained.id, row.explained.times, row.first, row.last) for row in log.rows]


def test_each_trouble_has_how_often_and_when_the_newest_first(tmp_path: Path) -> None:
    log = _log(
        tmp_path / "bot.log",
        f"2026-09-01 08:00:00,113 ERROR {OTHER_APP}\n"
        f"2026-09-02 09:00:00,113 INFO fine\n"
        f"2026-09-02 10:00:00,113 ERROR {EXPIRED} token={TOKEN} from 1234567890123456\n"
        f"2026-09-03 11:00:00,113 ERROR {OTHER_APP} to customer 9876543210123456\n",
    )
    assert _rows(log) == [
        ("another-app-in-control", 2, "2026-09-01 08:00:00", "2026-09-03 11:00:00"),
        ("token-expired", 1, "2026-09-02 10:00:00", "2026-09-02 10:00:00"),
    ]
    newest, older = log.rows
    assert newest.example.startswith("2026-09-03 11:00:00")
    assert seen(newest) == "Seen 2 times, first on 2026-09-01 08:00:00, last on 2026-09-03 11:00:00."
    assert seen(older) == "Seen 1 time, on 2026-09-02 10:00:00."
    for secret in (TOKEN[:12], "1234567890123456", "9876543210123456"):
        assert secret not in newest.example + older.example
    assert extent(log) == ""
    assert log.read == log.size


@pytest.mark.parametrize(
    ("line", "when"),
    [
        ("2026-09-14 08:21:07,113 ERROR {error}", "2026-09-14 08:21:07"),
        ("[2026-09-14T08:21:07.113Z] {error}", "2026-09-14 08:21:07Z"),
        ("2026-09-14T08:21:07+02:00 {error}", "2026-09-14 08:21:07+02:00"),
        ("[2026-09-02 14:03:55] production.ERROR: {error}", "2026-09-02 14:03:55"),
        ("2026/09/14 08:21:07 [error] 31#0: {error}", "2026/09/14 08:21:07"),
        ('10.0.0.1 - - [14/Sep/2026:08:21:07 +0000] "POST /send" 502 {error}', "14/Sep/2026:08:21:07 +0000"),
        ("Sep 14 08:21:07 host bot[12]: {error}", "Sep 14 08:21:07"),
        ("Mon Sep 14 08:21:07 2026 {error}", "Mon Sep 14 08:21:07 2026"),
        ("14.09.2026 08:21:07 Fehler: {error}", "14.09.2026 08:21:07"),
        ("09/14/2026 08:21:07 PM - {error}", "09/14/2026 08:21:07 PM"),
        ("bot_1  | 2026-09-14 08:21:07 {error}", "2026-09-14 08:21:07"),
        ('{{"level":"error","time":1790000000123,"msg":"{error}"}}', "2026-09-21 14:13:20Z"),
        ('{{"msg":"{error}","pid":4,"timestamp":"2026-09-14T08:21:07.5Z"}}', "2026-09-14 08:21:07Z"),
        ('ts=1790000000.12 level=error msg="{error}"', "2026-09-21 14:13:20Z"),
        ("08:21:07 {error}", "08:21:07"),
        ("{error}", ""),
    ],
)
def test_times_of_common_shapes_are_told(tmp_path: Path, line: str, when: str) -> None:
    log = _log(tmp_path / "bot.log", f"started\n{line.format(error=OTHER_APP)}\n")
    assert _rows(log) == [("another-app-in-control", 1, when, when)]


def test_a_body_over_many_lines_is_one_error_with_the_time_above_it(tmp_path: Path) -> None:
    body = json.dumps({"error": {"message": OTHER_APP, "code": 10, "error_subcode": 2018300}}, indent=2)
    plain = f"2026-09-14 08:21:07 WARN send failed: 400\n{body}\n2026-09-14 08:21:08 INFO next\n"
    in_journal = "".join(f"Nov 29 06:05:17 host bot[12]: {line}\n" for line in ["send failed", *body.split("\n")])
    for text, when in ((plain, "2026-09-14 08:21:07"), (in_journal, "Nov 29 06:05:17")):
        assert _rows(_log(tmp_path / "bot.log", text)) == [("another-app-in-control", 1, when, when)]


@pytest.mark.parametrize("error", IDS)
def test_the_newest_lines_of_a_large_log_are_found_with_little_memory(tmp_path: Path, error: str) -> None:
    path = tmp_path / "bot.log"
    with path.open("w") as file:
        for second in range(100_000):
            file.write(
                f"2026-09-14 08:21:07,113 INFO bot.web POST /webhook 200 in {second}ms events=3 errors=0 code=ok\n"
            )
        file.write(f"2026-11-29 06:00:00,001 ERROR {error}\n")
    assert path.stat().st_size > 8 * BLOCK
    tracemalloc.start()
    log = explain_file(path, CancelToken(), lambda _share: None)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert _rows(log) == [(IDS[error], 1, "2026-11-29 06:00:00", "2026-11-29 06:00:00")]
    assert peak < 40 * BLOCK
    assert log.read == log.size


def test_a_line_that_lies_over_the_edge_of_a_block_is_read_whole(tmp_path: Path) -> None:
    for shift in range(0, len(OTHER_APP) + 20, 7):
        before = "x" * 99 + "\n"
        text = (
            before * (BLOCK // 100)
            + "y" * shift
            + "\n"
            + f"2026-09-14 08:21:07 {OTHER_APP}\n"
            + before * (BLOCK // 100)
        )
        assert _rows(_log(tmp_path / "bot.log", text)) == [
            ("another-app-in-control", 1, "2026-09-14 08:21:07", "2026-09-14 08:21:07")
        ]


def test_what_was_not_read_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explain, "MOST_READ", BLOCK)
    filler = "2026-09-14 08:21:07 INFO fine\n" * 100_000
    log = _log(tmp_path / "bot.log", f"2026-01-01 00:00:00 {EXPIRED}\n{filler}2026-09-14 08:21:08 {OTHER_APP}\n")
    assert [row.explained.id for row in log.rows] == ["another-app-in-control"]
    assert extent(log).startswith("The newest ")
    assert extent(log).endswith("of 3.0 MB were read. What is older was not looked at.")


def test_stopping_keeps_what_was_found_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "bot.log"
    path.write_text("2026-09-14 08:21:07 INFO fine\n" * 200_000 + f"2026-09-14 08:21:08 {OTHER_APP}\n")
    cancel, shares = CancelToken(), []

    def stop_after_the_first(share: float) -> None:
        shares.append(share)
        cancel.cancel()

    log = explain_file(path, cancel, stop_after_the_first)
    assert [row.explained.id for row in log.rows] == ["another-app-in-control"]
    assert log.is_stopped
    assert extent(log).startswith("Stopped. The newest ")
    assert len(shares) == 1
    assert 0 < shares[0] < 0.5


def test_numbers_of_an_access_log_are_no_errors(tmp_path: Path) -> None:
    lines = [
        f'10.0.{number}.1 - - [14/Sep/2026:08:{number % 60:02}:07 +0000] "POST /webhook?code={number} HTTP/1.1" '
        f'{(200, 190, 400, 100, 10, 613)[number % 6]} {number * 37} "-" "facebookexternalua" {number % 400}'
        for number in range(200)
    ]
    log = _log(tmp_path / "access.log", "\n".join(lines))
    assert not log.found
    assert log.problem is None
    assert problem_said(log)[0] == "No error of Facebook was found in “access.log”."


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_log_of_any_unicode_is_read(tmp_path: Path, encoding: str) -> None:
    text = f"2026-09-14 08:21:07 Grüße\r\n2026-09-14 08:21:08 {OTHER_APP}\r\n" + "2026-09-14 08:21:09 ok\r\n" * 60_000
    log = _log(tmp_path / "bot.log", text.encode(encoding))
    assert _rows(log) == [("another-app-in-control", 1, "2026-09-14 08:21:08", "2026-09-14 08:21:08")]


def test_letters_of_an_old_windows_and_a_gap_of_zeros_do_no_harm(tmp_path: Path) -> None:
    text = f"14.09.2026 08:21:08 Gr\xfc\xdfe: {OTHER_APP}\n".encode("cp1252")
    log = _log(tmp_path / "bot.log", b"\x00" * 5_000 + text)
    assert _rows(log) == [("another-app-in-control", 1, "14.09.2026 08:21:08", "14.09.2026 08:21:08")]
    assert "Grüße" in log.rows[0].example


@pytest.mark.parametrize(
    "line",
    [
        "INFO Merge pull request (#190) from feature",
        "INFO Invoice #10 paid (#100)",
        "ERROR TypeError: x is not a function at /app/node_modules/bot/index.js:190:10",
        "ERROR Twilio error code 63016 (#63016)",
        "ERROR HTTP 400 Bad Request",
        'ERROR {"error":{"code":404,"message":"Not found"}}',
        "INFO session has expired for user 7, please log in again",
        "psql: error: FATAL: password authentication failed",
    ],
)
def test_other_programs_in_a_log_have_errors_of_their_own(tmp_path: Path, line: str) -> None:
    assert not _log(tmp_path / "bot.log", f"2026-09-14 08:21:07 {line}\n" * 3).found


def test_a_file_that_is_one_long_line_is_read_in_parts(tmp_path: Path) -> None:
    fine = json.dumps({"id": "m_1", "text": "fine", "at": "2026-09-14T08:21:07Z"})
    wrong = json.dumps({"at": "2026-09-14T08:21:08Z", "error": {"message": OTHER_APP, "code": 10}})
    log = _log(tmp_path / "export.json", f"[{', '.join([fine] * 40_000)}, {wrong}, {', '.join([fine] * 40_000)}]")
    assert [(row.explained.id, row.explained.times) for row in log.rows] == [("another-app-in-control", 1)]
    assert "2026-09-14" in log.rows[0].last


def test_names_and_texts_that_steer_a_terminal_do_not(tmp_path: Path) -> None:
    log = _log(tmp_path / "bot\x1b[2J\u202e.log", f"2026-09-14 08:21:07 \x1b[31m{OTHER_APP}\x1b[0m \u202e\x07 \x9b2J\n")
    assert (log.name + log.rows[0].example).isprintable()


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("empty.log", b" \n", LogProblem.EMPTY),
        ("bot.log.gz", gzip.compress(b"a log", mtime=0), LogProblem.PACKED),
        ("picture.png", bytes(range(256)) * 40, LogProblem.NOT_TEXT),
        ("my.handover.json", b'{"version": 1, "content": {}}', LogProblem.SETUP),
        ("renamed.json", b'{"version": 1, "kind": "handover-facts", "content": {}}', LogProblem.FACTS),
        ("report.json", b'{"kind":"messenger-handover-check-report","version":1}', LogProblem.REPORT),
    ],
)
def test_what_is_no_log_is_called_what_it_is(tmp_path: Path, name: str, content: bytes, problem: LogProblem) -> None:
    log = _log(tmp_path / name, content)
    assert log.problem is problem
    title, action = problem_said(log)
    assert name in title
    assert action


def test_a_file_that_is_not_there_and_a_folder_are_told(tmp_path: Path) -> None:
    for path, problem in ((tmp_path / "nowhere.log", LogProblem.MISSING), (tmp_path, LogProblem.FOLDER)):
        assert explain_file(path, CancelToken(), lambda _share: None).problem is problem


def test_a_short_file_that_is_no_log_is_read_as_a_text(tmp_path: Path) -> None:
    log = _log(tmp_path / "error.txt", "Why do both the bot and a human answer?")
    assert log.text is not None
    assert log.text.found
    assert not log.rows


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("+49 170 1234567 wrote", "1234567"),
        ("call +1 (415) 555-2671 now", "2671"),
        ("phone: 4155552671", "4155552671"),
        ("from +84912345678", "84912345678"),
        ("0912 345 678 asked", "345"),
        ("Tel. (030) 123-4567", "123-4567"),
        ("from 84912345678", "84912345678"),
    ],
)
def test_phone_numbers_never_show(tmp_path: Path, text: str, hidden: str) -> None:
    log = _log(tmp_path / "bot.log", f"2026-09-14 08:21:07 {OTHER_APP} {text}\n")
    assert hidden not in log.rows[0].example
    assert hidden not in explain_input(text).blanked


@pytest.mark.parametrize(
    "text",
    [
        "2026-09-14 08:21:07,113 took 12345678 ms",
        "[14/Sep/2026:08:21:07 +0000] 200 1234567",
        "2026-09-14T08:21:07+02:00 fine",
        "08:21:07 +1000 10.0.0.1 200 5123",
        "(100) 2018300",
        "code 100/2018001",
    ],
)
def test_times_codes_and_addresses_are_no_phone_numbers(text: str) -> None:
    assert explain_input(text).blanked == text


@pytest.mark.parametrize(
    ("text", "note"),
    [
        (TOKEN, ExplainNote.ONLY_SECRET),
        (
            "Der Bot antwortet nicht, weil eine andere App als primärer Empfänger eingestellt ist",
            ExplainNote.ENGLISH_ONLY,
        ),
        ("El bot dejó de responder después de que un agente contestó en la página", ExplainNote.ENGLISH_ONLY),
        (
            '{"error":{"message":"Något gick fel med att skicka det här.","type":"OAuthException","code":551}}',
            ExplainNote.BY_NUMBER,
        ),
        (
            '{"error":{"message":"Något gick fel med att skicka det här.","code":10,"error_subcode":2018300}}',
            None,
        ),
        ("(#10) Diese Nachricht wird außerhalb des zulässigen Zeitfensters gesendet.", None),
        (OTHER_APP, None),
        ("Why do both the bot and a human answer?", None),
        ("Error 190 when starting World of Tanks", ExplainNote.BY_NUMBER),
        ("Our bot shows error 190", None),
        ("error 190: session has expired", None),
        ("error 190", None),
        ("Fehler 190!", None),
        ('Das kam nach dem Aufruf zurück und ist mir nicht klar: {"success": false}', None),
    ],
)
def test_what_was_not_understood_is_said(text: str, note: ExplainNote | None) -> None:
    assert explain_input(text).note is note


@pytest.mark.parametrize("make", [lambda n: f"(#{n}) Something new", lambda n: f"Invoice {n} (#{n})"])
def test_a_log_of_a_thousand_shapes_ends(
    tmp_path: Path, make: Callable[[int], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(explain, "MOST_SHAPES", 50)
    text = "".join(f"2026-09-14 08:21:07 {make(number)}\n{'x' * 90}\n" for number in range(30_000))
    log = _log(tmp_path / "bot.log", text)
    assert len(log.rows) <= explain.MOST_ROWS
    assert extent(log)
