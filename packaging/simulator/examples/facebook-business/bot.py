"""A bot on Meta's own SDK, facebook-business, that answers first and hands over on "human".

It reads the App ID of the live chat from facebook.live_chat_app_id in config.json, once, when it starts.
"""

import hashlib
import hmac
import json
import os
import re
import sys
from pathlib import Path
from typing import Any

from facebook_business.adobjects.page import Page
from facebook_business.api import FacebookAdsApi
from facebook_business.exceptions import FacebookRequestError
from facebook_business.session import FacebookSession
from flask import Flask, abort, request

SETTINGS = json.loads(Path("config.json").read_text(encoding="utf-8"))["facebook"]
LIVE_CHAT = SETTINGS["live_chat_app_id"]

# The stand-in; without it the SDK calls graph.facebook.com.
FacebookSession.GRAPH = SETTINGS.get("graph_url") or FacebookSession.GRAPH
FacebookAdsApi.init(app_secret=SETTINGS["app_secret"], access_token=SETTINGS["access_token"])
page = Page(SETTINGS["page_id"])
bot = Flask(__name__)


@bot.get("/webhook")
def verify() -> str:
    if request.args.get("hub.verify_token") != SETTINGS["verify_token"]:
        abort(403)
    return request.args["hub.challenge"]


@bot.post("/webhook")
def receive() -> str:
    own = "sha256=" + hmac.new(SETTINGS["app_secret"].encode(), request.get_data(), hashlib.sha256).hexdigest()
    if not hmac.compare_digest(own, request.headers.get("X-Hub-Signature-256", "")):
        abort(403)
    # What stands under "standby" is heard while another app has the conversation: nothing is to be said.
    for entry in request.get_json()["entry"]:
        for event in entry.get("messaging", []):
            try:
                answer(event)
            except FacebookRequestError as error:  # with another answer than 200, Facebook would send it all again
                print(error.api_error_message(), file=sys.stderr, flush=True)
    return ""


def answer(event: dict[str, Any]) -> None:
    message = event.get("message", {})
    if not message.get("text") or message.get("is_echo"):
        return
    person = event["sender"]["id"]
    if re.search(r"\bhuman\b", message["text"], re.IGNORECASE):
        hand_over(person)
    else:
        say(person, "Hello, I am a bot on Meta’s SDK. Write “human” to talk to a person.")


def hand_over(person: str) -> None:
    say(person, "One moment, I am getting a person for you.")
    try:
        page.create_pass_thread_control(
            params={
                "recipient": {"id": person},
                "target_app_id": LIVE_CHAT,
                "metadata": "The customer asks for a person.",
            }
        )
        print(f"handed over to {LIVE_CHAT}", flush=True)
    except FacebookRequestError as error:
        print(f"not handed over to {LIVE_CHAT}: {error.api_error_message()}", file=sys.stderr, flush=True)
        say(person, "I am sorry, nobody can be reached now.")


def say(person: str, text: str) -> None:
    page.create_message(params={"recipient": {"id": person}, "messaging_type": "RESPONSE", "message": {"text": text}})


if __name__ == "__main__":
    bot.run(host="127.0.0.1", port=int(os.environ.get("PORT", "5000")))
