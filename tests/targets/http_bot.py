"""The settings API of the practice world's bot platform, as the tests of the HTTP target use it."""

import json
from dataclasses import dataclass, replace
from typing import Any

import pytest

from tests.simulator.world import PracticeWorld, request
from wizard.core.cancel import CancelToken
from wizard.core.secret import Secret
from wizard.core.target import TargetError, TargetTrouble
from wizard.targets.http_api import HttpTarget
from wizard.targets.http_shape import Api, Method
from wizard.words import targets as words

POINTER = "/integrations/messenger/secondary_receiver"
TEMPLATE = '{"secondary_receiver": "{app_id}"}'
NEW = "538127490663815"
OLD = "1000000000001"


@dataclass(frozen=True)
class HttpBot:
    """api: how the target is told to speak with the platform."""

    world: PracticeWorld
    api: Api

    def target(self, **other: Any) -> HttpTarget:
        """other: fields of the Api in place of the usual."""
        return HttpTarget(replace(self.api, **other), Secret(self.key), CancelToken())

    @property
    def key(self) -> str:
        return str(self.world.start["platform_api_key"])

    def document(self) -> bytes:
        return request("GET", self.api.url, headers={"Authorization": f"Bearer {self.key}"}).text.encode()

    def put(self, document: bytes) -> None:
        """As somebody else would."""
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        assert request("PUT", self.api.url, body=document, headers=headers).status == 200

    def settings(self) -> Any:
        return json.loads(self.document())

    def saved(self) -> str:
        """What the bot itself reads when it hands over."""
        return str(self.world.world()["platform"]["secondary_receiver"])

    def writes(self) -> list[dict[str, Any]]:
        return [call for call in self.world.requests() if call["method"] != "GET" and "platform/" in call["call"]]


def http_bot(world: PracticeWorld, method: Method = Method.PUT, template: str = "") -> HttpBot:
    """The platform with OLD saved in it, and no call recorded yet."""
    url = f"{world.start['platform_api_url']}/settings"
    bot = HttpBot(world, Api(url, method, POINTER, template, private_ok=True))
    bot.put(bot.document().replace(b'"secondary_receiver": ""', f'"secondary_receiver": "{OLD}"'.encode()))
    world.forget_requests()
    return bot


def refusal(action: Any, *arguments: Any) -> TargetTrouble:
    """Do what must be refused, and return why; it is said, with what to do."""
    with pytest.raises(TargetError) as raised:
        action(*arguments)
    said = words.said_of(raised.value)
    assert said.text
    assert said.action
    return raised.value.trouble
