"""Verdicts in words: the title of each check, what was found, and the one next action."""

from dataclasses import dataclass

from wizard.core.errors import ErrorKind, Failure
from wizard.core.verdict import State, Verdict
from wizard.i18n.language import _
from wizard.words import errors, verdicts_handover, verdicts_routing, verdicts_token

_ABOUT = ("app", "bot", "fields", "app_id", "name", "permissions", "version", "asked", "percent", "minutes")
_KINDS = frozenset(kind.value for kind in ErrorKind)


@dataclass(frozen=True, slots=True)
class Said:
    """title: what was checked; text: what was found; action: what to do next, "" where nothing."""

    title: str
    text: str
    action: str = ""


def state(of: State) -> str:
    return {
        State.OK: _("OK"),
        State.WARNING: _("Look at this"),
        State.PROBLEM: _("Problem"),
        State.UNKNOWN: _("Cannot tell"),
        State.NOT_CHECKED: _("Not checked"),
    }[of]


def title(check: str) -> str:
    """Raises KeyError for an id that is not in the list of checks."""
    return {
        "token.shape": _("The text is a token"),
        "token.valid": _("The token works"),
        "token.kind": _("The token is a Page token"),
        "token.owner": _("Whose token it is"),
        "token.expiry": _("Until when the token works"),
        "token.permissions": _("The token has the permissions"),
        "page.task": _("The person may manage the Page"),
        "page.published": _("The Page is published"),
        "app.subscribed": _("The app is connected to the Page"),
        "app.fields": _("The app receives what it needs"),
        "app.own_fields": _("The app asks Facebook for the same"),
        "app.live": _("The app serves everybody"),
        "routing.on": _("Conversation routing is on"),
        "routing.default_app": _("The bot is the default app"),
        "routing.take_control": _("The bot may take control"),
        "routing.answers_first": _("The bot answers first"),
        "routing.current_owner": _("Who has control now"),
        "roles.secondary_known": _("The live chat's App ID is right"),
        "roles.distinct": _("Bot and live chat are two apps"),
        "target.saved": _("The App ID is saved in the bot"),
        "handover.facebook_allows": _("Facebook allows the handover"),
        "handover.bot_does": _("The bot hands over by itself"),
        "api.version": _("Facebook answers in the version we know"),
        "api.usage": _("Facebook's limit of calls is far"),
        "clock.skew": _("The clock of this computer is right"),
        "inbox.takes_control": _("Nobody answers from the Page Inbox"),
    }[check]


def said(verdict: Verdict) -> Said:
    """A reason without a sentence, as a newer program may have saved it, gets an honest one."""
    about = {**dict.fromkeys(_ABOUT, ""), **dict(verdict.about)}
    sentences = sentences_of(verdict.check, verdict.reason, about)
    text, action = sentences or (_("Nothing is known about this."), "")
    return Said(title(verdict.check), text.format(**about), action.format(**about))


def sentences_of(check: str, reason: str, about: dict[str, str]) -> tuple[str, str] | None:
    """Return what was found and what to do, unfilled; None where this reason of the check has no sentence.

    about: code, subcode and call of a failed call, where there was one."""
    for sentences in (verdicts_token.sentences(), verdicts_routing.sentences(), verdicts_handover.sentences()):
        for key in (f"{check}:{reason}", reason):
            if key in sentences:
                return sentences[key]
    return _of_failure(reason, about) if reason in _KINDS else _anywhere().get(reason)


def _of_failure(kind: str, about: dict[str, str]) -> tuple[str, str]:
    """What the catalogue of errors says; its sentences have nothing to fill."""
    code, subcode = (int(about[name]) if about.get(name) else None for name in ("code", "subcode"))
    explained = errors.explain(Failure(ErrorKind(kind), about.get("call", ""), code, subcode))
    return _as_is(explained.title), _as_is(explained.action)


def _as_is(text: str) -> str:
    """The text such that filling it changes nothing."""
    return text.replace("{", "{{").replace("}", "}}")


def _anywhere() -> dict[str, tuple[str, str]]:
    return {
        "not_looked_at": (
            _("The conversations were not looked at."),
            _("Look again, and agree that IDs and who has control are read; no text is."),
        ),
    }
