"""Secrets are found in every text that leaves the program, whatever stands around them; words are left alone."""

import base64
import hashlib
import html
import json
import time
from collections.abc import Callable
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.core.explain.redact import redact
from wizard.core.redact import HIDDEN, printable, redact_tokens

TOKEN = "EAABsbCS1iHgBO" + "x9Zk4Qw7" * 18
INSTAGRAM = "IGAA" + "Wm9x1Lk_2-" * 14
OLD_INSTAGRAM = "IGQVJ" + "Wm9x1Lk_2-" * 14
APP_TOKEN = "914602738451926|a1B2c3D4e5F6g7H8i9J0k1L2m3N"
APP_SECRET = "0f9e8d7c6b5a49382716f5e4d3c2b1a0"
PROOF = APP_SECRET + "9a8b7c6d5e4f30211203f4e5d6c7b8a9"
SECRETS = {
    "token": TOKEN,
    "instagram": INSTAGRAM,
    "old instagram": OLD_INSTAGRAM,
    "token of an app": APP_TOKEN,
    "app secret": APP_SECRET,
    "proof": PROOF,
}
AROUND = {
    "alone": "{}",
    "spaces": "token {} given",
    "quotes": '"{}"',
    "address": "https://graph.facebook.com/v26.0/me?access_token={}&limit=5",
    "fragment": "https://www.facebook.com/connect/login_success.html#access_token={}&expires_in=0",
    "address in an address": "next=https%3A%2F%2Fgraph.facebook.com%2Fme%3Faccess_token%3D{}%26limit%3D5",
    "address in an address in an address": "next=a%253Faccess_token%253D{}%2526limit",
    "quoted quote": "%22{}%22",
    "line ends as text": "first\\n{}\\nlast",
    "tabs as text": "first\\t{}\\tlast",
    "line ends twice as text": "first\\\\n{}\\\\n",
    "quotes as text": "\\u0022{}\\u0022",
    "quotes as bytes": "\\x22{}\\x22",
    "quotes as entities": "&quot;{}&quot; &#34;{}&#34;",
    "JSON in JSON": json.dumps(json.dumps({"access_token": "{}"})),
    "colours": "\x1b[01;31m\x1b[K{}\x1b[m\x1b[K",
    "colours as text": "\\u001b[31m{}\\u001b[0m",
    "one colour byte": "\x9b31m{}\x9b0m",
    "Chinese": "令牌{}无效",
    "Japanese": "トークン{}です",
    "Cyrillic": "токен{}неверный",
    "Greek": "κλειδί{}λάθος",
    "Arabic": "رمز{}خطأ",
    "behind an underscore": "my_{}",
    "behind a word": "bot{}",
    "behind a dash": "bot-{}.json",
    "behind a dot": "bot.{}",
    "behind a digit": "no1:{}",
    "in a path": "/home/me/{}/file",
    "in a tag": "<b>{}</b>",
    "in brackets": "[{}](https://example.com)",
    "behind an at": "@{}@",
    "behind a joiner": "\u200d{}\u200c",
    "behind a mark": "\ufeff{}\u2069",
    "with a zero byte": "\0{}\0",
    "between bars": "|{}|",
    "mail": "=3D{}=\n",
    "half a colour": "\x1b[{}\x9b",
    "half a colour byte": "\x9b{}\x1b[",
    "another beginning": "EAA{}",
    "another beginning, quoted": "IGQ\u200b{}",
}


@pytest.mark.parametrize("around", AROUND.values(), ids=AROUND.keys())
@pytest.mark.parametrize("secret", SECRETS.values(), ids=SECRETS.keys())
@pytest.mark.parametrize("clean", [redact_tokens, printable, redact], ids=lambda clean: clean.__name__)
def test_a_secret_is_hidden_whatever_stands_around_it(clean: Callable[[str], str], secret: str, around: str) -> None:
    blanked = clean(around.replace("{}", secret))
    assert HIDDEN in blanked
    pieces = [secret[at : at + 12] for at in range(len(secret) - 12)]
    assert not [piece for piece in pieces if piece in blanked]


@pytest.mark.parametrize("before", ["", "%22", "%253D", "%25252526", "\\n", "\\\\t", "\\u0022", "\\x22", "令牌"])
def test_a_token_in_small_letters_is_hidden_behind_what_ends_a_word(before: str) -> None:
    assert redact_tokens(f"refused: {before}{TOKEN.lower()}") in (f"refused: {before}{HIDDEN}", f"refused: {HIDDEN}")


@given(st.sampled_from(sorted(SECRETS.values())), st.text(max_size=8), st.text(max_size=8))
def test_a_secret_is_hidden_between_any_letters(secret: str, before: str, after: str) -> None:
    body = secret.rpartition("|")[2]
    for clean in (redact_tokens, redact):
        blanked = clean(before + secret + after)
        assert not [at for at in range(len(body) - 16) if body[at : at + 16] in blanked]


def as_utf16(text: str) -> str:
    return text.encode("utf-16-le").decode("latin-1")


ENCODED = {
    "percent": "".join(f"%{ord(one):02X}" for one in TOKEN),
    "percent of the first": f"%45{TOKEN[1:]}",
    "percent, small, twice": "".join(f"%25{ord(one):02x}" for one in TOKEN),
    "JSON": "".join(f"\\u{ord(one):04x}" for one in TOKEN),
    "JSON of the third": f"EA\\u0041{TOKEN[3:]}",
    "bytes": "".join(f"\\x{ord(one):02x}" for one in TOKEN),
    "entities": "".join(f"&#{ord(one)};" for one in TOKEN),
    "entities, hex": "".join(f"&#x{ord(one):X};" for one in TOKEN),
    "zero-width spaces": "\u200b".join(TOKEN),
    "soft hyphens": TOKEN[:30] + "\u00ad" + TOKEN[30:],
    "UTF-16": as_utf16(TOKEN),
    "a coloured beginning": f"\x1b[01;31m\x1b[KEAA\x1b[m\x1b[K{TOKEN[3:]}",
    "a bar as an escape": APP_TOKEN.replace("|", "%7C"),
    "a bar as JSON": APP_TOKEN.replace("|", "\\u007c"),
    "a bar as an entity": APP_TOKEN.replace("|", "&#124;"),
}


@pytest.mark.parametrize("encoded", ENCODED.values(), ids=ENCODED.keys())
def test_a_secret_written_as_escapes_is_hidden(encoded: str) -> None:
    for text in (encoded, f"before {encoded} after", f"令牌{encoded}无效"):
        blanked = redact_tokens(text)
        assert HIDDEN in blanked
        assert len(blanked) < 40


SPLIT = {
    "lines": "{}\n{}",
    "lines with a margin": "{}\r\n    {}",
    "quoted mail": "> {}\n> {}",
    "a mail's soft line end": "{}=\n{}",
    "backslashes": "{}\\\n{}",
    "texts put together": '"{}" +\n  "{}"',
    "texts side by side": '"{}" "{}"',
    "texts with dots": "'{}' . '{}'",
    "spaces": "{} {}",
    "a tag": "{}<wbr>{}",
    "line ends as text": "{}\\n{}",
}


@pytest.mark.parametrize("between", SPLIT.values(), ids=SPLIT.keys())
@pytest.mark.parametrize("every", [8, 12, 20, 38, 64])
def test_a_pasted_token_in_pieces_is_hidden(between: str, every: int) -> None:
    pieces = [TOKEN[at : at + every] for at in range(0, len(TOKEN), every)]
    before, middle, after = between.split("{}")
    blanked = redact(f"Error {before}{middle.join(pieces)}{after} was refused")
    assert not [piece for piece in pieces if len(piece) > 6 and piece in blanked]
    assert "was refused" in blanked


@pytest.mark.parametrize(
    "text",
    [
        "(#100) Object with ID '107836259148302' does not exist",
        "Oceaanblauwegordijnen BV",
        "select * from bigquery_export_of_pages",
        "OCEAANONDERZOEKSCENTRUM",
        "access_token: Session has expired on Sunday",
        "https://github.com/example/commit/0f9e8d7c6b5a49382716f5e4",
        "Trace ID: Avs8o4VvHNJZo04PY2ZGdAp",
        "20%45 off",
    ],
)
def test_what_is_no_secret_stays_readable(text: str) -> None:
    assert redact_tokens(text) == text


@pytest.mark.parametrize("secret", SECRETS.values(), ids=SECRETS.keys())
def test_hiding_twice_changes_nothing(secret: str) -> None:
    for around in AROUND.values():
        once = redact_tokens(around.replace("{}", secret))
        assert redact_tokens(once) == once


def test_a_named_secret_is_hidden_whatever_it_looks_like() -> None:
    for name in ("access_token", "input_token", "client_secret", "appsecret_proof"):
        for text in (f"{name}=opaque.one&x=1", f'"{name}": "opaque.one"', quote(f"?{name}=opaque.one&x=1")):
            blanked = redact_tokens(text)
            assert "opaque" not in blanked
            assert name in blanked
    assert redact_tokens(html.escape('{"access_token":"opaque.one"}')).count("opaque") == 0


def test_what_turns_or_ends_a_line_is_a_space() -> None:
    assert printable("one\ntwo\x1b]0;title\x07 \u202ethree\x9b") == "one two ]0;title   three "


@pytest.mark.slow
@pytest.mark.parametrize(
    "text", ["eaa", "EAA ", "%45", "\\u0045", "1|", "\x1b[", "access_token=", "a=\n", "EAAx1yz2\n"]
)
def test_a_long_text_takes_no_longer_than_its_length(text: str) -> None:
    def seconds(length: int) -> float:
        long = text * (length // len(text))
        start = time.process_time()
        redact(long)
        return time.process_time() - start

    most = 24 * max(min(seconds(50_000) for _ in range(3)), 0.01)
    assert any(seconds(400_000) < most for _ in range(2))


# No piece of it comes twice.
ONCE = "EAABsbCS1iHgBO" + base64.urlsafe_b64encode(hashlib.shake_256(b"a token").digest(120)).decode()


@pytest.mark.parametrize("mask", ["...", "\u2026", "*****", " [masked] ", "\n"])
@pytest.mark.parametrize("at", [20, 60, 110, len(ONCE) - 20])
def test_of_a_token_that_facebook_masks_in_the_middle_not_the_whole_stays(mask: str, at: int) -> None:
    """Its end may stay, which opens nothing."""
    for clean in (redact_tokens, printable, redact):
        left = clean(f"Malformed access token {ONCE[:at]}{mask}{ONCE[at:]}")
        assert HIDDEN in left
        assert [part for part in range(at - 10) if ONCE[part : part + 10] in left] == []
