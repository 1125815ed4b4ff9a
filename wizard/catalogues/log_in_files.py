"""Log-in files of vendors (`NAME.handoverlogin`): read with all caution, checked field by field, and kept for later.

They may come by mail from a stranger. The fields are described in resources/login/README.md."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta

from wizard.core.log_in import ENDING, PORT, LogInFile, LogInFileError, LogInFileProblem, LogInFiles
from wizard.core.saved_file import SavedFileError
from wizard.core.secret import Secret
from wizard.core.token_shape import has_token
from wizard.core.world import World
from wizard.i18n.language import _
from wizard.i18n.toml_fields import LARGEST, ONE_LINE, Version, WrongField, at, parse, read_fields, shown, version
from wizard.store.atomic import read_file, remove, write_private
from wizard.store.places import Places
from wizard.web.address import is_safe

VERSION = 1  # of the form described in resources/login/README.md
_WORLDS = "practice"  # the name of a file that comes with the world
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")
_AGAIN = re.compile(r" ?\([0-9]{1,3}\)$")  # what a browser puts behind the name of what it loads once more
_ID = re.compile(r"[0-9]{5,20}")
_SCOPE = re.compile(r"[a-z][a-z_]{2,60}")
_CLIENT_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}")
_LOCALHOST = re.compile(r"http://localhost:(?:\{port\}|(?P<port>[1-9][0-9]{3,4}))/")
_LOWEST, _HIGHEST = 1024, 65_535  # ports that a program may listen on
_APP_TOKEN = re.compile(r"\d{5,20}(?:\||%7C)\S", re.IGNORECASE)

Line = Annotated[str, Meta(pattern=ONE_LINE, max_length=60)]
Value = Annotated[str, Meta(pattern=ONE_LINE, max_length=300)]


class _File(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    label: Line
    app_id: Value
    redirect_uri: Value
    version: Version = VERSION
    config_id: Value | None = None
    scopes: Annotated[list[Value], Meta(max_length=30)] = []
    client_token: Value | None = None
    grant: Value = "token"
    bot_app_id: Value | None = None
    live_chat_app_id: Value | None = None
    help: Value | None = None

    def __post_init__(self) -> None:
        for name in ("app_id", "config_id", "bot_app_id", "live_chat_app_id"):
            if (number := getattr(self, name)) is not None and not _ID.fullmatch(number):
                raise WrongField(name, _("has only digits, in quotes"))
        if bool(self.config_id) == bool(self.scopes):
            what = _("name either config_id (Facebook Login for Business) or scopes (classic log-in)")
            raise WrongField("config_id", what)
        for scope in self.scopes:
            if not _SCOPE.fullmatch(scope):
                raise WrongField("scopes", _("{value} is no permission").format(value=shown(scope)))
        if self.client_token is not None and not _CLIENT_TOKEN.fullmatch(self.client_token):
            raise WrongField("client_token", _("is none, as the app’s advanced settings show it"))
        if self.grant != "token":
            raise WrongField("grant", _("is “token”, or left out"))
        if self.help is not None and not _is_https(self.help):
            raise WrongField("help", _("must be an address that begins with https://"))


def read_log_in_file(path: Path, facebook: str) -> LogInFile:
    """Return what a vendor's file says. facebook: as of `World`; a page that sends on may lie on its host, too. Raises
    LogInFileError and SavedFileError."""
    return _of_content(read_file(path, LARGEST), path, facebook)


def _of_content(content: bytes, path: Path, facebook: str) -> LogInFile:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        raise LogInFileError(LogInFileProblem.NOT_TOML, path) from None
    return _read(text, path, facebook)


def _read(text: str, path: Path, facebook: str) -> LogInFile:
    try:
        data = parse(text)
        field = next(_secrets(data), "")  # first: nothing of it may be quoted
    except (ValueError, RecursionError) as error:  # its text may hold what is in the file
        line = re.search(r"\(at line \d+, column \d+\)", str(error))
        raise LogInFileError(LogInFileProblem.NOT_TOML, path, line[0].strip("()") if line else "") from None
    if field:
        raise LogInFileError(LogInFileProblem.SECRET, path, field)
    try:
        if version(data, default=VERSION) > VERSION:
            raise LogInFileError(LogInFileProblem.NEWER, path)
        if data.get("grant") == "pkce":
            raise LogInFileError(LogInFileProblem.PKCE, path)
        file = read_fields(data, _File)
        if not _comes_back(file.redirect_uri, facebook):
            known = _("must begin with https://, or be {address}").format(address=f"http://localhost:{PORT}/")
            raise WrongField("redirect_uri", known)
    except WrongField as error:
        raise LogInFileError(LogInFileProblem.MISTAKE, path, str(error)) from error
    return LogInFile(
        name=path.name.removesuffix(ENDING),
        label=file.label.strip(),
        app_id=file.app_id,
        redirect_uri=file.redirect_uri,
        config_id=file.config_id or "",
        scopes=tuple(file.scopes),
        client_token=Secret(file.client_token) if file.client_token else None,
        bot_app_id=file.bot_app_id or "",
        live_chat_app_id=file.live_chat_app_id or "",
        help=file.help or "",
    )


@dataclass(frozen=True, slots=True)
class LogInFolder:
    """The log-in files of this computer. shipped: a folder beside the program, where a vendor's installer puts its own.
    Talks to the disk: work for a job."""

    places: Places
    world: World
    shipped: Path | None = None

    def find(self) -> LogInFiles:
        """Never raises for what is in a file."""
        usable: dict[str, LogInFile] = {}
        problems: list[LogInFileError | SavedFileError] = []
        for read in self._ways_to_read():
            try:
                file = read()
            except (LogInFileError, SavedFileError) as error:
                problems.append(error)
            else:
                usable.setdefault(file.name, file)
        return LogInFiles(tuple(usable.values()), tuple(problems))

    def _ways_to_read(self) -> Iterator[Callable[[], LogInFile]]:
        if self.world.log_in:
            yield partial(_read, self.world.log_in, Path(_WORLDS + ENDING), self.world.facebook)
        for folder in (self.places.log_ins, *([self.shipped] if self.shipped is not None else [])):
            for path in sorted(folder.glob(f"[!.]*{ENDING}")):
                yield partial(self.read, path)

    def read(self, path: Path) -> LogInFile:
        """Raises LogInFileError and SavedFileError."""
        return read_log_in_file(path, self.world.facebook)

    def take(self, path: Path) -> LogInFile:
        """Import a file after checking it, in place of an earlier one of its name and app: whoever sends a file takes
        no other vendor's place. Nothing changes where it cannot be used. Raises LogInFileError, SavedFileError, and
        OSError where it cannot be saved."""
        content = read_file(path, LARGEST)  # once: what is kept is what was looked at
        file = _of_content(content, path, self.world.facebook)
        name = _AGAIN.sub("", file.name)
        is_taken = any(one.name == name and one.app_id != file.app_id for one in self.find().usable)
        if is_taken or not _NAME.fullmatch(name):
            name = f"app-{file.app_id}"
        write_private(self.places.log_ins / f"{name}{ENDING}", content)
        return replace(file, name=name)

    def remove(self, name: str) -> bool:
        """Whether there was one that was imported under this name, which may have its ending. Raises OSError."""
        names = (f"{name}{ENDING}", name)  # the whole name first: somebody's may end so, too
        paths = {path.name: path for path in self.places.log_ins.glob(f"*{ENDING}")}
        path = next((paths[each] for each in names if each in paths), None)
        if path is not None:
            remove(path)
        return path is not None


def _secrets(data: Mapping[str, Any] | Sequence[Any], place: str = "") -> Iterator[str]:
    """Yield the fields that hold, by name or by shape, what must never be handed out."""
    for name, value in data.items() if isinstance(data, Mapping) else ((place, each) for each in data):
        where = at(place, shown(name)) if isinstance(data, Mapping) else place
        if "secret" in name.lower() or has_token(name):
            yield at(place, _("a secret"))
        elif isinstance(value, (dict, list)):
            yield from _secrets(value, where)
        elif isinstance(value, str) and (has_token(value) or _APP_TOKEN.search(value)):
            yield where


def _is_https(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    is_plain = address.isascii() and address.isprintable() and not set(address) & set(' "<>\\^`{|}#')
    return is_plain and parts.scheme == "https" and is_safe(address) and "." in (parts.hostname or "")


def _comes_back(redirect: str, facebook: str) -> bool:
    """Whether Facebook can send the answer there: https for an app that is live, this machine for one in development
    mode."""
    here = urlsplit(facebook)
    is_there = here.scheme == "http" and redirect.startswith(f"http://{here.netloc}/")
    local = _LOCALHOST.fullmatch(redirect)
    is_local = local is not None and _LOWEST <= int(local["port"] or _LOWEST) <= _HIGHEST
    return is_there or is_local or _is_https(redirect)
