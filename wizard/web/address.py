"""Which addresses may be called at all: https, or this machine; and which lie inside somebody's network."""

import ipaddress
import re
from urllib.parse import urlsplit

_HOST = re.compile(r"(?:(?P<name>[\w.-]{1,253})|(?P<number>\[[0-9A-Fa-f:.]+\]))(?::\d{0,5})?")
_LONGEST_LABEL = 63
# What stands before an IPv4 address in an IPv6 address: RFC 4291, RFC 6052; and RFC 5214, behind any network.
_MAPPED, _NAT64, _ISATAP = 0xFFFF, 0x0064FF9B0000000000000000, 0x00005EFE
_INTERNET = ipaddress.IPv6Network("2000::/3")  # RFC 4291: all that was ever given out; translators use the rest
_NAMES_INSIDE = (".localhost", ".local", ".internal", ".home.arpa")  # RFC 6761, 6762, 8375; ICANN, 2024


def is_loopback(address: str) -> bool:
    """True for http(s) addresses whose host is this machine: localhost, 127.0.0.0/8, ::1."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return False
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_private(address: str) -> bool:
    """True if the address says by itself that it is inside somebody's network, or this machine: an IP address that the
    Internet does not carry, a name without a dot, localhost. Where a name leads, only the connection shows."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return False
    try:
        return not is_public(host)
    except ValueError:
        return "." not in host.rstrip(".") or host.rstrip(".").endswith(_NAMES_INSIDE)


def is_public(number: str) -> bool:
    """Whether the Internet carries this IP address, and any IPv4 address that stands in it: a gateway would unpack it.
    Raises ValueError for what is no IP address."""
    address = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(address, ipaddress.IPv4Address):
        return address.is_global and not address.is_multicast
    above, lowest = int(address) >> 32, ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if above in (_MAPPED, _NAT64):  # nothing but the IPv4 address counts
        return is_public(str(lowest))
    if not address.is_global or address not in _INTERNET:
        return False
    inside = [address.sixtofour, *(address.teredo or ()), lowest if above & 0xFDFFFFFF == _ISATAP else None]
    return all(is_public(str(one)) for one in inside if one is not None)


def is_host(netloc: str) -> bool:
    """Whether what stands between the slashes is a host, with or without a port, and nothing else. Readers of addresses
    differ in what they make of a backslash, a user name, or a dot of another script: so nobody is asked to read it."""
    found = _HOST.fullmatch(netloc)
    if found is None:
        return False
    if found["number"]:
        return True
    labels = found["name"].removesuffix(".").split(".")
    try:
        return all(label and len(label.encode("idna")) <= _LONGEST_LABEL for label in labels)
    except UnicodeError:
        return False


def is_safe(address: str) -> bool:
    """True if a token may be sent there: https with certificates checked, or this machine.

    An address with a user name or a password in it is not safe: they would replace the Authorization header.
    """
    try:
        parts = urlsplit(address)
        port_is_readable = parts.port is None or parts.port > 0
    except ValueError:
        return False
    if not (is_host(parts.netloc) and port_is_readable):
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and is_loopback(address))
