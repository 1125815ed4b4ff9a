"""The pretend Messenger, seen as the tester: the conversation with the Page, who answers in it, and what can be
pressed. The account on Instagram has such a page of its own."""

import contextlib

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from wizard.simulator.sites.chat_view import bubbles
from wizard.simulator.world import customer
from wizard.simulator.world.addresses import Addresses
from wizard.simulator.world.cast import INSTAGRAM_TESTER, TESTER
from wizard.simulator.world.choices import menu_of
from wizard.simulator.world.customer import NothingToPress
from wizard.simulator.world.state import SimulatedPage, Thread
from wizard.simulator.world.world import SimulatedWorld

Answer = str | Response | tuple[str, int]


def messenger(world: SimulatedWorld, addresses: Addresses) -> Blueprint:
    site = Blueprint("messenger", __name__)
    here = addresses.paths["messenger"]

    def found(page_id: str) -> tuple[SimulatedPage, Thread] | None:
        """The Page, or the Instagram account, and the tester's conversation with it."""
        page = world.pages.get(page_id)
        account = world.page.instagram
        if account is not None and account.id == page_id:
            return account, account.threads[INSTAGRAM_TESTER[0]]
        return (page, page.threads[TESTER]) if page is not None and TESTER in page.threads else None

    def thread_part(page: SimulatedPage, thread: Thread) -> str:
        with world.lock:
            customer.reads(world, page, thread)
            owner = thread.owner_at(world.now())
            is_typing = thread.typing is not None and world.now() < thread.typing[1]
            return render_template(
                "messenger_thread.html",
                page=page,
                bubbles=bubbles(world, thread, seen_by_person=True, last=40),
                owner=world.app_name(owner) if owner else None,
                typing=world.app_name(thread.typing[0]) if thread.typing and is_typing else None,
                here=here,
                menu=menu_of(page.profile),
                can_start="get_started" in page.profile and not thread.messages,
            )

    def unknown() -> Answer:
        return render_template("messenger_unknown.html"), 404

    @site.get("/<page_id>")
    def conversation(page_id: str) -> Answer:
        there = found(page_id)
        if there is None:
            return unknown()
        values = {key: request.args.get(key, "") for key in ("text", "ref")}
        return render_template("messenger.html", here=here, page=there[0], thread=thread_part(*there), **values)

    @site.get("/<page_id>/thread")
    def only_thread(page_id: str) -> Answer:
        there = found(page_id)
        return ("", 404) if there is None else thread_part(*there)

    @site.post("/<page_id>")
    def send(page_id: str) -> Answer:
        there = found(page_id)
        if there is None:
            return unknown()
        text = request.form.get("text", "").strip()
        if text:
            with world.lock:
                customer.writes(world, *there, text, request.form.get("ref") or None)
        return redirect(f"{here}/{page_id}", 303)

    @site.post("/<page_id>/press")
    def press(page_id: str) -> Answer:
        """message and title: a button or quick reply; title alone: the menu; neither: Get Started."""
        there = found(page_id)
        if there is None:
            return unknown()
        title, message = request.form.get("title", ""), request.form.get("message")
        with world.lock, contextlib.suppress(NothingToPress):  # it was taken away meanwhile
            if message:
                customer.presses(world, *there, title, message)
            elif title:
                customer.presses_menu(world, *there, title)
            else:
                customer.gets_started(world, *there)
        return redirect(f"{here}/{page_id}", 303)

    return site
