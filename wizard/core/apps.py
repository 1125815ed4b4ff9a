"""The list of apps: put together from several sources, since Facebook shows a token only its own app."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from wizard.core import limits
from wizard.core.cancel import CancelToken
from wizard.core.errors import WizardError
from wizard.core.facts import App, Control, Origin, OwnerReading
from wizard.core.known_apps import is_meta_ai, name_of_fixed
from wizard.core.poll import growing_delays
from wizard.core.ports import Clock, GraphApi

# Best proof first: a row that is known from two sources keeps the better one.
_ORDER = (Origin.TOKEN, Origin.HAS_CONTROL, Origin.RECEIVERS, Origin.BUILT_IN, Origin.TYPED)


def merged(apps: Iterable[App]) -> tuple[App, ...]:
    """Return each app once, best origin first, with the name and fields that any of its rows has."""
    by_id: dict[str, App] = {}
    for app in apps:
        known = by_id.get(app.id)
        if known is None:
            by_id[app.id] = app
            continue
        best = min(known, app, key=lambda row: _ORDER.index(row.origin))
        named_best = max((best, known, app), key=lambda row: bool(row.name) + (bool(row.name) and not row.is_name_said))
        by_id[app.id] = replace(
            best,
            name=named_best.name,
            is_name_said=named_best.is_name_said,
            fields=best.fields
            if best.fields is not None
            else (known.fields if known.fields is not None else app.fields),
        )
    return tuple(sorted(by_id.values(), key=lambda row: (_ORDER.index(row.origin), row.name.casefold(), row.id)))


def look_up(graph: GraphApi, app_id: str) -> App | None:
    """Return the typed app with its public name, None where Facebook shows no app of this ID. Raises WizardError."""
    found = graph.app_named(app_id)
    return replace(found, origin=Origin.TYPED) if found is not None else None


def named(graph: GraphApi, app: App) -> App:
    """Return the app with its public name where Facebook tells it; trouble leaves it as it is."""
    if app.name and not app.is_name_said:
        return app
    if fixed := name_of_fixed(app.id):
        return replace(app, name=fixed, is_name_said=False)
    try:
        found = graph.app_named(app.id)
    except WizardError:
        return app
    return replace(app, name=found.name, is_name_said=False) if found is not None and found.name else app


def wait_for_other_app(
    graph: GraphApi,
    cancel: CancelToken,
    clock: Clock,
    psid: str,
    own_ids: frozenset[str],
    seen: Callable[[OwnerReading], None],
) -> App | None:
    """ "Find it for me": watch the tester's conversation until an app other than own_ids has control, once somebody
    answers from the live chat. Meta's own AI is nobody's live chat. None: nothing in five minutes. Raises WizardError
    and Cancelled."""
    ends, pauses = clock.monotonic() + limits.SEARCH, growing_delays()
    while clock.monotonic() < ends:
        reading = graph.owner(psid)
        seen(reading)
        if reading.control is Control.APP and reading.app_id not in own_ids and not is_meta_ai(reading.app_id):
            return named(graph, App(reading.app_id, origin=Origin.HAS_CONTROL))
        cancel.wait(next(pauses))
    return None
