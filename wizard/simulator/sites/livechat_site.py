"""The pretend live chat: staff see conversations, answer, close them and pass them back to the bot."""

from collections.abc import Callable
from urllib.parse import quote

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from wizard.simulator.sites.chat_view import conversations_shown
from wizard.simulator.world import rules
from wizard.simulator.world.addresses import Addresses
from wizard.simulator.world.cast import APP_IDS
from wizard.simulator.world.errors import GraphError
from wizard.simulator.world.marked import mark
from wizard.simulator.world.state import SimulatedPage, Thread
from wizard.simulator.world.world import SimulatedWorld

Answer = str | Response | tuple[str, int]


def livechat(world: SimulatedWorld, addresses: Addresses) -> Blueprint:
    site = Blueprint("livechat", __name__)
    here, desk = addresses.paths["livechat"], APP_IDS["secondary"]

    def act(psid: str, deed: Callable[[SimulatedPage, Thread], None], done: str) -> Answer:
        notice = done
        with world.lock:
            thread = world.page.threads.get(psid)
            if thread is None:
                return "No such conversation", 404
            try:
                deed(world.page, thread)
            except GraphError as error:
                notice = f"Facebook refused: {rules.refusal(error)}"
        return redirect(f"{here}/?notice={quote(notice)}", 303)

    @site.get("/")
    @site.get("")
    def inbox() -> Answer:
        with world.lock:
            shown = conversations_shown(world, world.page, desk)
        return render_template("livechat.html", here=here, conversations=shown, notice=request.args.get("notice"))

    @site.post("/<psid>/reply")
    def reply(psid: str) -> Answer:
        text = request.form.get("text", "").strip() or "Hello, how can I help?"
        return act(psid, lambda page, thread: rules.staff_reply(world, page, thread, desk, text), mark("Sent."))

    @site.post("/<psid>/close")
    def close(psid: str) -> Answer:
        """Closing gives control up: the next message goes to whoever answers first."""
        return act(psid, lambda page, thread: rules.release_control(world, thread, desk), mark("Closed."))

    @site.post("/<psid>/pass-back")
    def pass_back(psid: str) -> Answer:
        return act(psid, lambda page, thread: rules.pass_control(world, page, thread, desk, None), mark("Passed back."))

    return site
