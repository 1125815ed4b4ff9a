"""The pretend Facebook's log-in: the dialog, the page for codes, and the vendor's page that sends on."""

from urllib.parse import urlencode, urlsplit

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from wizard.core.resource import resource
from wizard.simulator.world.addresses import CONFIGURATION, Addresses
from wizard.simulator.world.log_ins import given, living
from wizard.simulator.world.state import META_AI, PAGE_INBOX
from wizard.simulator.world.world import SimulatedWorld

Answer = str | Response | tuple[str, int]

# The texts of the pages that stand in the dialog's place, as people reported them.
_TROUBLES = {
    "not_live": ("Feature Unavailable", "Facebook Login is currently unavailable for this app, since we are updating "
                 "additional details for this app. Please try again later."),
    "address_not_listed": ("URL Blocked", "This redirect failed because the redirect URI is not whitelisted in the "
                           "app's Client OAuth Settings. Make sure Client and Web OAuth Login are on and add all your "
                           "app domains as Valid OAuth Redirect URIs."),
    "insecure": ("Insecure Login Blocked", "You can't get an access token or log in to this app from an insecure page. "
                 "Try re-loading the page as https://"),
    "no_configuration": ("Sorry, something went wrong", "Config ID is invalid."),
    "two_factor": ("Two-factor authentication required", "This business asks everybody to log in with two-factor "
                   "authentication. Switch it on in your account, then try again."),
}  # fmt: skip


def dialog(world: SimulatedWorld, addresses: Addresses) -> Blueprint:
    site = Blueprint("dialog", __name__)
    here = addresses.paths["facebook"]

    @site.get("/<version>/dialog/oauth")
    def ask(version: str) -> Answer:
        asked = request.args.to_dict()
        with world.lock:
            world.log_ins.asked.append({"version": version, **{k: v for k, v in asked.items() if k != "state"}})
            if title := _trouble(world, addresses, asked):
                return _told(here, *_TROUBLES[title])
            return render_template(
                "dialog.html",
                here=here,
                app=world.app_name(asked["client_id"]),
                asked=asked,
                scopes=_scopes(world, asked),
                is_classic=world.scenario.log_in.kind == "classic",
                pages=[(page.id, page.name) for page in world.pages.values()],
            )

    @site.post("/dialog/oauth/answer")
    def answer() -> Answer:
        form = request.form
        back = {"state": _state(world, form.get("state", ""))}
        redirect_uri = form.get("redirect_uri", "")
        if form.get("answer") != "allow":
            refused = {"error": "access_denied", "error_code": "200", "error_description": "Permissions error"}
            query = urlencode({**refused, "error_reason": "user_denied", **back})
            return redirect(f"{redirect_uri}{'&' if '?' in redirect_uri else '?'}{query}#_=_", 303)
        with world.lock:
            mark = "?" if world.scenario.log_in.place == "query" else "#"
            return redirect(f"{redirect_uri}{mark}{urlencode({**_tokens(world), **back})}", 303)

    @site.get("/device")
    @site.get("/device/")
    def device() -> Answer:
        code = request.args.get("user_code", "")
        with world.lock:
            found = world.log_ins.typed(code)
            app = world.app_name(found.app_id) if found else ""
        return render_template("device.html", here=here, code=code, app=app, notice=request.args.get("notice", ""))

    @site.post("/device/answer")
    def device_answer() -> Answer:
        with world.lock:
            found = world.log_ins.typed(request.form.get("code", ""))
            if found is None or world.now() >= found.ends_at:
                return redirect(f"{here}/device?{urlencode({'notice': 'unknown'})}", 303)
            if request.form.get("answer") == "allow":
                scopes = found.scopes if world.scenario.log_in.code_gives == "all" else ("public_profile",)
                token = given(world.named_tokens["user"], found.app_id, scopes, (), None)
                found.token = living(token, world.now(), None)
                world.tokens[found.token.text] = found.token
            found.state = "confirmed" if found.token else "declined"
            return redirect(f"{here}/device?{urlencode({'notice': found.state})}", 303)

    return site


def relay(_world: SimulatedWorld, _addresses: Addresses) -> Blueprint:
    """The very page that vendors put on their sites."""
    site = Blueprint("relay", __name__)

    @site.get("/")
    def send_on() -> Answer:
        return resource("login/relay.html").read_text(encoding="utf-8")

    return site


def _trouble(world: SimulatedWorld, addresses: Addresses, asked: dict[str, str]) -> str:
    """Why the dialog is not shown, by its name above; "" where it is."""
    app, back = asked.get("client_id", ""), asked.get("redirect_uri", "")
    if world.scenario.log_in.trouble:
        return world.scenario.log_in.trouble
    if app not in world.apps or app in (PAGE_INBOX, *META_AI):
        return "not_live"
    if asked.get("config_id", "") != ("" if world.scenario.log_in.kind == "classic" else CONFIGURATION):
        return "no_configuration"
    if back == addresses.url("relay") + "/":
        return ""
    if urlsplit(back).scheme == "http":
        is_tried = urlsplit(back).hostname == "localhost" and not world.apps[app].live
        return "" if is_tried else "insecure"
    return "address_not_listed"


def _state(world: SimulatedWorld, state: str) -> str:
    """What comes back of a state, which ends with the port that waits."""
    text, _dot, port = state.rpartition(".")
    return {"kept": state, "changed": f"{text[::-1]}.{port}", "other_port": f"{text}.1024"}[world.scenario.log_in.state]


def _scopes(world: SimulatedWorld, asked: dict[str, str]) -> tuple[str, ...]:
    scopes = tuple(scope for scope in asked.get("scope", "").split(",") if scope)
    return scopes or world.named_tokens["user"].scopes[:-1]  # what a configuration holds


def _tokens(world: SimulatedWorld) -> dict[str, str]:
    """What a good answer brings back. The person's choice stands in the form."""
    form, behaviour = request.form, world.scenario.log_in
    asked, granted = tuple(form.getlist("asked")), set(form.getlist("scope"))
    is_classic = behaviour.kind == "classic"
    declined = tuple(scope for scope in asked if is_classic and scope not in granted)
    pages = frozenset(form.getlist("page"))
    app = behaviour.app_id if behaviour.app != "primary" else form.get("client_id", "")
    token = given(world.named_tokens["user"], app, (*asked, "public_profile"), declined, pages)
    short = living(token, world.now(), behaviour.hours)
    back = {
        "access_token": short.text,
        "data_access_expiration_time": str(int(world.now()) + 90 * 86_400),
        **({"expires_in": str(behaviour.hours * 3_600)} if behaviour.tells_life else {}),
    }
    world.tokens[short.text] = short
    if behaviour.long_lived:
        lasting = living(token, world.now(), None)
        world.tokens[lasting.text] = lasting
        back["long_lived_token"] = lasting.text
    return back


def _told(here: str, title: str, text: str) -> Answer:
    return render_template("log_in_trouble.html", here=here, title=title, text=text), 400
