"""Graph calls that read who somebody is: me, app, a Page, an app, a person, the token itself, the owner's Pages."""

import functools
import hashlib
from collections.abc import Callable, Iterable
from typing import Any

from wizard.simulator.graph.access import Caller, check_alive, need_scope
from wizard.simulator.graph.call import Call
from wizard.simulator.graph.calls_control import need_instagram
from wizard.simulator.graph.fields import NodeField
from wizard.simulator.graph.paging import paged
from wizard.simulator.graph.versions import newest
from wizard.simulator.world.cast import OWNER_ID
from wizard.simulator.world.clock import DAY
from wizard.simulator.world.errors import GraphError, invalid, known_error, no_such_field, no_such_object
from wizard.simulator.world.scenario import GraphBehaviour
from wizard.simulator.world.state import SimulatedApp, SimulatedPage, Token
from wizard.simulator.world.world import SimulatedWorld

_PAGE_EDGES = ("conversations", "subscribed_apps", "secondary_receivers", "settings", "thread_owner")
_USER_EDGES = ("accounts", "permissions")
_SECRET_FIELDS = frozenset({"access_token"})
Fields = dict[str, Callable[[], Any]]


def node(world: SimulatedWorld, call: Call, caller: Caller) -> Any:
    """me, or any ID."""
    name, token = call.path[0], caller.token
    if name == "me" and token.kind == "APP":
        raise GraphError(2500, "An active access token must be used to query information about the current user.")
    page_id = token.page_id if name == "me" and token.kind == "PAGE" else name
    if page_id in world.pages:
        page = world.pages[page_id]
        shown = _read(call, _page_fields(world, page, caller), "Page")
        return _with_metadata(world.scenario.graph, call, token, "page", shown, _PAGE_EDGES)
    if name in ("me", token.user_id) and token.kind != "PAGE":
        person: Fields = {"id": lambda: token.user_id, "name": lambda: _person_name(token)}
        return _with_metadata(world.scenario.graph, call, token, "user", _read(call, person, "User"), _USER_EDGES)
    if name in world.apps and (world.apps[name].visible or name == caller.app.id):
        return _read(call, _app_fields(world.apps[name]), "Application")
    return _person(world, call, caller)


def own_app(_world: SimulatedWorld, call: Call, caller: Caller) -> Any:
    return _read(call, _app_fields(caller.app), "Application", "category,link,name,id")


def accounts(world: SimulatedWorld, call: Call, caller: Caller) -> Any:
    """The Pages of a person or system user, 25 at a time; without access_token where no suitable task is held."""
    if caller.token.kind not in ("USER", "SYSTEM_USER"):
        raise invalid("Tried accessing nonexisting field (accounts) on node type (Page)")
    need_scope(caller, "pages_show_list")
    ticked = caller.token.pages
    opened = [page for page in world.pages.values() if ticked is None or page.id in ticked]
    pages, paging = paged(world.scenario.graph, call, opened, lambda page: page.id)
    default = "access_token,category,category_list,name,id,tasks"
    shown = []
    for page in pages:
        fields = _page_fields(world, page, caller)
        wanted = [each for each in call.fields(default) if each.name != "access_token" or _may_use(page)]
        shown.append(_pick(wanted, fields, "Page"))
    return {"data": shown, "paging": paging} if shown else {"data": []}


def permissions(_world: SimulatedWorld, call: Call, caller: Caller) -> Any:
    if caller.token.kind not in ("USER", "SYSTEM_USER"):
        raise invalid("Tried accessing nonexisting field (permissions) on node type (Page)")
    asked = call.text("permission"), call.text("status")
    rows = [{"permission": scope, "status": "granted"} for scope in caller.token.scopes]
    rows += [{"permission": scope, "status": "declined"} for scope in caller.token.declined]
    return {"data": [row for row in rows if asked[0] in ("", row["permission"]) and asked[1] in ("", row["status"])]}


def debug_token(world: SimulatedWorld, call: Call, caller: Caller) -> Any:
    """For an app token of the same app, or the user token of its developer; as recorded, anything else is refused."""
    inspected = world.tokens.get(call.text("input_token"))
    same_app = inspected is None or inspected.app_id == caller.app.id
    if not same_app or caller.token.kind not in ("APP", "USER"):
        text = "You must provide an app access token, or a user access token that is an owner or developer of the app"
        raise invalid(text)
    if inspected is None:
        error = {"code": 190, "message": "Invalid OAuth access token."}
        return {"data": {"error": error, "is_valid": False, "scopes": []}}
    shown: dict[str, Any] = {
        "app_id": inspected.app_id,
        "type": inspected.kind,
        "application": world.app_name(inspected.app_id),
        "data_access_expires_at": 0 if inspected.kind == "APP" else inspected.issued_at + 90 * DAY,
        "expires_at": inspected.expires_at,
        "is_valid": True,
        "issued_at": inspected.issued_at,
        "scopes": list(inspected.scopes) if inspected.kind != "APP" else [],
    }
    if inspected.kind != "APP":
        shown["granular_scopes"] = [{"scope": scope} for scope in inspected.scopes]
        shown["user_id"] = inspected.user_id
    if inspected.page_id:
        shown["profile_id"] = inspected.page_id
    try:
        check_alive(world, inspected)
    except GraphError as refused:
        shown["is_valid"] = False
        shown["error"] = {"code": refused.code, "message": refused.message, "subcode": refused.subcode}
    return {"data": shown}


def _person(world: SimulatedWorld, call: Call, caller: Caller) -> Any:
    name = call.path[0]
    page = world.pages.get(caller.token.page_id or "")
    found = page.with_person(name) if page else None
    thread = found[1] if found else None
    if page is not None and name in page.personas:
        need_scope(caller, "pages_messaging")
        persona: Fields = {key: functools.partial(page.personas[name].__getitem__, key) for key in page.personas[name]}
        return _read(call, persona, "MessengerPersona", "name,profile_picture_url,id")
    if thread is None or not thread.messages:
        raise no_such_object(call.method, name)
    if thread.channel == "instagram" and found is not None:
        need_instagram(found[0], caller)
        person: Fields = {"id": lambda: thread.psid, "username": lambda: thread.name, "name": lambda: thread.name}
        return _read(call, person, "IGBusinessScopedID", "name,username,id")
    need_scope(caller, "pages_messaging")
    first, _, last = thread.name.partition(" ")
    fields: Fields = {
        "id": lambda: thread.psid,
        "name": lambda: thread.name,
        "first_name": lambda: first,
        "last_name": lambda: last,
        "profile_pic": lambda: f"https://platform-lookaside.fbsbx.com/platform/profilepic/?psid={thread.psid}",
    }
    return _read(call, fields, "User", "first_name,last_name,profile_pic,id")


def _page_fields(world: SimulatedWorld, page: SimulatedPage, caller: Caller) -> Fields:
    subscribed = caller.app.id in page.connected
    fields: Fields = {
        "id": lambda: page.id,
        "name": lambda: page.name,
        "category": lambda: page.category,
        "category_list": lambda: [{"id": "197871390225897", "name": page.category}],
        "link": lambda: f"https://www.facebook.com/{page.id}",
        "is_published": lambda: page.published,
        "has_added_app": lambda: subscribed,
        "is_webhooks_subscribed": lambda: subscribed,
        "is_messenger_platform_bot": lambda: bool(page.connected),
        "messaging_feature_status": lambda: {
            "hop_v2": page.mode != "legacy",
            "msgr_multi_app": True,
            "ig_multi_app": page.instagram is not None and page.instagram.several_apps,
        },
        "app_id": lambda: caller.app.id,
    }
    account = page.instagram
    if account is not None and "instagram_basic" in caller.token.scopes:
        fields["instagram_business_account"] = lambda: {"id": account.id, "username": account.name}
    else:  # as in life: what is not there is not in the answer
        fields["instagram_business_account"] = lambda: None
    if caller.token.kind in ("USER", "SYSTEM_USER"):
        fields["tasks"] = lambda: list(page.tasks)
        fields["access_token"] = lambda: world.page_token(caller.token, page).text
    elif caller.token.page_id == page.id:
        fields["access_token"] = lambda: caller.token.text
    return fields


def _app_fields(app: SimulatedApp) -> Fields:
    icon = hashlib.sha256(app.id.encode()).hexdigest()[:16]
    return {
        "id": lambda: app.id,
        "name": lambda: app.name,
        "category": lambda: app.category,
        "link": lambda: f"https://www.facebook.com/games/?app_id={app.id}",
        "icon_url": lambda: f"https://static.xx.fbcdn.net/rsrc.php/v4/y4/r/{icon}.gif",
        "logo_url": lambda: f"https://static.xx.fbcdn.net/rsrc.php/v4/yE/r/{icon}.png",
    }


def _may_use(page: SimulatedPage) -> bool:
    return bool({"MANAGE", "MODERATE", "MESSAGING", "CREATE_CONTENT"} & set(page.tasks))


def _person_name(token: Token) -> str:
    return "Alex Owner" if token.user_id == OWNER_ID else "Lumen system user"


def _read(call: Call, fields: Fields, kind: str, default: str = "name,id") -> dict[str, Any]:
    return _pick(call.fields(default), fields, kind)


def _pick(wanted: Iterable[NodeField], fields: Fields, kind: str) -> dict[str, Any]:
    """Return the wanted fields; `id` is always among them, as in life."""
    shown: dict[str, Any] = {}
    for each in wanted:
        if each.name not in fields:
            if each.name in _SECRET_FIELDS:
                raise known_error(200)
            raise no_such_field(each.name, kind)
        value = fields[each.name]()
        if each.name == "instagram_business_account":
            kept = {"id", *(wanted.name for wanted in each.wanted)}
            value = value and {key: part for key, part in value.items() if key in kept}
        if value is not None:
            shown[each.name] = value
    shown.setdefault("id", fields["id"]())
    return shown


def _with_metadata(
    behaviour: GraphBehaviour, call: Call, token: Token, kind: str, shown: dict[str, Any], edges: tuple[str, ...]
) -> Any:
    """Add metadata on metadata=1. As in life, the addresses in it carry the token. In which words a later version
    refuses it is assumed."""
    if call.text("metadata") not in ("1", "true") or behaviour.metadata == "ignored":
        return shown
    if behaviour.metadata == "refused":
        raise invalid("Param metadata is not supported")
    names = ("id", "name") if kind == "user" else ("id", "name", "category", "messaging_feature_status")
    shown["metadata"] = {
        "type": kind,
        "fields": [{"name": name, "description": f"The {name} of the {kind}", "type": "string"} for name in names],
        "connections": {
            edge: f"{call.base}/{call.version or newest(behaviour)}/{shown['id']}/{edge}?access_token={token.text}"
            for edge in edges
        },
    }
    return shown
