"""Logging in with a code: what Facebook may answer, by real HTTP."""

import json

import pytest

from tests.web.server import answering, rude_server
from wizard.core import limits
from wizard.core.cancel import CancelToken
from wizard.core.log_in import LogInFile
from wizard.core.secret import Secret
from wizard.graph.code_log_in import CodeLogInCalls, ShownCode

FILE = LogInFile(
    "acme", "Acme", "1234567890", "https://acme.example/", scopes=("pages_messaging",), client_token=Secret("c")
)


def started(interval: object, expires_in: object) -> ShownCode:
    given = {"code": "ab" * 20, "user_code": "ABCDEF", "interval": interval, "expires_in": expires_in}
    with rude_server(answering(json.dumps(given).encode())) as rude:
        calls = CodeLogInCalls(rude.address, rude.address, "v27.0", FILE, CancelToken())
        try:
            return calls.start()
        finally:
            calls.close()


@pytest.mark.parametrize("odd", [10**400, 1e308, -(10**400), -1, 0, 0.5], ids=lambda odd: str(odd)[:5])
def test_times_that_nobody_would_wait_for_are_kept_within_bounds(odd: float) -> None:
    shown = started(odd, odd)
    least, most = limits.CODE_LOOKS
    assert least <= shown.interval <= most
    assert 1 <= shown.expires_in <= 3_600
