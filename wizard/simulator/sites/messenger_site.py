"""The pretend Messenger, seen as the tester: the conversation with the Page, and who answers in it."""

import contextlib

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from wizard.simulator.sites.chat_view import bubbles
from wizard.simulator.world import customer
from wizard.simulator.world.addresses import Addresses
from wizard.simulator.world.cast import TESTER
from wizard.simulator.world.choices import menu_of
from wizard.simulator.world.customer import NothingToPress
from wizard.simulator.world.state import SimulatedPage
from wizard.simulator.world.world import SimulatedWorld

Answer = str | Response | tuple[str, int]


def messenger(world: SimulatedWorld, addresses: Addresses) -> Blueprint:
    site = Blueprint("messenger", __name__)
    here = addresses.paths["messenger"]

    def thread_part(page: SimulatedPage) -> str:
        with world.lock:
            thread = page.threads[TESTER]
            customer.reads(world, page, thread)
            owner = thread.owner_at(world.now())
            return render_template(
                "messenger_thread.html",
                page=page,
                bubbles=bubbles(world, thread, seen_by_person=True, last=40),
                owner=world.app_name(owner) if owner else None,
                typing=world.app_name(thread.typing[0]) if thread.typing and world.now() < thread.typing[1] else None,
                here=here,
                menu=menu_of(page.profile),
                can_start="get_started" in page.profile and not thread.messages,
            )

    @site.get("/<page_id>")
    def conversation(page_id: str) -> Answer:
        page = world.pages.get(page_id)
        if page is None or TESTER not in page.threads:
            return render_template("messenger_unknown.html"), 404
        values = {key: request.args.get(key, "") for key in ("text", "ref")}
        return render_template("messenger.html", here=here, page=page, thread=thread_part(page), **values)

    @site.get("/<page_id>/thread")
    def only_thread(page_id: str) -> Answer:
        page = world.pages.get(page_id)
        return ("", 404) if page is None or TESTER not in page.threads else thread_part(page)

    @site.post("/<page_id>")
    def send(page_id: str) -> Answer:
        page = world.pages.get(page_id)
        if page is None or TESTER not in page.threads:
            return render_template("messenger_unknown.html"), 404
        text = request.form.get("text", "").strip()
        if text:
            with world.lock:
                customer.writes(world, page, page.threads[TESTER], text, request.form.get("ref") or None)
        return redirect(f"{here}/{page_id}", 303)

    @site.post("/<page_id>/press")
    def press(page_id: str) -> Answer:
        """message and title: a button or quick reply; title alone: the menu; neither: Get Started."""
        page = world.pages.get(page_id)
        if page is None or TESTER not in page.threads:
            return render_template("messenger_unknown.html"), 404
        title, message = request.form.get("title", ""), request.form.get("message")
        with world.lock, contextlib.suppress(NothingToPress):  # it was taken away meanwhile
            if message:
                customer.presses(world, page, page.threads[TESTER], title, message)
            elif title:
                customer.presses_menu(world, page, page.threads[TESTER], title)
            else:
                customer.gets_started(world, page, page.threads[TESTER])
        return redirect(f"{here}/{page_id}", 303)

    return site
