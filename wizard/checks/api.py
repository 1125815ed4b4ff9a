"""The line to Facebook itself: the version that answered, the limits, the clocks."""

import re

from wizard.checks.case import Case, not_checked
from wizard.core.errors import ErrorKind
from wizard.core.facts import TokenFacts
from wizard.core.verdict import Evidence, State, Verdict

OLDEST_MAJOR = 21  # v20.0 ended on 2026-09-24 (Meta's changelog, read 2026-11)
_NEAR_THE_LIMIT = 75.0  # percent
_FAR_APART = 300.0  # seconds between the clocks; a Date header is exact to one


def version(case: Case) -> Verdict:
    token = _answered(case)
    if isinstance(token, str):
        return not_checked("api.version", token)
    answered, asked = token.api_version, token.asked_version
    about = (("version", answered), ("asked", asked))
    if not answered:
        return Verdict("api.version", State.UNKNOWN, "not_told")
    evidence = (Evidence("facebook-api-version", answered, token.identity.at),)
    major = re.match(r"v(\d+)\.", answered)
    if asked and asked != answered:
        return Verdict("api.version", State.WARNING, "another", evidence, about)
    if major is not None and int(major[1]) < OLDEST_MAJOR:
        return Verdict("api.version", State.WARNING, "old", evidence, about)
    return Verdict("api.version", State.OK, "as_asked", evidence, about)


def usage(case: Case) -> Verdict:
    check = "api.usage"
    if (limited := case.refused(ErrorKind.THROTTLED)) is not None:
        failure, seen = limited
        about = (("minutes", str(-int(-failure.wait // 60))),)
        reason = "throttled" if failure.wait else "throttled_unknown"
        return Verdict(check, State.WARNING, reason, (seen,), about)
    answered = _answered(case)
    if isinstance(answered, str):
        return not_checked(check, answered)
    percent = answered.usage.percent
    if percent is None:
        return Verdict(check, State.UNKNOWN, "not_told")
    evidence = (Evidence("usage headers", f"{percent:g} %", answered.identity.at),)
    state = State.WARNING if percent >= _NEAR_THE_LIMIT else State.OK
    return Verdict(
        check, state, "near" if percent >= _NEAR_THE_LIMIT else "far", evidence, (("percent", f"{percent:g}"),)
    )


def skew(case: Case) -> Verdict:
    token = _answered(case)
    if isinstance(token, str):
        return not_checked("clock.skew", token)
    ahead = token.clock_skew
    if ahead is None:
        return Verdict("clock.skew", State.UNKNOWN, "not_told")
    evidence = (Evidence("Date header", f"{ahead:+.0f} s", token.identity.at),)
    if abs(ahead) < _FAR_APART:
        return Verdict("clock.skew", State.OK, "together", evidence)
    about = (("minutes", str(round(abs(ahead) / 60))),)
    return Verdict("clock.skew", State.WARNING, "ahead" if ahead > 0 else "behind", evidence, about)


def _answered(case: Case) -> TokenFacts | str:
    """What the token's own calls told beside their bodies, or why there were no answers. Any token's will do."""
    if case.facts.token is not None and case.silence in ("", "not_a_page_token"):
        return case.facts.token
    return case.silence
