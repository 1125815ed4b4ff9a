"""Presets of file targets, each tried on a file in the form of its product, and read as its product does."""

import json
import re
from pathlib import Path

import pytest
import yaml

from tests.targets.docker import docker_env_file
from tests.targets.node import Node
from wizard.core.target import TargetChoice
from wizard.core.world import World
from wizard.targets.choose import target_for
from wizard.targets.presets import load_presets

NEW = "263902037430900"

META = """# Messenger
MESSENGER_ENDPOINT=/webhook
MESSENGER_VERIFY_TOKEN=x
PORT=
MESSENGER_APP_SECRET=y
MESSENGER_PAGE_ACCESS_TOKEN=z
APP_ID=1
PAGE_ID=2
SURVEY_TYPE=CSAT
CUSTOMER_SERVICE_APP_ID={app_id}
"""
BOTTENDER = """MESSENGER_PAGE_ID=1
MESSENGER_ACCESS_TOKEN=x
MESSENGER_APP_ID=2
MESSENGER_APP_SECRET=y
MESSENGER_VERIFY_TOKEN=z
"""
APPSETTINGS = """\ufeff{{\r
  // from the portal\r
  "MicrosoftAppType": "MultiTenant",\r
  "MicrosoftAppId": "",\r
  "MicrosoftAppPassword": "", /* kept elsewhere */\r
  "FacebookPageToken": "",\r
  "Handover": {{\r
    "TargetAppId": {app_id}\r
  }}\r
}}\r
"""
RASA = """# This file has the credentials of the channels.

rest:
#  # this channel needs none

facebook:
  verify: "rasa-bot"
  secret: "x"
  page-access-token: "y"
{added}
#slack:
#  slack_token: "<your slack token>"

rasa:
  url: "http://localhost:5002/api"
"""
RASA_WITHOUT = """rest:
#  # this channel needs none

#facebook:
#  verify: "<verify>"
#  secret: "<your secret>"

rasa:
  url: "http://localhost:5002/api"
"""
REAL_FILES = {
    # preset, key: the file in the form of the product's own sample, and the same with the App ID
    ("meta-feedback-sample", ""): (META.format(app_id=""), META.format(app_id=NEW)),
    ("bottender", ""): (BOTTENDER, f"{BOTTENDER}HANDOVER_TARGET_APP_ID={NEW}\n"),
    ("bot-framework", "Handover.TargetAppId"): (
        APPSETTINGS.format(app_id="263902037430901"),
        APPSETTINGS.format(app_id=f'"{NEW}"'),
    ),
    ("bot-framework", "HandoverAppId"): (
        '{\n  "MicrosoftAppId": "",\n  "MicrosoftAppPassword": ""\n}\n',
        f'{{\n  "MicrosoftAppId": "",\n  "MicrosoftAppPassword": "",\n  "HandoverAppId": "{NEW}"\n}}\n',
    ),
    ("rasa", "facebook.handover-app-id"): (
        RASA.format(added=""),
        RASA.format(added=f'  handover-app-id: "{NEW}"\n'),
    ),
    ("rasa", "my_channel.handover-app-id"): (
        RASA_WITHOUT,
        f'{RASA_WITHOUT}my_channel:\n  handover-app-id: "{NEW}"\n',
    ),
    ("ini", "facebook.inbox"): ("; x\n[facebook]\nid = 1\n", f"; x\n[facebook]\nid = 1\ninbox = {NEW}\n"),
    ("toml", "messenger.app_id"): ("[messenger]\napp_id = '0'\n", f"[messenger]\napp_id = '{NEW}'\n"),
    ("json", "a"): ('{"a":"1"}', f'{{"a":"{NEW}"}}'),
    ("yaml", "a"): ("a: '1'\n", f"a: '{NEW}'\n"),
    ("dotenv", "A"): ("A=1\n", f"A={NEW}\n"),
}


@pytest.mark.parametrize(("name", "key"), REAL_FILES)
def test_each_file_preset_writes_into_a_file_of_that_products_form(name: str, key: str, tmp_path: Path) -> None:
    preset = load_presets().by_name[name]
    old, new = REAL_FILES[(name, key)]
    file = tmp_path / preset.file
    file.write_bytes(old.encode())
    target = target_for(TargetChoice(name, str(file), key), load_presets(), World(), tmp_path / "state")
    plan = target.plan(NEW)
    applied = target.apply(plan)
    assert file.read_bytes() == new.encode()
    assert target.read_back() == NEW
    assert "{" not in plan.code.replace("({", "")  # what stands for key and ID is filled in
    if preset.code:
        assert (key or preset.key) in plan.code
    target.undo(applied)
    assert file.read_bytes() == old.encode()


def written(name: str, key: str, folder: Path) -> str:
    """Let the preset write into its real file, and return what it holds then."""
    file = folder / load_presets().by_name[name].file
    file.write_bytes(REAL_FILES[(name, key)][0].encode())
    target = target_for(TargetChoice(name, str(file), key), load_presets(), World(), folder / "state")
    target.apply(target.plan(NEW))
    return file.read_bytes().decode("utf-8-sig")


def test_metas_sample_gets_the_app_id_from_its_surroundings_where_docker_puts_it(tmp_path: Path) -> None:
    assert docker_env_file(written("meta-feedback-sample", "", tmp_path))["CUSTOMER_SERVICE_APP_ID"] == NEW
    preset = load_presets().by_name["meta-feedback-sample"]
    assert "config/config.js" in preset.text  # it wins there over the surroundings


def test_a_bottender_bot_gets_the_app_id_through_nodes_dotenv(node: Node, tmp_path: Path) -> None:
    assert node.dotenv(written("bottender", "", tmp_path))["HANDOVER_TARGET_APP_ID"] == NEW


def test_a_rasa_channel_gets_the_app_id_as_a_text(tmp_path: Path) -> None:
    credentials = yaml.safe_load(written("rasa", "facebook.handover-app-id", tmp_path))
    assert credentials["facebook"] == {
        "verify": "rasa-bot",
        "secret": "x",
        "page-access-token": "y",
        "handover-app-id": NEW,
    }


def test_a_bot_framework_bot_gets_the_app_id_as_a_text(tmp_path: Path) -> None:
    """.NET leaves comments out, and so does this."""
    text = re.sub(r"(?m)^\s*//.*$|/\*.*?\*/", "", written("bot-framework", "Handover.TargetAppId", tmp_path))
    assert json.loads(text)["Handover"] == {"TargetAppId": NEW}
