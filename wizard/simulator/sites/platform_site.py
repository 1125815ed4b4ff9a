"""The pretend bot platform: the settings of Flow bot, with the field the bot reads when it hands over."""

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from wizard.simulator.world.addresses import Addresses
from wizard.simulator.world.world import SimulatedWorld


def platform(world: SimulatedWorld, addresses: Addresses) -> Blueprint:
    site = Blueprint("platform", __name__)
    here = addresses.paths["platform"]

    @site.get("/")
    @site.get("")
    def settings() -> str:
        with world.lock:
            saved = world.platform.secondary_receiver
        return render_template(
            "platform.html",
            here=here,
            saved=saved,
            notice=request.args.get("notice"),
            api=f"{addresses.url('platform_api')}/settings",
            key=world.platform_key,
        )

    @site.post("/settings")
    def save() -> Response:
        with world.lock:
            world.platform.secondary_receiver = request.form.get("secondary_receiver", "").strip()
        return redirect(f"{here}/?notice=saved", 303)

    return site
