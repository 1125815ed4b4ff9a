"""Every recorded reply becomes success, a failure of the right kind, or unreadable: by rule, and without a crash."""

import json
from typing import Any

import pytest

from tests.replies.corpus import Line, lines
from wizard.core.errors import ErrorKind
from wizard.core.facts import Usage
from wizard.graph.classify import Refusal
from wizard.graph.headers import usage
from wizard.graph.replies import Success, batch_item, decode

# Judged by hand from the notes of each line and Facebook's documentation. All other bodies are successes.
KINDS = {
    "acc-page-token": ErrorKind.BAD_REQUEST,
    "bat-whole-error": ErrorKind.TOKEN_INVALID,
    "bat-over-50": ErrorKind.BAD_REQUEST,
    "conv-not-exist": ErrorKind.NOT_FOUND,
    "e-1-https": ErrorKind.BAD_REQUEST,
    "e-10-review": ErrorKind.PERMISSION_MISSING,
    "e-100-gme": ErrorKind.NOT_FOUND,
    "e-190-decrypt": ErrorKind.TOKEN_MALFORMED,
    "e-190-463-pdt": ErrorKind.TOKEN_EXPIRED,
    "e-190-467": ErrorKind.TOKEN_REVOKED,
    "e-2": ErrorKind.SERVER_TROUBLE,
    "e-200-auth": ErrorKind.PERMISSION_MISSING,
    "e-2500-path": ErrorKind.BAD_REQUEST,
    "e-368": ErrorKind.THROTTLED,
    "e-506": ErrorKind.UNKNOWN,
    "e-803": ErrorKind.NOT_FOUND,
    "e-299-nocode": ErrorKind.PERMISSION_MISSING,
    "e-200-nocode": ErrorKind.PERMISSION_MISSING,
    "e-3-nocode": ErrorKind.PERMISSION_MISSING,
    "e-expired-nocode": ErrorKind.TOKEN_EXPIRED,
    "e-password-nocode": ErrorKind.TOKEN_REVOKED,
    "e-type-exception": ErrorKind.UNKNOWN,
    "e-1-99": ErrorKind.SERVER_TROUBLE,
    "e-1-99-ok200": ErrorKind.SERVER_TROUBLE,
    "e-2-500": ErrorKind.SERVER_TROUBLE,
    "e-2-prefix": ErrorKind.SERVER_TROUBLE,
    "e-4": ErrorKind.THROTTLED,
    "e-17": ErrorKind.THROTTLED,
    "e-32": ErrorKind.THROTTLED,
    "e-80001": ErrorKind.THROTTLED,
    "e-190-464": ErrorKind.TOKEN_ACCOUNT_BLOCKED,
    "e-190-460": ErrorKind.TOKEN_REVOKED,
    "e-190-463": ErrorKind.TOKEN_EXPIRED,
    "e-190-458-doc": ErrorKind.TOKEN_REVOKED,
    "e-190-492": ErrorKind.PAGE_ACCESS_LOST,
    "e-190-2069032": ErrorKind.PAGE_TOKEN_NEEDED,
    "e-190-invalid": ErrorKind.TOKEN_MALFORMED,
    "e-100-33": ErrorKind.NOT_FOUND,
    "e-100-33-th": ErrorKind.NOT_FOUND,
    "e-2500-ig": ErrorKind.BAD_REQUEST,
    "e-100-node": ErrorKind.NOT_FOUND,
    "e-proof": ErrorKind.PROOF_WRONG,
    "e-12": ErrorKind.API_VERSION,
    "e-200": ErrorKind.PERMISSION_MISSING,
    "e-error-data-string": ErrorKind.BAD_REQUEST,
    "e-error-data-object": ErrorKind.UNKNOWN,
    "e-odd-190-1": ErrorKind.TOKEN_INVALID,
    "e-odd-190-2": ErrorKind.TOKEN_ACCOUNT_BLOCKED,
    "e-odd-190-3": ErrorKind.TOKEN_INVALID,
    "e-odd-190-4": ErrorKind.TOKEN_INVALID,
    "e-1487634": ErrorKind.UNKNOWN,
    "e-doc-1234567": ErrorKind.TOKEN_MALFORMED,
    "me-no-token": ErrorKind.TOKEN_INVALID,
    "me-no-token-http200": ErrorKind.TOKEN_INVALID,
    "me-cannot-parse": ErrorKind.TOKEN_MALFORMED,
    "me-nonexisting-field": ErrorKind.PAGE_TOKEN_NEEDED,
    "me-app-proof-or-app-token": ErrorKind.PERMISSION_MISSING,
    "me-missing-perm-100": ErrorKind.PERMISSION_MISSING,
    "me-803": ErrorKind.NOT_FOUND,
    "own-2018300": ErrorKind.ANOTHER_APP_IN_CONTROL,
    "own-short": ErrorKind.ANOTHER_APP_IN_CONTROL,
    "own-subcode-only": ErrorKind.ANOTHER_APP_IN_CONTROL,
    "own-ig-2534037": ErrorKind.NOT_IN_CONTROL,
    "win-2018065": ErrorKind.OUTSIDE_WINDOW,
    "win-2018278": ErrorKind.OUTSIDE_WINDOW,
    "win-2534022": ErrorKind.OUTSIDE_WINDOW,
    "win-ig-type": ErrorKind.OUTSIDE_WINDOW,
    "win-2018278-403": ErrorKind.OUTSIDE_WINDOW,
    "una-551": ErrorKind.PERSON_UNAVAILABLE,
    "una-200": ErrorKind.PERSON_UNAVAILABLE,
    "una-2018108": ErrorKind.PERSON_UNAVAILABLE,
    "dev-2018028": ErrorKind.DEVELOPMENT_MODE,
    "rcp-100-none": ErrorKind.PERSON_UNKNOWN,
    "rcp-2018001": ErrorKind.PERSON_UNKNOWN,
    "rcp-valid-id": ErrorKind.PERSON_UNKNOWN,
    "rcp-user-id": ErrorKind.BAD_REQUEST,
    "perm-230": ErrorKind.PERMISSION_MISSING,
    "perm-1404170": ErrorKind.PERMISSION_MISSING,
    "tmp-1200-nosub": ErrorKind.SERVER_TROUBLE,
    "lim-613": ErrorKind.THROTTLED,
    "att-2018047": ErrorKind.BAD_REQUEST,
    "att-36000-200": ErrorKind.UNKNOWN,
    "sub-post-false": ErrorKind.NOT_DONE,
    "sub-del-partial": ErrorKind.NOT_DONE,
    "sub-190-http200": ErrorKind.TOKEN_MALFORMED,
    "sub-200-messages": ErrorKind.PERMISSION_MISSING,
    "sub-210": ErrorKind.PAGE_TOKEN_NEEDED,
    "sub-210-403": ErrorKind.PAGE_TOKEN_NEEDED,
    "owner-429-bare": ErrorKind.THROTTLED,
    "dbg-not-allowed": ErrorKind.PERMISSION_MISSING,
    "oauth-191": ErrorKind.BAD_REQUEST,
    "device-pending": ErrorKind.UNKNOWN,
}
# Facebook's own misuse of the envelope: the number is somewhere else than usual.
BURIED = {"e-299-nocode": 299, "e-200-nocode": 200, "e-3-nocode": 3, "bat-whole-error": 190}
BURIED |= {"e-odd-190-1": 190, "e-odd-190-3": 190, "e-odd-190-4": 190}

JSON_LINES = [one for one in lines() if one.has_body and one.body is not None]
TEXT_LINES = [one for one in lines() if one.has_body and one.body is None]


def answer_of(line: Line) -> Success | Refusal:
    return decode(line.text.encode(), line.status, line.headers, line.call)


@pytest.mark.parametrize("line", JSON_LINES, ids=lambda line: line.id)
def test_a_json_reply_is_a_success_or_the_failure_it_tells(line: Line) -> None:
    answer = answer_of(line)
    if line.id not in KINDS:
        assert isinstance(answer, Success)
        assert answer.body == line.body
        return
    assert isinstance(answer, Refusal)
    assert answer.failure.kind is KINDS[line.id]
    error: dict[str, Any] = line.body.get("error", {}) if isinstance(line.body.get("error"), dict) else {}
    code, subcode = error.get("code"), error.get("error_subcode")
    assert answer.failure.code == BURIED.get(line.id, code)
    assert answer.failure.subcode == (None if subcode is None else int(subcode))
    assert answer.failure.trace_id == error.get("fbtrace_id", "")


def test_an_error_envelope_is_never_a_success() -> None:
    assert {one.id for one in JSON_LINES if isinstance(one.body, dict) and "error" in one.body} <= set(KINDS)


@pytest.mark.parametrize("line", TEXT_LINES, ids=lambda line: line.id)
def test_what_is_no_json_is_never_a_success(line: Line) -> None:
    answer = answer_of(line)
    try:
        json.loads(line.text)
    except ValueError:
        assert isinstance(answer, Refusal)
        expected = ErrorKind.SERVER_TROUBLE if line.status >= 500 else ErrorKind.UNREADABLE
        assert answer.failure.kind is expected
    else:
        assert isinstance(answer, Success)


@pytest.mark.parametrize(
    "line", [one for one in lines("batch") if isinstance(one.body, list)], ids=lambda line: line.id
)
def test_each_operation_of_a_batch_is_read_for_itself(line: Line) -> None:
    for item in line.body:
        answer, _ = batch_item(item, "GET me")
        if item is None:
            assert isinstance(answer, Refusal)
            assert answer.failure.kind is ErrorKind.SERVER_TROUBLE
        elif item.get("code", 200) >= 400:
            assert isinstance(answer, Refusal)
            assert answer.failure.kind is not ErrorKind.UNKNOWN
        else:
            assert isinstance(answer, Success)


USAGE = {
    "h-buc-messenger": Usage(1.0),
    "h-buc-koala": Usage(1.0),
    "h-invalid-json": Usage(None),
    "h-odd-keys": Usage(None),
    "h-144": Usage(144.0),
    "h-empty": Usage(None),
    "h-buc-100": Usage(100.0, 600.0),
    "h-page-usage": Usage(1.0),
    "h-page-one": Usage(45.0),
    "h-www-2500": Usage(None),
    "h-www-803": Usage(None),
}


@pytest.mark.parametrize("line", lines("headers"), ids=lambda line: line.id)
def test_usage_headers_of_any_shape_give_the_highest_percentage(line: Line) -> None:
    assert usage(line.headers) == USAGE[line.id]
