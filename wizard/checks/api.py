"""The line to Facebook itself: the version that answered, the limits, the clocks."""

from wizard.checks.case import CheckContext
from wizard.checks.check import Finding, Needs, Reason, check, failed_call
from wizard.core.errors import ErrorKind
from wizard.core.facts import TokenFacts
from wizard.core.graph_versions import ends_soon, has_ended, is_older, last_day
from wizard.core.verdict import Evidence, State
from wizard.i18n.language import _

_NEAR_THE_LIMIT = 75.0  # percent
_FAR_APART = 300.0  # seconds between the clocks; a Date header is exact to one
_HOURS_APART = 2 * 3600.0  # from here on nobody thinks in minutes


@check(
    "api.version",
    lambda: _("Facebook’s version"),
    Needs.ANSWER,
    lambda: {
        "as_asked": Reason(_("Facebook answered in version {version}, as asked.")),
        "another": Reason(
            _("Facebook answered in version {version} instead of {asked}."),
            _("Install the newest version of this program."),
            headline=_("Facebook answered in version {version} instead of {asked}: this program is out of date."),
        ),
        "expired": Reason(
            _("This program speaks version {asked}, which Facebook has ended: it answered in version {version}."),
            _("Install the newest version of this program."),
            headline=_("this program speaks version {asked} of Facebook, which has ended: it is out of date."),
        ),
        "expired_newest": Reason(
            _(
                "This program speaks version {asked}, which Facebook has ended: it answered in version {version}. "
                "The newest is {newest}."
            ),
            _("Install the newest version of this program."),
            headline=_("this program speaks version {asked} of Facebook, which has ended: it is out of date."),
        ),
        "ends_soon": Reason(
            _("Facebook answered in version {version}, as asked, and ends it on {day}."),
            _("Install the newest version of this program before that day."),
            headline=_("Facebook ends version {version}, which this program speaks, on {day}."),
        ),
        "old": Reason(
            _("Facebook answered in version {version}, which is out of date."),
            _("Install the newest version of this program."),
            headline=_("Facebook answered in version {version}, which has ended: this program is out of date."),
        ),
        "not_told": Reason(_("The answers did not say their version.")),
    },
)
def version(context: CheckContext) -> Finding | None:
    token = _answered(context)
    if token is None:
        return None
    answered, asked = token.api_version, token.asked_version
    about = (("version", answered), ("asked", asked))
    if not answered:
        return Finding(State.UNKNOWN, "not_told")
    evidence = (Evidence("facebook-api-version", answered, token.identity.at),)
    if is_older(asked, answered):
        newest = token.newest_version
        return Finding(State.WARNING, "expired_newest" if newest else "expired", evidence, (*about, ("newest", newest)))
    if asked and asked != answered:
        return Finding(State.WARNING, "another", evidence, about)
    if has_ended(answered, token.identity.at):
        return Finding(State.WARNING, "old", evidence, about)
    if ends_soon(answered, token.identity.at):
        return Finding(State.WARNING, "ends_soon", evidence, (*about, ("day", str(last_day(answered)))))
    return Finding(State.OK, "as_asked", evidence, about)


def _wait() -> str:
    return _("Wait, then check again; trying sooner makes it longer.")


@check(
    "api.usage",
    lambda: _("Limit of calls"),
    Needs.ANSWER,
    lambda: {
        "far": Reason(_("{percent} % of what Facebook allows is used.")),
        "near": Reason(
            _("{percent} % of what Facebook allows is used: calls may soon be refused."),
            _wait(),
            headline=_("{percent} % of what Facebook allows us to ask is used."),
        ),
        "throttled": Reason(
            _("The limit is reached. Facebook asks to wait {minutes} min."),
            _wait(),
            headline=_("Facebook lets us ask nothing more for {minutes} min."),
        ),
        "throttled_unknown": ErrorKind.THROTTLED,
        "not_told": Reason(_("The answers did not say how much is used.")),
    },
)
def usage(context: CheckContext) -> Finding | None:
    if (limited := context.refused(ErrorKind.THROTTLED)) is not None:
        failure, seen = limited
        if not failure.wait:
            return failed_call(failure, seen, State.WARNING, "throttled_unknown")
        return Finding(State.WARNING, "throttled", (seen,), (("minutes", str(-int(-failure.wait // 60))),))
    token = _answered(context)
    if token is None:
        return None
    percent = token.usage.percent
    if percent is None:
        return Finding(State.UNKNOWN, "not_told")
    evidence = (Evidence("usage headers", f"{percent:g} %", token.identity.at),)
    about = (("percent", f"{percent:g}"),)
    if percent >= _NEAR_THE_LIMIT:
        return Finding(State.WARNING, "near", evidence, about)
    return Finding(State.OK, "far", evidence, about)


@check(
    "clock.skew",
    lambda: _("Clock of this computer"),
    Needs.ANSWER,
    lambda: {
        "together": Reason(_("This computer and Facebook agree on the time.")),
        "ahead": Reason(
            _("The clock of this computer is {minutes} min ahead of Facebook’s."),
            _("Let this computer set its clock by itself."),
            headline=_("the clock of this computer is {minutes} min ahead of Facebook’s."),
        ),
        "behind": Reason(
            _("The clock of this computer is {minutes} min behind Facebook’s."),
            _("Let this computer set its clock by itself."),
            headline=_("the clock of this computer is {minutes} min behind Facebook’s."),
        ),
        "hours_ahead": Reason(
            _("The clock of this computer is {hours} h ahead of Facebook’s."),
            _("Let this computer set its clock by itself."),
            headline=_("the clock of this computer is {hours} h ahead of Facebook’s."),
        ),
        "hours_behind": Reason(
            _("The clock of this computer is {hours} h behind Facebook’s."),
            _("Let this computer set its clock by itself."),
            headline=_("the clock of this computer is {hours} h behind Facebook’s."),
        ),
        "not_told": Reason(_("The answers did not say the time.")),
    },
)
def skew(context: CheckContext) -> Finding | None:
    token = _answered(context)
    if token is None:
        return None
    ahead = token.clock_skew
    if ahead is None:
        return Finding(State.UNKNOWN, "not_told")
    evidence = (Evidence("Date header", f"{ahead:+.0f} s", token.identity.at),)
    if abs(ahead) < _FAR_APART:
        return Finding(State.OK, "together", evidence)
    way = "ahead" if ahead > 0 else "behind"
    if abs(ahead) >= _HOURS_APART:
        return Finding(State.WARNING, f"hours_{way}", evidence, (("hours", str(round(abs(ahead) / 3600))),))
    return Finding(State.WARNING, way, evidence, (("minutes", str(round(abs(ahead) / 60))),))


def _answered(context: CheckContext) -> TokenFacts | None:
    """What the token's own calls told beside their bodies, None where there were no answers. Any token's will do."""
    return None if context.skip_reason in Needs.ANSWER.value else context.facts.token


CHECKS = (version, usage, skew)
