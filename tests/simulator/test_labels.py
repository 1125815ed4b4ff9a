"""What the instructions quote as Facebook's words stands on the pretend page of that place, so that practice teaches
the real thing."""

from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

import pytest

from tests.simulator.world import PracticeWorld, request
from wizard.core.pictures import labels_of
from wizard.core.resource import load_toml
from wizard.targets.presets import load_presets
from wizard.words.guides import PERMISSIONS

_WAYS = [
    pytest.param(setting["id"], path, id=f"{setting['id']}-{path['generation']}")
    for setting in load_toml("ui_paths.toml")["setting"]
    for path in setting["path"]
    if path["link"]
]


class Shown(HTMLParser):
    """What a page shows: its texts, each as it stands in one element, and where it leads."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.links: list[str] = []
        self._is_hidden = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_hidden = tag in ("style", "script")
        self.links += [value for name, value in attrs if tag == "a" and name == "href" and value]

    def handle_endtag(self, tag: str) -> None:
        self._is_hidden = False

    def handle_data(self, data: str) -> None:
        if not self._is_hidden:
            self.texts += [part for part in (" ".join(piece.split()) for piece in data.split("\u203a")) if part]


def shown_from(address: str, root: str) -> list[str]:
    """Return the texts of a page, and of those of the same site that it leads to, in two steps at most."""
    texts: list[str] = []
    seen: set[str] = set()
    level = {address}
    for _step in range(3):
        found: set[str] = set()
        for each in sorted(level - seen):
            reply = request("GET", each)
            assert reply.status == 200, each
            shown = Shown(reply.text)
            texts += shown.texts
            found |= {urljoin(each, link).partition("#")[0] for link in shown.links}
        seen |= level
        level = {each for each in found if each.startswith(root)}
    return texts


def wanted(steps: list[str], pictures: list[str], names: dict[str, str]) -> list[str]:
    labels = [label for entry, step in zip(pictures, steps, strict=True) for label in labels_of(entry, step)]
    return [text for label in labels for text in (PERMISSIONS if label == "{permissions}" else [label.format(**names)])]


@pytest.mark.parametrize(("setting", "path"), _WAYS)
def test_every_label_of_a_way_is_on_the_pretend_page_that_it_opens(
    practice: PracticeWorld, setting: str, path: dict[str, Any]
) -> None:
    if path["generation"] == "legacy":
        practice.scenario("happy-legacy")
    if setting == "old_primary":
        receivers = f"{practice.start['facebook_url']}/settings/receivers"
        request("POST", receivers, form={"primary_receiver": practice.app("third")})
    sites = {name: str(practice.start[f"{name}_url"]) for name in ("facebook", "business", "developers")}
    address = str(path["link"]).format(**sites)
    root = next(site for site in sites.values() if address.startswith(site))
    texts = shown_from(address, root)
    apps = practice.start["apps"]
    names = {
        "page": practice.start["page"]["name"],
        "bot": apps["primary"]["name"],
        "live_chat": apps["secondary"]["name"],
    }
    for label in wanted(path["steps"], path["pictures"], names):
        is_there = label in names.values() or label in PERMISSIONS
        assert any(label == text or (is_there and label in text) for text in texts), label


def test_every_label_of_the_bots_platform_is_on_its_pretend_page(practice: PracticeWorld) -> None:
    preset = load_presets().by_name["flow-ai"]
    address = f"{practice.start['platform_url']}/"
    texts = shown_from(address, address)
    for label in wanted(list(preset.english_steps), list(preset.drawn), {}):
        assert label in texts, label


def test_a_token_stands_where_it_is_seen_at_once(practice: PracticeWorld) -> None:
    explorer = f"{practice.start['developers_url']}/tools/explorer"
    html = request("GET", f"{explorer}?app={practice.app('primary')}&kind=page&page={practice.page_id}").text
    assert html.index('id="token"') < html.index('id="token_form"')
    assert "autofocus" in html


def test_where_a_token_expired_the_first_one_has_and_the_next_is_good(practice: PracticeWorld) -> None:
    practice.scenario("token-expired")
    explorer = f"{practice.start['developers_url']}/tools/explorer"
    choice = f"{explorer}?app={practice.app('primary')}&kind=page&page={practice.page_id}"
    for _look in range(2):  # nobody has tried it yet
        assert practice.token("expired") in request("GET", choice).text
    assert practice.graph("GET", "me", token=practice.token("expired")).status == 400
    assert practice.token("page") in request("GET", choice).text


def test_a_system_user_gets_a_token_only_with_all_permissions(practice: PracticeWorld) -> None:
    settings = f"{practice.start['business_url']}/settings"
    few = request("POST", f"{settings}/token", form={"scope": PERMISSIONS[0]})
    assert few.status == 303
    assert practice.token("system_user") not in request("GET", urljoin(settings, few.headers["location"])).text
    form = [("scope", scope) for scope in PERMISSIONS]
    allowed = request("POST", f"{settings}/token", form=form)
    assert practice.token("system_user") in request("GET", urljoin(settings, allowed.headers["location"])).text


def test_an_app_of_the_persons_own_shows_its_id_and_makes_a_token(practice: PracticeWorld) -> None:
    apps = f"{practice.start['developers_url']}/apps/"
    page = request("GET", f"{apps}{practice.app('primary')}/")
    assert f'value="{practice.app("primary")}" readonly' in page.text
    assert practice.token("page") in request("GET", f"{apps}{practice.app('primary')}/?page={practice.page_id}").text
    assert request("GET", f"{apps}{practice.app('page_inbox')}/").status == 404
