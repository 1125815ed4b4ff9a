"""The self-test: proves that this copy of the program can do its work on this computer."""

from collections.abc import Callable
from dataclasses import dataclass

from wizard.actions.practice import start_practice
from wizard.core import bundle
from wizard.core.cancel import CancelToken
from wizard.core.ports import Clock
from wizard.core.resource import load_toml, resource
from wizard.core.secret import Secret
from wizard.graph.client import GraphClient
from wizard.i18n import language
from wizard.i18n.language import _
from wizard.i18n.lists import listed
from wizard.store.places import PRACTICE
from wizard.targets.presets import load_presets
from wizard.vault import RememberResult, Vault


@dataclass(frozen=True, slots=True)
class Proof:
    """name: what was tried. detail: what was found. failure: "" where it worked."""

    name: str
    detail: str = ""
    failure: str = ""


class NotProved(Exception):
    """What was tried ran, and its result is wrong; the text says how."""


def self_test(qt: Callable[[], str], practice_run: Callable[[], int], clock: Clock) -> tuple[Proof, ...]:
    """qt: makes a window without showing it and returns Qt's version. practice_run: a whole set-up in practice,
    returns its exit code."""
    return (
        _proved("bundle", _bundle),
        _proved("qt", qt),
        _proved("keyring", _keyring),
        _proved("certificates", _certificates),
        _proved("resources", _resources),
        _proved("words", _words),
        _proved("simulator", lambda: _simulator(clock)),
        _proved("practice", lambda: _practice(practice_run)),
    )


def _proved(name: str, attempt: Callable[[], str]) -> Proof:
    try:
        return Proof(name, detail=attempt())
    except Exception as error:  # whatever is missing in this copy is what the self-test is there to show
        told = "" if isinstance(error, NotProved) else f"{type(error).__name__}: "
        return Proof(name, failure=f"{told}{error}")


def _bundle() -> str:
    """Every file of a packed copy is as it was packed."""
    if lost := bundle.damaged(thoroughly=True):
        raise NotProved(_("not as they were packed: {names}").format(names=listed(lost)))
    return _("every file is as it was packed") if bundle.is_packed() else _("runs in a Python of its own")


def _keyring() -> str:
    """Where there is no keyring the program works in memory, and says so."""
    vault = Vault(PRACTICE)
    where = vault.where()
    if where is None:
        return _("none on this computer: tokens stay in memory")
    result = vault.put("self-test", Secret("self-test"), remember=True)
    if result is RememberResult.LOCKED:
        return _("{keyring}, locked").format(keyring=where)
    if result is RememberResult.NO_ANSWER:
        return _("{keyring}, which does not answer: tokens stay in memory").format(keyring=where)
    if result is not RememberResult.STORED or not vault.is_remembered("self-test") or not vault.forget("self-test"):
        raise NotProved(f"{where}: {result.value}")
    return where


def _certificates() -> str:
    from wizard.web.certificates import issuers_found

    return issuers_found()


def _resources() -> str:
    names = ("errors.toml", "error_wordings.toml", "symptoms.toml", "ui_paths.toml", "apps.toml", "help.toml")
    for name in names:
        load_toml(name)
    presets = load_presets()
    if presets.problems or not presets.by_name:
        raise NotProved(f"presets: {presets.problems}")
    if not list(resource("scenarios").glob("*.toml")):
        raise NotProved(_("no scenarios"))
    return _("catalogues: {catalogues}, presets: {presets}").format(catalogues=len(names), presets=len(presets.by_name))


def _words() -> str:
    languages = language.available()
    before = language.current()
    for each in languages:
        if language.use(each) != each:
            raise NotProved(_("{language} cannot be spoken").format(language=each))
    language.use(before)
    return listed(languages)


def _simulator(clock: Clock) -> str:
    practice = start_practice("happy-routing")
    try:
        token = Secret(practice.start["tokens"]["page"])
        facts = GraphClient(practice.world.graph, token, None, CancelToken(), clock).read_token()
        if facts.identity.value is None or facts.identity.value.id != practice.start["page"]["id"]:
            raise NotProved(_("the practice Page did not answer"))
        return facts.identity.value.name
    finally:
        practice.end()


def _practice(run: Callable[[], int]) -> str:
    code = run()
    if code != 0:
        raise NotProved(_("the practice set-up ended with {code}").format(code=code))
    return _("a conversation was handed over and came back")
