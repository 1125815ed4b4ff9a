"""From practice into the real window go the names of products, and nothing else."""

from dataclasses import replace
from pathlib import Path

import pytest

from wizard.actions.window_requests import WindowRequests, ask_open_window, go_for_real, with_products
from wizard.core.answers import Answers
from wizard.core.facts import App
from wizard.core.products import Product
from wizard.store.places import LIFE, Places

PRACTISED = Answers(
    started=True,
    token_name="page-1",
    page_id="1789",
    page_name="Lumen Coffee",
    bot=App("102938475610283", "Flow bot"),
    bot_product=Product("flow-ai", "Flow.ai"),
    live_chat_product=Product("page-inbox", "Page Inbox"),
)


def test_products_are_carried_and_no_token_page_or_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wizard.actions.window_requests._PATIENCE", 0.0)
    assert not go_for_real(PRACTISED)
    requests = WindowRequests(Places(LIFE).state)
    posted = "".join(path.read_text() for path in requests.folder.iterdir())
    for secret in ("page-1", "1789", "Lumen", "1029"):
        assert secret not in posted
    (request,) = requests.take()
    found = with_products(Answers(), request.products)
    assert found == Answers(bot_product=PRACTISED.bot_product, live_chat_product=PRACTISED.live_chat_product)


def test_what_was_named_for_real_stays() -> None:
    real = replace(Answers(), bot_product=Product("chatfuel", "Chatfuel"))
    assert with_products(real, {"live_chat_product": {"id": "page-inbox", "name": "Page Inbox"}}) == real


@pytest.mark.parametrize("products", [None, {}, {"bot_product": 5}, {"bot_product": {"name": 1}}, {"token_name": "x"}])
def test_what_cannot_be_read_is_asked_again(products: dict[str, object] | None) -> None:
    assert with_products(Answers(), products) == Answers()


def test_where_no_window_answers_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wizard.actions.window_requests._PATIENCE", 0.05)
    assert not ask_open_window(tmp_path, [tmp_path / "a.log"])
    assert not list(WindowRequests(tmp_path).take())
