"""Secrets: in the memory of this run and, if the person wants it, in the system's own store. Never in a file.

The only module that imports keyring, and only when a secret is looked for: it is slow to import.
"""

import sys
import time
from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, TypeVar
from urllib.parse import urlsplit

from wizard.core import limits
from wizard.core.secret import Secret
from wizard.vault.answers import StoreCall, StoreSilent

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

T = TypeVar("T")

_PROOF = " proof"
# The system's own stores. Others that keyring may find keep secrets in a plain file, or forget them.
_SYSTEM_STORES = {
    "keyring.backends.macOS": "macOS Keychain",
    "keyring.backends.Windows": "Windows Credential Manager",
    "keyring.backends.SecretService": "Secret Service",
    "keyring.backends.libsecret": "Secret Service",
    "keyring.backends.kwallet": "KDE Wallet",
}
_WINDOWS_LIMIT = 1280  # characters of one credential (CRED_MAX_CREDENTIAL_BLOB_SIZE is 2560 bytes, in UTF-16)


class RememberResult(StrEnum):
    """What became of a secret. With all but STORED it lives in memory only, until the program ends."""

    STORED = "stored"
    NOT_ASKED = "not_asked"
    NO_KEYRING = "no_keyring"
    LOCKED = "locked"  # or the person closed the system's question
    NO_ANSWER = "no_answer"  # the system's store took the call, and nothing came back
    TOO_LONG = "too_long"
    FAILED = "failed"


class KeyringResult(NamedTuple):
    """secret: None where there is none. trouble: why the system's store could not be asked, None where it could."""

    secret: Secret | None = None
    trouble: RememberResult | None = None


def token_name(graph: str, page_id: str, app_id: str) -> str:
    """Return the name of a token. It carries the Graph address, so that a token never meets another Graph."""
    return f"{graph} {page_id} {app_id}"


def proof_name(name: str) -> str:
    """Return the name under which the `appsecret_proof` of a token is kept: an entry of its own."""
    return name + _PROOF


def settings_key_name(url: str, header: str) -> str:
    """Return the name of the key of a bot's settings API. It carries the host, so that a key never meets another."""
    parts = urlsplit(url)
    return f"settings {parts.scheme}://{parts.netloc} {header.lower()}"


class Vault:
    """The secrets of one run. service: the name in the system's store, that of `Places`.

    Calls may block while the system asks the person to unlock its store: use them in a job. A store that does not
    answer is given up after some seconds, and not asked again for a while.
    """

    def __init__(self, service: str) -> None:
        self._service = service
        self._memory: dict[str, Secret | None] = {}  # None: it is known that there is none
        self._silent_until = 0.0  # by the monotonic clock

    def put(self, name: str, secret: Secret, remember: bool) -> RememberResult:
        """Keep the secret for this run and, with remember, in the system's store."""
        self._memory[name] = secret
        if not remember:
            return RememberResult.NOT_ASKED
        store = _system_store()
        if store is None:
            return RememberResult.NO_KEYRING
        if _is_windows(store) and len(secret.reveal().encode("utf-16-le")) > 2 * _WINDOWS_LIMIT:
            return RememberResult.TOO_LONG
        try:
            self._ask(
                store,
                lambda: store.set_password(self._service, name, secret.reveal()),
                too_late=lambda: store.delete_password(self._service, name),  # it was said that it is not stored
            )
        except _store_errors() as error:
            return _trouble(error)
        return RememberResult.STORED

    def put_none(self, name: str, remember: bool) -> RememberResult:
        """Take note that there is no such secret, so that the system is not asked for it; with remember, the system's
        store holds none any more either. STORED: so it is."""
        self._memory[name] = None
        if not remember:
            return RememberResult.NOT_ASKED
        found = self._stored(name)
        if found.trouble is not None:
            return found.trouble
        return RememberResult.STORED if found.secret is None else self._delete(name)

    def get(self, name: str) -> Secret | None:
        """Return the secret, None where there is none or the system's store could not be asked."""
        return self.find(name).secret

    def find(self, name: str) -> KeyringResult:
        """As `get`, with the reason where the system's store could not be asked."""
        if name in self._memory:
            return KeyringResult(self._memory[name])
        found = self._stored(name)
        if found.secret is not None:
            self._memory[name] = found.secret
        return found

    def is_at_hand(self, name: str) -> bool:
        """Say whether this run holds the secret; the system's store is not asked."""
        return self._memory.get(name) is not None

    def is_remembered(self, name: str) -> bool:
        """Say whether the system's store holds the secret now."""
        return self._stored(name).secret is not None

    def forget(self, name: str) -> bool:
        """Remove a secret and its proof everywhere; say whether the system's store holds neither any more."""
        gone = [self._forget_one(each) for each in (name, proof_name(name))]
        return all(gone)

    def where(self) -> str | None:
        """Return the name of the system's store, None where there is none and secrets live in memory only."""
        store = _system_store()
        return None if store is None else _SYSTEM_STORES[_family(store)]

    def _stored(self, name: str) -> KeyringResult:
        store = _system_store()
        if store is None:
            return KeyringResult(trouble=RememberResult.NO_KEYRING)
        try:
            text = self._ask(store, lambda: store.get_password(self._service, name))
        except _store_errors() as error:
            return KeyringResult(trouble=_trouble(error))
        return KeyringResult(None if text is None else Secret(text))

    def _forget_one(self, name: str) -> bool:
        self._memory.pop(name, None)
        found = self._stored(name)
        if found.secret is None:
            return found.trouble in (None, RememberResult.NO_KEYRING)
        return self._delete(name) is RememberResult.STORED or self._stored(name) == KeyringResult()

    def _delete(self, name: str) -> RememberResult:
        store = _system_store()
        if store is None:
            return RememberResult.NO_KEYRING
        try:
            self._ask(store, lambda: store.delete_password(self._service, name))
        except _store_errors() as error:
            return _trouble(error)
        return RememberResult.STORED

    def _ask(self, store: "KeyringBackend", work: Callable[[], T], too_late: Callable[[], object] | None = None) -> T:
        """Raises StoreSilent, and what the store raises."""
        if time.monotonic() < self._silent_until:
            raise StoreSilent
        call = StoreCall(work, too_late)
        if not call.is_done(limits.KEYRING) and _may_ask_a_person(store):
            call.is_done(limits.KEYRING_UNLOCKED)
        try:
            return call.result()
        except StoreSilent:
            self._silent_until = time.monotonic() + limits.KEYRING_PAUSE
            raise


def look_for_store() -> None:
    """Find the system's store ahead, which takes long the first time: for a thread, before a person waits for it."""
    _system_store()


def _system_store() -> "KeyringBackend | None":
    """Return the system's own store, None where there is none, or nothing can be learned about it."""
    call = StoreCall(_chosen_store)
    call.is_done(limits.KEYRING)
    try:
        return call.result()
    except StoreSilent:
        return None


def _chosen_store() -> "KeyringBackend | None":
    """Return the store that keyring has chosen. A chain of stores counts as the first of the system's own in it."""
    import configparser

    import keyring
    from keyring.backends.chainer import ChainerBackend

    wrong_settings: tuple[type[Exception], ...] = (
        *_store_errors(),
        RuntimeError,
        ImportError,
        AttributeError,
        ValueError,
        configparser.Error,
    )
    try:
        chosen = keyring.get_keyring()
    except wrong_settings:  # the person's settings of keyring name a store that is not there
        return None
    candidates = list(chosen.backends) if isinstance(chosen, ChainerBackend) else [chosen]
    return next((store for store in candidates if _family(store) in _SYSTEM_STORES), None)


def _may_ask_a_person(store: "KeyringBackend") -> bool:
    """Whether a store that has not answered yet may be waiting for somebody to unlock it. Only the Secret Service can
    be asked: it says at once whether it is locked, if it says anything."""
    if _family(store) != "keyring.backends.SecretService":
        return True
    call = StoreCall(_is_locked)
    call.is_done(limits.KEYRING)
    try:
        return call.result()
    except _store_errors():
        return False


def _is_locked() -> bool:
    import secretstorage

    connection = secretstorage.dbus_init()
    try:
        return bool(secretstorage.get_default_collection(connection).is_locked())
    finally:
        connection.close()


def _family(store: "KeyringBackend") -> str:
    return ".".join(type(store).__module__.split(".")[:3])  # macOS and Windows have modules below


def _is_windows(store: "KeyringBackend") -> bool:
    return _family(store) == "keyring.backends.Windows"


def _store_errors() -> tuple[type[Exception], ...]:
    """Return what asking a store may raise. Some let the errors of the library below them through."""
    from keyring.errors import KeyringError

    if sys.platform == "win32":
        from win32ctypes.pywin32.pywintypes import error

        return StoreSilent, KeyringError, OSError, error
    try:
        from jeepney import DBusErrorResponse  # type: ignore[import-untyped] # it has no types
        from secretstorage.exceptions import SecretStorageException
    except ImportError:  # they come with keyring on Linux only
        return StoreSilent, KeyringError, OSError
    return StoreSilent, KeyringError, OSError, DBusErrorResponse, SecretStorageException


def _trouble(error: Exception) -> RememberResult:
    from keyring.errors import KeyringLocked, NoKeyringError

    if isinstance(error, StoreSilent):
        return RememberResult.NO_ANSWER
    if isinstance(error, NoKeyringError):
        return RememberResult.NO_KEYRING
    is_locked = isinstance(error, KeyringLocked) or type(error).__name__ in (
        "LockedException",
        "PromptDismissedException",
    )
    return RememberResult.LOCKED if is_locked else RememberResult.FAILED
