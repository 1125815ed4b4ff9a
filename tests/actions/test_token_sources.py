"""One port answers where a token comes from; a token is cleaned alike, and never shows in what is said of it."""

import io

import pytest

from wizard.actions.token_sources import (
    AskedToken,
    EnvironmentToken,
    InputToken,
    PastedToken,
    ProofShapeError,
    TokenShapeError,
    TokenSource,
    check_shape,
    environment_proof,
    pasted_proof,
    pasted_token,
)
from wizard.core.secret import Secret
from wizard.core.token_shape import TokenShape

TOKEN = "EAA" + "b" * 60
AS_COPIED = f'  "Bearer {TOKEN}"\n'
PROOF = "0a" * 32


@pytest.mark.parametrize("kind", ["pasted", "asked", "environment", "input"])
def test_a_token_is_cleaned_wherever_it_comes_from(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_TOKEN", AS_COPIED)
    proof = Secret(PROOF)
    sources: dict[str, TokenSource] = {
        "pasted": PastedToken(Secret(AS_COPIED), proof),
        "asked": AskedToken(lambda: AS_COPIED, proof),
        "environment": EnvironmentToken("SOME_TOKEN", proof),
        "input": InputToken(io.StringIO(f"{AS_COPIED}what follows\n"), proof),
    }
    given = sources[kind].fetch()
    assert (given.secret.reveal(), given.proof) == (TOKEN, proof)
    assert check_shape(given) is given
    assert TOKEN not in repr(given) + repr(sources[kind])


def test_a_variable_that_is_not_there_and_an_input_that_ended_give_an_empty_token() -> None:
    for source in (EnvironmentToken("NO_SUCH_VARIABLE"), InputToken(io.StringIO())):
        with pytest.raises(TokenShapeError) as raised:
            check_shape(source.fetch())
        assert raised.value.problem is TokenShape.EMPTY


def test_what_is_surely_no_token_is_refused_without_being_repeated() -> None:
    secret = "123456789|" + "s3cret" * 6
    with pytest.raises(TokenShapeError) as raised:
        pasted_token(secret)
    assert raised.value.problem is TokenShape.IS_APP_TOKEN
    assert "s3cret" not in repr(raised.value) + str(raised.value)


def test_a_proof_is_64_hex_digits_or_is_left_out() -> None:
    assert pasted_proof("  ") is None
    assert pasted_proof(f" {PROOF.upper()}\n") == Secret(PROOF)
    for wrong in (PROOF[1:], f"{PROOF}0", "g" * 64):
        with pytest.raises(ProofShapeError):
            pasted_proof(wrong)


def test_the_proof_comes_from_the_variable_that_was_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_PROOF", PROOF)
    assert environment_proof("SOME_PROOF") == Secret(PROOF)
    assert environment_proof("") is None
    assert environment_proof("NO_SUCH_VARIABLE") is None
