import copy
import json
import logging
import pickle
from dataclasses import dataclass

import msgspec
import pytest

from wizard.core.secret import Secret

TEXT = "EAAsecretEAA"


@dataclass(frozen=True)
class Holder:
    token: Secret


@pytest.mark.parametrize(
    "shown",
    [
        repr(Secret(TEXT)),
        str(Secret(TEXT)),
        f"{Secret(TEXT)}",
        f"{Secret(TEXT)!s:>40}",
        format(Secret(TEXT), ">40"),
        repr(Holder(Secret(TEXT))),
        repr([Secret(TEXT)]),
    ],
)
def test_a_secret_is_not_seen_in_any_text_made_of_it(shown: str) -> None:
    assert TEXT not in shown
    assert "hidden" in shown


def test_a_secret_is_not_seen_in_a_log(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("wizard").warning("token %s %r", Secret(TEXT), Holder(Secret(TEXT)))
    assert TEXT not in caplog.text
    assert "hidden" in caplog.text


def test_a_secret_is_given_to_the_one_who_asks() -> None:
    assert Secret(TEXT).reveal() == TEXT


@pytest.mark.parametrize(
    "save", [pickle.dumps, json.dumps, msgspec.json.encode, msgspec.to_builtins, Secret.__getstate__]
)
def test_a_secret_cannot_be_saved(save: object) -> None:
    assert callable(save)
    with pytest.raises(TypeError) as raised:
        save(Secret(TEXT))
    assert TEXT not in str(raised.value)


def test_a_value_that_holds_a_secret_cannot_be_saved() -> None:
    with pytest.raises(TypeError):
        msgspec.json.encode(Holder(Secret(TEXT)))


def test_secrets_compare_by_their_text() -> None:
    assert Secret(TEXT) == Secret(TEXT)
    assert Secret(TEXT) != Secret(TEXT + "x")
    assert Secret("é\udc80") == Secret("é\udc80")
    assert Secret(TEXT) != TEXT
    assert {Secret(TEXT)} == {Secret(TEXT)}


def test_a_copy_is_the_same_secret() -> None:
    secret = Secret(TEXT)
    assert copy.copy(secret) is secret
    assert copy.deepcopy(Holder(secret)).token is secret


def test_an_empty_secret_is_false() -> None:
    assert not Secret("")
    assert Secret(TEXT)
