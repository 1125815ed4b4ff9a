"""The pretend Facebook: Page settings, the same in Business Suite, its inbox, its AI and its users, and the pages for
developers. Their labels are those that the wizard's instructions quote."""

from urllib.parse import quote, urlencode

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from wizard.simulator.sites.chat_view import conversations_shown
from wizard.simulator.world import notices, rules
from wizard.simulator.world.addresses import Addresses
from wizard.simulator.world.cast import APP_IDS, PAGE_ID
from wizard.simulator.world.errors import GraphError
from wizard.simulator.world.state import ALL_FIELDS, INSTAGRAM_INBOX, META_AI, PAGE_INBOX, SimulatedPage
from wizard.simulator.world.world import SimulatedWorld

PERMISSIONS = ("pages_show_list", "pages_manage_metadata", "pages_messaging", "pages_read_engagement")
Answer = str | Response | tuple[str, int]


def facebook(world: SimulatedWorld, addresses: Addresses) -> Blueprint:
    site = Blueprint("facebook", __name__)
    here = addresses.paths["facebook"]

    @site.get("/settings")
    @site.get("/settings/")
    def settings() -> Answer:
        tab = request.args.get("tab", "msgr_conversation_routing")
        with world.lock:
            if tab == "msgr_conversation_routing":
                return _routing_page(world, here, f"{here}/settings/routing")
            if tab == "advanced_messaging":
                return render_template(
                    "advanced.html", here=here, page=world.page, apps=_connected(world), notice=_notice(), tab=tab
                )
            account = world.page.instagram
            if tab == "ig_conversation_routing" and account is not None:
                apps = [(app, world.app_name(app)) for app in (*account.connected, INSTAGRAM_INBOX)]
                return render_template(
                    "instagram_routing.html", here=here, page=world.page, apps=apps, notice=_notice(), tab=tab
                )
        return render_template("facebook.html", here=here, page=world.page, notice=None, tab=tab), 404

    @site.post("/settings/instagram")
    def save_instagram() -> Answer:
        with world.lock:
            account = world.page.instagram
            if account is None:
                return render_template("facebook.html", here=here, page=world.page, notice=None, tab=""), 404
            chosen = request.form.get("default_app", "")
            account.default_app = chosen if account.can_be_passed_to(chosen) else None
            account.take_allowed = {app for app in request.form.getlist("take_control") if app in account.connected}
        return redirect(f"{here}/settings?tab=ig_conversation_routing&notice=saved", 303)

    @site.post("/settings/routing")
    def save_routing() -> Answer:
        with world.lock:
            notice = _save_routing(world.page)
        return redirect(f"{here}/settings?tab=msgr_conversation_routing&notice={notice}", 303)

    @site.post("/settings/advanced")
    def save_advanced() -> Answer:
        with world.lock:
            _save_take_control(world.page)
        return redirect(f"{here}/settings?tab=advanced_messaging&notice=saved", 303)

    @site.post("/settings/receivers")
    def save_receivers() -> Answer:
        with world.lock:
            page = world.page
            wanted = request.form.get("primary_receiver", "")
            old = _roles(page)
            page.primary = wanted if page.can_be_passed_to(wanted) else None
            if page.legacy:
                others = [app for app in request.form.getlist("secondary_receiver") if page.can_be_passed_to(app)]
                page.secondaries = [app for app in others if app != page.primary]
                for app, role in _roles(page).items():
                    if old.get(app) != role:
                        notices.roles_changed(world, page, app, role)
        return redirect(f"{here}/settings?tab=advanced_messaging&notice=saved", 303)

    return site


def business(world: SimulatedWorld, addresses: Addresses) -> Blueprint:
    site = Blueprint("business", __name__)
    here = addresses.paths["business"]

    @site.get("/latest/settings/conversation_routing")
    def routing() -> Answer:
        with world.lock:
            return render_template(
                "business_settings.html",
                here=here,
                facebook=addresses.paths["facebook"],
                action=f"{here}/latest/settings/conversation_routing",
                page=world.page,
                apps=_connected(world),
                notice=_notice(),
            )

    @site.post("/latest/settings/conversation_routing")
    def save_routing() -> Answer:
        with world.lock:
            notice = _save_routing(world.page)
        return redirect(f"{here}/latest/settings/conversation_routing?notice={notice}", 303)

    @site.post("/latest/settings/partner_apps")
    def save_partner_apps() -> Answer:
        with world.lock:
            _save_take_control(world.page)
        return redirect(f"{here}/latest/settings/conversation_routing?notice=saved#partner_apps", 303)

    @site.get("/settings")
    @site.get("/settings/")
    def system_users() -> Answer:
        with world.lock:
            return render_template(
                "business_users.html",
                here=here,
                page=world.page,
                app=APP_IDS["primary"],
                app_name=world.app_name(APP_IDS["primary"]),
                permissions=PERMISSIONS,
                notice=_notice(),
                token=world.named_tokens["system_user"].text if _notice() == "made" else None,
            )

    @site.post("/settings/token")
    def make_token() -> Answer:
        notice = "made" if set(PERMISSIONS) <= set(request.form.getlist("scope")) else "missing"
        return redirect(f"{here}/settings?notice={notice}", 303)

    @site.get("/latest/business_ai/instructions")
    def business_ai() -> Answer:
        with world.lock:
            return render_template("business_ai.html", here=here, page=world.page, notice=_notice())

    @site.post("/latest/business_ai/instructions")
    def switch_business_ai_off() -> Answer:
        with world.lock:
            world.page.meta_ai = None
        return redirect(f"{here}/latest/business_ai/instructions?notice=saved", 303)

    @site.get("/latest/inbox")
    def inbox() -> Answer:
        with world.lock:
            shown = conversations_shown(world, world.page, PAGE_INBOX)
            return render_template("inbox.html", here=here, page=world.page, conversations=shown, notice=_notice())

    @site.post("/latest/inbox/<psid>/reply")
    def reply(psid: str) -> Answer:
        notice = "sent"
        with world.lock:
            thread = world.page.threads.get(psid)
            if thread is None:
                return "No such conversation", 404
            try:
                rules.staff_reply(world, world.page, thread, PAGE_INBOX, request.form.get("text", "").strip() or "Hi")
            except GraphError as error:
                notice = rules.refusal(error)
        return redirect(f"{here}/latest/inbox?notice={quote(notice)}", 303)

    return site


def developers(world: SimulatedWorld, addresses: Addresses) -> Blueprint:
    """The token page: the token is in the page, never in its address."""
    site = Blueprint("developers", __name__)
    here = addresses.paths["developers"]

    @site.get("/tools/explorer")
    @site.get("/tools/explorer/")
    def explorer() -> Answer:
        chosen = {key: request.args.get(key, "") for key in ("app", "kind", "page")}
        with world.lock:
            apps = _own_apps(world)
            return render_template(
                "explorer.html",
                here=here,
                apps=apps,
                pages=[(page.id, page.name) for page in world.pages.values()],
                own_page=PAGE_ID,
                permissions=PERMISSIONS,
                chosen=chosen,
                token=_token(world, **chosen),
            )

    @site.post("/tools/explorer")
    def get_token() -> Answer:
        chosen = urlencode({key: request.form.get(key, "") for key in ("app", "kind", "page")})
        return redirect(f"{here}/tools/explorer?{chosen}", 303)

    @site.get("/apps/")
    def apps() -> Answer:
        with world.lock:
            return render_template("apps.html", here=here, apps=_own_apps(world), notice=_notice())

    @site.get("/apps/creation/")
    def creation() -> Answer:
        return render_template("creation.html", here=here)

    @site.get("/apps/<app_id>/")
    def app(app_id: str) -> Answer:
        with world.lock:
            if app_id not in dict(_own_apps(world)):
                return "No such app", 404
            pages = [(page.id, page.name) for page in world.pages.values()]
            token = _token(world, app_id, "page", request.args.get("page", ""))
            return render_template("app.html", here=here, app=world.apps[app_id], pages=pages, token=token)

    return site


def _own_apps(world: SimulatedWorld) -> list[tuple[str, str]]:
    """ID and name of the apps that the person has a role on."""
    return [(APP_IDS[role], world.app_name(APP_IDS[role])) for role in ("primary", "secondary", "third")]


def _token(world: SimulatedWorld, app: str, kind: str, page: str) -> str | None:
    """Return the token for this choice, None if it is not a possible one."""
    if app not in world.apps or app in (PAGE_INBOX, *META_AI) or kind not in ("user", "page"):
        return None
    if kind == "page" and page == PAGE_ID and app == APP_IDS["primary"] and _is_of_last_week(world):
        return world.named_tokens["expired"].text
    user = world.user_token(app)
    if kind == "user":
        return user.text
    return world.page_token(user, world.pages[page]).text if page in world.pages else None


def _is_of_last_week(world: SimulatedWorld) -> bool:
    """Whether a token that has expired is handed out: where the scenario is about one, until it was tried. Then one
    learns what to do, and the next one is good."""
    return world.scenario.owner.paste == "expired" and not world.record.made_by(PAGE_ID)


def _routing_page(world: SimulatedWorld, facebook: str, action: str) -> str:
    return render_template(
        "routing.html",
        here=facebook,
        action=action,
        page=world.page,
        apps=_connected(world),
        notice=_notice(),
        tab="msgr_conversation_routing",
    )


def _save_routing(page: SimulatedPage) -> str:
    """Take over what the form says; return the notice: saved, needs_default or not_available."""
    if page.legacy:
        return "not_available"

    def app(key: str) -> str | None:
        chosen = request.form.get(key, "")
        return chosen if page.can_be_passed_to(chosen) else None

    default_app, social, link_app = app("default_app"), app("social_route"), app("link_app")
    ref = request.form.get("link_ref", "").strip()
    if default_app is None and (social or link_app):
        return "needs_default"
    page.default_app, page.social_route = default_app, social
    page.link_routes = {ref: link_app} if ref and link_app else {}
    return "saved"


def _roles(page: SimulatedPage) -> dict[str, str]:
    roles = dict.fromkeys(page.secondaries, "secondary_receiver")
    return roles if page.primary is None else {**roles, page.primary: "primary_receiver"}


def _save_take_control(page: SimulatedPage) -> None:
    """Take over the switches of the form."""
    if not page.legacy:
        page.take_allowed = {app for app in request.form.getlist("take_control") if page.can_be_passed_to(app)}


def _connected(world: SimulatedWorld) -> list[tuple[str, str, tuple[str, ...]]]:
    """The apps Facebook lists: ID, name, webhook fields; the Page Inbox is always one of them."""
    ids = dict.fromkeys([*world.page.connected, PAGE_INBOX])
    return [(app, world.app_name(app), world.page.connected.get(app, ALL_FIELDS)) for app in ids]


def _notice() -> str | None:
    return request.args.get("notice")
