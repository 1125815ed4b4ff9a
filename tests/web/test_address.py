"""A token is sent over https, or to this machine; nowhere else."""

import pytest

from wizard.web.address import is_loopback, is_safe


@pytest.mark.parametrize(
    "address",
    [
        "https://graph.facebook.com",
        "http://127.0.0.1:8080/x",
        "http://127.3.2.1",
        "http://[::1]:80",
        "http://localhost:5",
    ],
)
def test_https_and_this_machine_are_safe(address: str) -> None:
    assert is_safe(address)


@pytest.mark.parametrize(
    "address",
    [
        "http://graph.facebook.com",
        "http://127.0.0.1.example.org",
        "http://localhost.example.org",
        "https://name:word@graph.facebook.com",
        "ftp://127.0.0.1",
        "graph.facebook.com",
        "https://",
        "http://10.0.0.1",
        "https://host:port",
        "",
    ],
)
def test_everything_else_is_not(address: str) -> None:
    assert not is_safe(address)


def test_only_this_machine_is_loopback() -> None:
    assert is_loopback("https://127.0.0.1:1")
    assert not is_loopback("https://graph.facebook.com")
    assert not is_loopback("http://[")
