"""The simulated owner: gets what a person would be told or asked, and acts through the forms of the pretend sites."""

import re
import time
from collections.abc import Callable, Mapping
from typing import Any

from wizard.simulator.browser import Browser, Form, LinkRefused, Sight
from wizard.simulator.world.addresses import Addresses, pasted_token
from wizard.simulator.world.cast import APP_IDS, PAGE_ID, TESTER
from wizard.simulator.world.scenario import QUESTIONS, STEPS
from wizard.simulator.world.state import CUSTOMER
from wizard.simulator.world.world import SimulatedWorld

Result = dict[str, Any]
DONE: Result = {"done": True}
_PATIENCE = 8.0  # seconds that the owner waits for the answer of a real bot


class NotUnderstood(ValueError):
    """What was said to the owner is no instruction and no question it knows; the text says why."""


class CannotDo(Exception):
    """The owner tried; the text is the reason it gives."""


class SimulatedOwner:
    """Acts as the scenario says. It knows the names of its own apps, and reads IDs off the screen like anybody."""

    def __init__(self, world: SimulatedWorld, addresses: Addresses) -> None:
        self._world = world
        self._addresses = addresses
        self._browser = Browser(addresses.root)
        self._habits = world.scenario.owner
        self._bot, self._live_chat = APP_IDS["primary"], APP_IDS["secondary"]

    def answer(self, said: Mapping[str, Any]) -> Result:
        """said: {"instruct": {...}} or {"ask": {...}}. Raises NotUnderstood."""
        instruct, ask = said.get("instruct"), said.get("ask")
        if isinstance(instruct, Mapping):
            return self._do(str(instruct.get("step", "")), instruct)
        if isinstance(ask, Mapping):
            return {"answer": self._reply(str(ask.get("question", "")), ask)}
        raise NotUnderstood("The owner understands only {'instruct': ...} and {'ask': ...}.")

    def _do(self, step: str, said: Mapping[str, Any]) -> Result:
        deeds: dict[str, Callable[[Mapping[str, Any]], None]] = {
            "log_in": self._log_in,
            "enter_code": self._enter_code,
            "get_token": self._get_token,
            "default_app": self._choose_default_app,
            "take_control_bot": lambda said: self._switch_take_control(said, self._bot),
            "take_control_live_chat": lambda said: self._switch_take_control(said, self._live_chat),
            "social_route": self._leave_social_route_to_bot,
            "old_primary": self._tidy_receivers,
            "paste_app_id": self._paste,
            "send_code": lambda said: self._write(said, None),
            "say_hello": lambda said: self._write(said, "Hello"),
            "ask_for_human": lambda said: self._write(said, "I want to talk to a human, please."),
            "write_once_more": lambda said: self._write(said, "Are you there?"),
            "write_and_look": lambda said: self._write(said, "Are you there?"),
            "answer_from_live_chat": lambda said: self._in_live_chat(said, f"reply_form_{TESTER}"),
            "close_in_live_chat": lambda said: self._in_live_chat(said, f"close_form_{TESTER}"),
            "add_fields": lambda said: None,
        }
        if step not in STEPS:
            raise NotUnderstood(f"The owner does not know the step {step!r}.")
        if step in self._habits.refuses:
            return {"done": False, "reason": self._habits.refuses[step]}
        if step in self._habits.leaves_out:
            return DONE
        try:
            deeds[step](said)
        except CannotDo as error:
            return {"done": False, "reason": str(error)}
        except LinkRefused:
            return {"done": False, "reason": "The link leads out of the practice world."}
        return DONE

    # What the owner does

    def _log_in(self, said: Mapping[str, Any]) -> None:
        if self._habits.logs_in == "waits":
            return
        sight = self._open(said, "")
        form = sight.forms.get("dialog_form")
        if form is None:
            raise CannotDo(sight.texts.get("notice", "").strip() or "Facebook shows no log-in.")
        for scope in self._habits.declines:
            form.tick("scope", scope, False)
        if not self._habits.ticks:
            form.set("page", "")
        form.set("answer", "cancel" if self._habits.logs_in == "cancels" else "allow")
        self._browser.send_on(self._browser.send(form))

    def _enter_code(self, said: Mapping[str, Any]) -> None:
        if self._habits.logs_in == "waits":
            return
        form = self._form(self._open(said, f"{self._addresses.url('facebook')}/device"), "device_form")
        form.set("code", str(said.get("copied") or form.values["code"][0]))
        form.set("answer", "cancel" if self._habits.logs_in == "cancels" else "allow")
        notice = self._browser.send(form).texts.get("notice", "")
        if "wrong" in notice:
            raise CannotDo(notice.strip())

    def _get_token(self, said: Mapping[str, Any]) -> None:
        if self._habits.paste == "page":
            self._token_from_explorer(said)

    def _token_from_explorer(self, said: Mapping[str, Any]) -> str:
        sight = self._open(said, self._addresses.url("developers") + "/tools/explorer")
        form = self._form(sight, "token_form")
        form.set("app", self._bot)
        form.set("kind", "page")
        form.set("page", PAGE_ID)
        token = self._browser.send(form).texts.get("token", "").strip()
        if not token:
            raise CannotDo("The page shows no token.")
        return token

    def _choose_default_app(self, said: Mapping[str, Any]) -> None:
        sight = self._open(said, self._facebook("msgr_conversation_routing"))
        if "to_receivers" in sight.links:  # a Page with the old roles: its Primary Receiver is what answers first
            form = self._form(self._browser.open(sight.links["to_receivers"]), "receivers_form")
            form.set("primary_receiver", self._bot)
            form.tick("secondary_receiver", self._bot, False)
            form.tick("secondary_receiver", self._live_chat, True)
            self._save(form)
            return
        form = self._form(sight, "routing_form")
        if self._bot not in form.options["default_app"]:
            raise CannotDo("The bot is not in the list of apps.")
        form.set("default_app", self._bot)
        self._save(form)

    def _switch_take_control(self, said: Mapping[str, Any], app: str) -> None:
        sight = self._open(said, self._facebook("advanced_messaging"))
        form = self._form(sight, "apps_form")
        if "take_control" not in form.values:
            return  # a Page with the old roles has no such switch, so nothing is left to do
        if f"take_control_{app}" not in sight.texts:
            raise CannotDo("The app is not in the list of apps.")
        form.tick("take_control", app, True)
        self._save(form)

    def _leave_social_route_to_bot(self, said: Mapping[str, Any]) -> None:
        sight = self._open(said, self._facebook("msgr_conversation_routing"))
        if "routing_form" not in sight.forms:
            return  # a Page with the old roles has no routes
        form = sight.forms["routing_form"]
        for route in ("social_route", "link_app", "link_ref"):
            form.set(route, "")
        self._save(form)

    def _tidy_receivers(self, said: Mapping[str, Any]) -> None:
        sight = self._open(said, self._facebook("advanced_messaging"))
        if "apps_form" not in sight.forms and "tab_advanced" in sight.links:
            sight = self._browser.open(sight.links["tab_advanced"])
        form = sight.forms.get("receivers_form")
        if form is None or "apps_form" not in sight.forms or "take_control" not in sight.forms["apps_form"].values:
            return  # nothing old is left, or the Page lives by these roles
        form.set("primary_receiver", "")
        self._save(form)

    def _paste(self, said: Mapping[str, Any]) -> None:
        sight = self._open(said, self._addresses.url("platform") + "/")
        form = self._form(sight, "settings_form")
        pasted = APP_IDS.get(self._habits.pastes, self._habits.pastes)
        if self._habits.pastes == "copied":
            pasted = str(said.get("copied") or "") or self._app_id_seen()
        form.set("secondary_receiver", pasted)
        self._save(form)

    def _write(self, said: Mapping[str, Any], text: str | None) -> None:
        """Open the conversation and send text; None: what the link has put into the composer."""
        form = self._form(self._open(said, self._messenger()), "message_form")
        if text is not None:
            form.set("text", text)
        if not form.values["text"][0].strip():
            raise CannotDo("The link puts no text into Messenger.")
        self._browser.send(form)

    def _in_live_chat(self, said: Mapping[str, Any], form_id: str) -> None:
        form = self._form(self._open({}, self._addresses.url("livechat") + "/"), form_id)
        if "text" in form.values:
            form.set("text", "Hello, this is Sam. How can I help?")
        notice = self._browser.send(form).texts.get("notice", "").strip()
        if notice.startswith("Facebook refused"):
            raise CannotDo(notice)

    # What the owner answers

    def _reply(self, question: str, ask: Mapping[str, Any]) -> str:
        if question not in QUESTIONS:
            raise NotUnderstood(f"The owner does not know the question {question!r}.")
        if question in self._habits.answers:
            fixed = self._habits.answers[question]
            return APP_IDS.get(fixed, fixed)
        answers: dict[str, Callable[[], str]] = {
            "bot_product": lambda: "flow-ai",
            "live_chat_product": lambda: "support-desk",
            "token": self._token,
            "token_owner": self._token_owner,
            "page": lambda: PAGE_ID,
            "bot": lambda: self._bot,
            "live_chat": lambda: self._live_chat,
            "app_id": self._app_id_seen,
            "roles_done": lambda: "done",
            "saved": lambda: "yes",
            "make": lambda: "yes",
            "target": lambda: self._first_choice(ask),
            "settings_key": lambda: self._browser.open(self._addresses.url("platform") + "/").texts.get("api_key", ""),
            "which_conversation": lambda: TESTER,
            "way_out": lambda: "wait",
            "bring_back_anyway": lambda: "bring_back",
            "bot_answered": self._bot_answered,
            "bot_answered_now": self._bot_answered,
            "live_chat_got_it": self._live_chat_got_it,
            "bot_answers_again": self._bot_answers_again,
            "ask_again": lambda: "go_on",
        }
        return answers[question]()

    def _token(self) -> str:
        return self._token_from_explorer({}) if self._habits.paste == "page" else pasted_token(self._world)

    def _token_owner(self) -> str:
        token = self._world.tokens.get(pasted_token(self._world))
        return {self._bot: "bot", self._live_chat: "live_chat"}.get(token.app_id if token else self._bot, "neither")

    def _app_id_seen(self) -> str:
        """Read the live chat's App ID off the list of connected apps."""
        texts = self._browser.open(self._facebook("advanced_messaging")).texts
        name = self._world.app_name(self._live_chat)
        for key, text in texts.items():
            if key.startswith("name_") and text.strip() == name:
                return texts[key.replace("name_", "app_id_")].strip()
        return ""

    def _first_choice(self, ask: Mapping[str, Any]) -> str:
        choices = ask.get("choices")
        if not isinstance(choices, list) or not choices or not isinstance(choices[0], Mapping):
            raise NotUnderstood("The question 'target' needs choices.")
        return str(choices[0].get("id", ""))

    def _bot_answered(self) -> str:
        """Whether the bot wrote since the owner's own last message."""

        def wrote() -> bool:
            with self._world.lock:
                senders = [message.sender for message in self._world.page.threads[TESTER].messages]
            since = senders[::-1].index(CUSTOMER) if CUSTOMER in senders else len(senders)
            return self._bot in senders[len(senders) - since :]

        return "yes" if self._sees(wrote) else "no"

    def _live_chat_got_it(self) -> str:
        def has_it() -> bool:
            texts = self._browser.open(self._addresses.url("livechat") + "/").texts
            return texts.get(f"state_{TESTER}", "").startswith("Yours")

        return "yes" if self._sees(has_it) else "no"

    def _sees(self, happened: Callable[[], bool]) -> bool:
        """Look, for a while where a real bot answers: the others have done so already."""
        ends_at = time.monotonic() + (_PATIENCE if self._world.outbox.callbacks else 0)
        while not (seen := happened()) and time.monotonic() < ends_at:
            self._world.stopping.wait(0.2)
        return seen

    def _bot_answers_again(self) -> str:
        """Write once more and see who has control then."""
        form = self._form(self._browser.open(self._messenger()), "message_form")
        form.set("text", "Hello again")
        owner = self._browser.send(form).texts.get("owner", "")
        return "yes" if self._world.app_name(self._bot) in owner else "no"

    # How the owner gets around

    def _facebook(self, tab: str) -> str:
        return f"{self._addresses.url('facebook')}/settings?tab={tab}"

    def _messenger(self) -> str:
        return f"{self._addresses.url('messenger')}/{PAGE_ID}"

    def _open(self, said: Mapping[str, Any], otherwise: str) -> Sight:
        return self._browser.open(str(said.get("link") or otherwise))

    @staticmethod
    def _form(sight: Sight, form_id: str) -> Form:
        form = sight.forms.get(form_id)
        if form is None:
            raise CannotDo("I do not see this on the page that the link opens.")
        return form

    def _save(self, form: Form) -> None:
        notice = re.sub(r"\s+", " ", self._browser.send(form).texts.get("notice", "")).strip()
        if "saved" not in notice.lower() or notice.startswith("Not saved"):
            raise CannotDo(notice or "The page did not say that it was saved.")
