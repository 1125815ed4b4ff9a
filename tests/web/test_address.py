"""A token is sent over https, or to this machine; nowhere else."""

import pytest

from wizard.web.address import is_loopback, is_private, is_public, is_safe


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


@pytest.mark.parametrize(
    "number",
    [
        *("10.0.0.1", "127.0.0.1", "169.254.1.1", "192.168.1.1", "100.64.0.1", "0.0.0.0", "224.0.0.1", "240.0.0.1"),
        *("255.255.255.255", "198.18.0.1", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "fec0::1"),
        *("feff::1", "ff02::1", "ff0e::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1", "::10.0.0.1", "::127.0.0.1"),
        *("64:ff9b::10.0.0.1", "64:ff9b::a00:1", "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:a00:1::", "2002:7f00:1::1"),
        *("2002:c0a8:101::8", "2001:0:a00:1::1", "2001::f5ff:fffe", "2001:db8::1", "2a00:1450::5efe:10.0.0.1"),
        *(
            "2a00:1450::200:5efe:10.0.0.1",
            "::ffff:0:10.0.0.1",
            "::ffff:0:127.0.0.1",
            "::1:10.0.0.1",
            "64:ff9b:2::a00:1",
        ),
        *("100::1", "5f00::1", "4000::1"),
    ],
)
def test_an_address_that_the_internet_does_not_carry_is_private(number: str) -> None:
    assert is_private(f"https://[{number}]/" if ":" in number else f"https://{number}/")
    assert not is_public(number)


@pytest.mark.parametrize(
    "number",
    [
        *("157.240.1.35", "1.1.1.1", "2a03:2880:f12f:83:face:b00c:0:25de", "2606:4700:4700::1111", "::ffff:1.1.1.1"),
        *("64:ff9b::101:101", "2002:101:101::1"),
    ],
)
def test_an_address_that_the_internet_carries_is_public(number: str) -> None:
    assert is_public(number)
    assert not is_private(f"https://[{number}]/" if ":" in number else f"https://{number}/")


@pytest.mark.parametrize(
    "host", ["bot", "localhost.", "a.localhost", "printer.local", "bot.internal", "BOT.internal.", "nas.home.arpa"]
)
def test_a_name_that_only_a_network_inside_knows_is_private(host: str) -> None:
    assert is_private(f"https://{host}/")
    assert not is_private(f"https://{host.rstrip('.')}.example/")
