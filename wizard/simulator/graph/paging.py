"""Lists of the Graph API, page by page with cursors."""

import base64
from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

from wizard.simulator.graph.call import Call
from wizard.simulator.graph.versions import answering_version
from wizard.simulator.world.errors import invalid
from wizard.simulator.world.given_answer import is_endless
from wizard.simulator.world.scenario import GraphBehaviour

Item = TypeVar("Item")
LARGEST = 100


def paged(
    behaviour: GraphBehaviour, call: Call, items: Sequence[Item], key: Callable[[Item], str]
) -> tuple[list[Item], dict[str, Any]]:
    """Return the part of items the call asks for by limit (25 unless told) and after, and its `paging`.

    key: what tells items apart; the cursor holds it, so that a list which grows at its head is not read twice.
    As in life, the `next` address carries the token.
    """
    limit = call.number("limit", 25)
    if limit < 1:
        raise invalid("Param limit must be a positive integer")
    limit, start = min(limit, LARGEST), 0
    if (after := call.text("after")) and not is_endless(after):
        keys = [key(item) for item in items]
        wanted = _read_cursor(after)
        if wanted not in keys:
            raise invalid("Invalid cursors values.")
        start = keys.index(wanted) + 1
    part = list(items[start : start + limit])
    if not part:
        return [], {}
    paging: dict[str, Any] = {"cursors": {"before": _cursor(key(part[0])), "after": _cursor(key(part[-1]))}}
    if start + limit < len(items):
        query = {k: v for k, v in call.params.items() if k not in ("after", "access_token") and isinstance(v, str)}
        query |= {"access_token": call.token or "", "limit": str(limit), "after": paging["cursors"]["after"]}
        path = "/".join([answering_version(behaviour, call.version), *call.path])
        paging["next"] = f"{call.base}/{path}?{urlencode(query)}"
    return part, paging


def _cursor(key: str) -> str:
    return base64.urlsafe_b64encode(key.encode()).decode()


def _read_cursor(text: str) -> str:
    try:
        return base64.urlsafe_b64decode(text).decode()
    except ValueError as error:
        raise invalid("Invalid cursors values.") from error
