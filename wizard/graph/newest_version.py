"""Which version of the Graph API is the newest, found by asking: this program may be years old."""

from wizard.core.errors import WizardError
from wizard.graph.replies import Success, decode
from wizard.web.session import HttpSession

_MOST_PROBES = 12  # a new version comes every four months or so, and each lives for about two years
_CALL = "GET me, to find the newest version"
_IS_THERE = "active access token"


def newest_from(graph: str, version: str, session: HttpSession) -> str:
    """Return the newest version from this one on, as "v31.0"; trouble ends the search with what was found, "" for
    nothing newer. graph: address without version. Raises Cancelled.

    Without a token a version that is there asks for one (code 2500), and one that is not is an unknown path: seen in
    public code, not documented."""
    newest, major = "", int(version[1:].partition(".")[0])
    for number in range(major + 1, major + 1 + _MOST_PROBES):
        name = f"v{number}.0"
        try:
            reply = session.send("GET", f"{graph.rstrip('/')}/{name}/me", call=_CALL)
        except WizardError:
            break
        answer = decode(reply.body, reply.status, reply.headers, _CALL)
        if isinstance(answer, Success) or _IS_THERE not in answer.failure.message.lower():
            break
        newest = name
    return newest
