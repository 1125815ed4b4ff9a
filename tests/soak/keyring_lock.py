"""Locks the test session's own keyring, and opens it again without anybody to type its password."""

from collections.abc import Iterator
from contextlib import contextmanager

import secretstorage
from jeepney import DBusAddress, new_method_call  # type: ignore[import-untyped]
from secretstorage.util import format_secret, open_session

_LOGIN = "/org/freedesktop/secrets/collection/login"
_PASSWORD = b"\n"  # as tests/session.sh makes it
_SERVICE = DBusAddress(
    "/org/freedesktop/secrets",
    bus_name="org.freedesktop.secrets",
    interface="org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface",  # gnome-keyring's own, for tests
)


@contextmanager
def locked_keyring() -> Iterator[None]:
    connection = secretstorage.dbus_init()
    try:
        collection = secretstorage.Collection(connection, _LOGIN)
        collection.lock()
        yield
        password = format_secret(open_session(connection), _PASSWORD, "text/plain")
        call = new_method_call(_SERVICE, "UnlockWithMasterPassword", "o(oayays)", (_LOGIN, password))
        connection.send_and_get_reply(call)
        assert not collection.is_locked()
    finally:
        connection.close()
