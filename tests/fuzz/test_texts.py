"""Whatever is pasted or typed: no exception, nothing secret comes out, and a long text costs what its length costs."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.test_redact import AROUND, SECRETS
from wizard.actions.explain import explain_file, explain_pasted
from wizard.core.app_id import check_app_id, clean_app_id
from wizard.core.cancel import CancelToken
from wizard.core.explain.redact import redact
from wizard.core.redact import printable, redact_tokens, visible
from wizard.core.target import TargetChoice, TargetError
from wizard.core.token_shape import clean, has_token, shape_problem
from wizard.core.world import World
from wizard.targets.choose import api_of, chosen_preset
from wizard.targets.presets import load_presets
from wizard.web.address import is_host, is_loopback, is_private, is_safe
from wizard.words.explained_log import ExplainedLog, extent, problem_said

WORDS = st.sampled_from(
    (
        *(
            "(#10)",
            "(#190)",
            "code",
            "error_subcode",
            ":",
            "{",
            "}",
            '"',
            "'",
            "\\",
            "[",
            "]",
            "error",
            "OAuthException",
        ),
        *("2018300", "190", "2026-11-29T10:00:00Z", "10:00:00", "INFO", "\n", "\r\n", " ", "\t", "=", "access_token"),
        *("Token", "abgelaufen", "エラー", "خطأ", "fbtrace_id", "<br>", "&quot;", "%22", "\\u0022", "\x1b[31m", "\0"),
        *("(#10) Message failed to send because another app is controlling this thread now.", "thread", "\ud800"),
    )
)
PASTED = st.one_of(
    st.text(max_size=300), st.lists(WORDS, max_size=40).map("".join), st.lists(WORDS, max_size=40).map(" ".join)
)
SECRET = st.sampled_from(sorted(SECRETS.values()))
PLACES = st.sampled_from(sorted(AROUND.values()))
PRESETS = load_presets()


def pieces(secret: str) -> list[str]:
    body = secret.rpartition("|")[2]
    return [body[at : at + 16] for at in range(len(body) - 16)]


def said(log: ExplainedLog) -> str:
    return repr(log) + extent(log) + "".join(problem_said(log) if log.problem else ())


@given(PASTED)
def test_any_text_is_explained(text: str) -> None:
    found = explain_pasted(text)
    assert all(one.title for one in found.found)
    assert said(found)


@given(PASTED, SECRET, PLACES, PASTED)
def test_nothing_secret_comes_out_of_what_is_explained(before: str, secret: str, around: str, after: str) -> None:
    shown = said(explain_pasted(before + " " + around.replace("{}", secret) + " " + after))
    assert not [piece for piece in pieces(secret) if piece in shown]


@given(PASTED, SECRET, PLACES, PASTED)
def test_nothing_secret_comes_out_of_any_redactor(before: str, secret: str, around: str, after: str) -> None:
    text = before + " " + around.replace("{}", secret) + " " + after
    for clean_text in (redact, redact_tokens, printable):
        blanked = clean_text(text)
        assert not [piece for piece in pieces(secret) if piece in blanked], clean_text.__name__
    assert redact_tokens(redact_tokens(text)) == redact_tokens(text)


@given(st.binary(max_size=400) | PASTED.map(lambda text: text.encode(errors="surrogatepass")))
def test_any_file_is_explained_or_called_what_it_is(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.log"
    path.write_bytes(content)
    assert said(explain_file(path, CancelToken(), lambda part: None))


@given(PASTED | st.text(alphabet="0123456789 -–.#()'\"ID:\u200f٣", max_size=60))
def test_any_app_id_is_one_or_has_a_problem(text: str) -> None:
    problem = check_app_id(text, page_id="107836259148302", bot_id="914602738451926", known=())
    cleaned = clean_app_id(text)
    assert clean_app_id(cleaned) == cleaned
    assert problem is not None or (cleaned.isascii() and cleaned.isdecimal())


ADDRESS = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["https://", "http://", "HTTPS:\\\\", "//", "https:", "file://", ""]),
        st.sampled_from(["", "user@", "user:pass@", "@", "[", "a@b@"]),
        st.one_of(
            st.text(max_size=12),
            st.ip_addresses().map(str),
            st.ip_addresses(v=6).map(lambda number: f"[{number}]"),
            st.sampled_from(
                ["127.1", "0x7f000001", "localhost", "bot.example", "例え.jp", "a..b", "[::ffff:10.0.0.1]", "[v1.x]"]
            ),
        ),
        st.sampled_from(["", ":443", ":0", ":99999", ":x", "]", ":"]),
        st.one_of(
            st.text(max_size=12), st.sampled_from(["/a?k=sk_live_9aF3kQ7mZ2xV8bN4", "/#x", "/a%2e%2e", "?", "/\n"])
        ),
    ),
)


@given(ADDRESS | PASTED)
def test_any_address_is_judged(text: str) -> None:
    assert {type(judge(text)) for judge in (is_host, is_loopback, is_private, is_safe)} == {bool}
    choice = TargetChoice("http", key="/id", url=text)
    try:
        api = api_of(choice, chosen_preset(choice, PRESETS), World())
    except TargetError:  # refused, with a reason
        return
    else:
        assert api.where.startswith(("https://", "http://"))


@given(
    ADDRESS
    | PASTED
    | st.builds(
        str.format, PLACES.map(lambda around: around.replace("{}", "{0}") if around.count("{") == 1 else "{0}"), SECRET
    )
)
def test_any_token_is_one_or_has_a_problem(text: str) -> None:
    cleaned = clean(text)
    shape_problem(cleaned)
    has_token(text)
    assert clean(cleaned) == cleaned


# Long texts. Twice the length may cost a little more than twice the time, but not four times.

LONG = (
    *(
        "(#10) ",
        "code: 10, ",
        '{"error":{"code":190}}\n',
        "[",
        '"',
        "\\",
        "a",
        " ",
        "\n",
        "%",
        "x@",
        "://",
        "'\"",
        "{}",
    ),
    *("2026-11-29T10:00:00Z (#190)\n", "EAA ", "EAAx1yz2 ", ":", "=", "é", "エ"),
)
# A text of 256 kB takes a second or two: `make fuzz` has the time.
SIZES = (64, 256) if settings().max_examples >= 1000 else (8, 32)  # kB
_SOONEST = min(0.01, SIZES[0] / 1600)  # seconds: in less, nothing can be told from chance
READERS: dict[str, Callable[[str], object]] = {
    "explained": explain_pasted,
    "redacted": redact,
    "printable": printable,
    "visible": visible,
    "a token": lambda text: (clean(text), shape_problem(text), has_token(text)),
    "an App ID": lambda text: check_app_id(text, page_id="1", bot_id="2", known=()),
    "an address": lambda text: (is_safe(text), is_private(f"https://{text}"), is_host(text)),
}


def quickest(reader: Callable[[str], object], text: str, enough: float = 0.0) -> float:
    """Return CPU seconds: the least of three, or of those up to one that is less than enough, or that takes long."""
    took = []
    for _again in range(3):
        start = time.process_time()
        reader(text)
        took.append(time.process_time() - start)
        if took[-1] < enough or took[-1] > 0.5:
            break
    return min(took)


@pytest.mark.hypothesis  # `make fuzz` runs what has this mark
@pytest.mark.slow
@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_a_long_text_costs_no_more_than_its_length(reader: Callable[[str], object]) -> None:
    for text in LONG:
        short, long = (text * (size * 1024 // len(text)) for size in SIZES)
        most = 8 * max(quickest(reader, short), _SOONEST)
        took = quickest(reader, long, most)
        assert took < most, (text, took, most)


@given(st.tuples(PASTED, st.lists(WORDS, min_size=1, max_size=5).map("".join), PASTED))
@settings(max_examples=max(1, settings().max_examples // 20))
def test_a_text_of_repeated_words_costs_no_more_than_its_length(parts: tuple[str, str, str]) -> None:
    before, text, after = parts
    short, long = (before + text * (size * 1024 // len(text)) + after for size in (4, 32))
    most = 24 * max(quickest(explain_pasted, short), 0.02)
    took = quickest(explain_pasted, long, most)
    assert took < most, (parts, took, most)
