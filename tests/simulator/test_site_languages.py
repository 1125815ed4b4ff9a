"""The pretend sites speak the language of whoever practises; programs that read them get English."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import compile_words
import pytest
import words
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import write_po

from tests.pseudo_languages import long
from tests.simulator.world import ROOT, request
from wizard.actions.practice import join_practice, speak_in_practice
from wizard.core import resource as resource_module
from wizard.core.world import World
from wizard.simulator.web import PracticeServer
from wizard.simulator.world.world import SimulatedWorld

pytestmark = pytest.mark.slow  # reads the whole source

PERSON = {"Accept-Language": "de-AT,de;q=0.8"}
_HIDDEN = re.compile(r"<(style|script)>.*?</\1>", re.DOTALL)
_LABEL = re.compile(r"[\w’' ]+ \(⟦[^⟦⟧]*⟧\)")  # Facebook's English, with a translation
_OWN = re.compile(r"⟦[^⟦⟧]*⟧")
_FACEBOOKS = '[[word]]\nenglish = "Default routing app"\n[word.said]\nde = "Standard-App"\n'


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """A world whose sites speak a language in which every sentence stands between brackets: its start object."""
    place = tmp_path_factory.mktemp("resources")
    german = Catalog(locale="de", fuzzy=False)
    for message in words.collect(ROOT):
        if message.id and isinstance(message.id, str):
            german.add(message.id, long(message.id), locations=message.locations, context=message.context)
    shutil.copytree(ROOT / "resources" / "practice", place / "practice")
    (place / "facebook_words.toml").write_text(_FACEBOOKS, encoding="utf-8")
    (place / "locale").mkdir()
    with (place / "locale" / "de.po").open("wb") as file:
        write_po(file, german)
    compile_words.compile_words(place / "locale")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(resource_module, "_ROOTS", (place, *resource_module._ROOTS))
        server = PracticeServer(SimulatedWorld("new-page"), 0, language="de")
        yield server.start()
        server.stop()


def addresses(start: dict[str, Any]) -> list[str]:
    facebook, business, developers = (start[f"{name}_url"] for name in ("facebook", "business", "developers"))
    app = start["apps"]["primary"]["id"]
    return [
        f"{facebook}/settings?tab=msgr_conversation_routing",
        f"{facebook}/settings?tab=msgr_conversation_routing&notice=needs_default",
        f"{facebook}/settings?tab=advanced_messaging&notice=saved",
        f"{facebook}/device?notice=unknown",
        f"{business}/latest/settings/conversation_routing",
        f"{business}/latest/inbox",
        f"{business}/latest/business_ai/instructions",
        f"{business}/settings?notice=missing",
        f"{developers}/tools/explorer",
        f"{developers}/apps/?notice=created",
        f"{developers}/apps/creation/",
        f"{developers}/apps/{app}/?page={start['page']['id']}",
        f"{start['platform_url']}/?notice=saved",
        f"{start['livechat_url']}/?notice=Sent.",
        f"{start['messenger_url']}/{start['page']['id']}",
        f"{start['messenger_url']}/1",
    ]


def texts(html: str) -> str:
    return re.sub(r"<[^>]*>", "\n", _HIDDEN.sub("", html))


def test_a_person_reads_every_site_in_the_language_of_the_world(start: dict[str, Any]) -> None:
    names = {start["page"]["name"], *(app["name"] for app in start["apps"].values())}
    for address in addresses(start):
        html = request("GET", address, headers=PERSON).text
        assert '<html lang="de">' in html
        left = _OWN.sub("", _LABEL.sub("", texts(html)))
        for name in sorted(names, key=len, reverse=True):
            left = left.replace(name, "")
        assert "⟦" in html
        assert re.findall(r"[A-Z][a-z]+ [a-z]+ [a-z]+|[a-z]+ [a-z]+ [a-z]+", left) == [], address


def test_facebooks_own_word_stands_there_where_it_is_known(start: dict[str, Any]) -> None:
    routing = addresses(start)[0]
    html = request("GET", routing, headers=PERSON).text
    assert ">Standard-App</label>" in html
    assert ">Social routing (⟦" in html


def test_a_program_reads_english(start: dict[str, Any]) -> None:
    for address in addresses(start):
        assert "⟦" not in request("GET", address).text


def test_a_language_that_there_is_not_is_english() -> None:
    server = PracticeServer(SimulatedWorld("new-page"), 0, language="../de")
    try:
        page = server.start()["platform_url"]
        assert '<html lang="en">' in request("GET", f"{page}/", headers=PERSON).text
    finally:
        server.stop()


def test_the_language_may_change_while_the_world_runs(start: dict[str, Any]) -> None:
    world = join_practice(start["control_url"]).world
    page = f"{start['platform_url']}/"
    speak_in_practice(world, "en")
    assert "⟦" not in request("GET", page, headers=PERSON).text
    speak_in_practice(world, "de")
    assert "⟦" in request("GET", page, headers=PERSON).text
    speak_in_practice(World(), "en")  # in life there is nobody to tell


def test_no_label_says_its_english_twice(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "resources" / "practice", tmp_path / "practice")
    shutil.copy(ROOT / "resources" / "facebook_words.toml", tmp_path)
    (tmp_path / "locale").mkdir()
    for file in (ROOT / "resources" / "locale").glob("*.po"):
        shutil.copy(file, tmp_path / "locale")
    compile_words.compile_words(tmp_path / "locale")
    for file in (tmp_path / "practice" / "words").glob("*.mo"):
        with file.open("rb") as opened:
            labels = [message for message in read_mo(opened) if "label" in str(message.context)]  # bytes, in Babel
        assert labels
        for label in labels:
            assert str(label.string).count(str(label.id)) <= 1, f"{file.name}: {label.string!r}"
