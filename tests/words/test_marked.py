"""Every sentence that a person reads goes through the translators: none stands in the source, or in a data file, that
they do not see."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import babel_toml
import pytest
import words
from babel.messages.catalog import Catalog

from tests.simulator.world import ROOT

pytestmark = pytest.mark.slow  # reads the whole source

MARKS = {"_", "mark", "ngettext", "pgettext"}
PARTS = ("ui", "terminal", "words", "commands", "checks", "report", "actions", "catalogues")
FILES = ("wizard/app.py", "wizard/cli.py", "wizard/starting.py", "wizard/web/certificates.py")
_WORDS = re.compile(r"[A-Za-z’']{2,} [A-Za-z’']{2,}")
# What puts a text on the screen: then a single word is one too many.
SHOWN_BY = {
    *("set_text", "setText", "setAccessibleName", "setAccessibleDescription", "setToolTip", "setPlaceholderText"),
    *("setWindowTitle", "set_title", "show_message", "addTab", "announce", "heading", "problem", "warning", "echo"),
    *("Button", "Text", "Disclosure", "Field", "CheckItem", "CardOption", "BadParameter", "UsageError", "FailureText"),
}
# Looked through on 2026-11-29. What a verdict keeps in English, and `words/evidence.py` says in the person's language;
# commands to type; patterns, style sheets and other languages of machines; what only a log or a programmer sees.
NO_SENTENCES = re.compile(
    r"(?:GET|POST) .*|handover-wizard .*|codesign .*|.*[<>\\|].*|.*\{ .*|\}\n@media .*|[a-z-]+: \d+px .*"
    r"|\[FILE or NAME\]|Messenger Handover Wizard ?|App ID"
    r"|asked for | lies elsewhere|not on this machine|the role is too small|no reason told|access_token left out: "
    r"|works for |certificates are not checked|Unterminated string|unexpected end of data|end of document"
    r"|roles are spoken|no code is shown yet|not needed|qt words",
    re.DOTALL,
)
# Names, and what the program compares with what people write; `source` tells where something is from, as a citation.
UNREAD = {*("source", "asked", "words", "match", "without_meaning", "code", "what", "product")}
# What others wrote: Facebook's words in many languages, licences, and the tests of the practice world.
OTHERS = {"error_wordings.toml", "facebook_words.toml", "parts.toml"}


def literals(path: Path) -> Iterator[tuple[int, str, ast.AST]]:
    """Yield line, text and what stands around it, of each text in the source that is neither marked nor a docstring."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    around = {inner: outer for outer in ast.walk(tree) for inner in ast.iter_child_nodes(outer)}
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Constant) and isinstance(node.value, str)) or isinstance(around[node], ast.Expr):
            continue
        outer: ast.AST | None = around[node]
        while outer is not None and not _is_mark(outer):
            outer = around.get(outer)
        if outer is None:
            yield node.lineno, node.value, around[node]


def _is_mark(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS


def called(node: ast.AST) -> str:
    match node:
        case ast.Call(func=ast.Name(id=name)) | ast.Call(func=ast.Attribute(attr=name)):
            return name
    return ""


SOURCES = [
    *(path for part in PARTS for path in sorted((ROOT / "wizard" / part).rglob("*.py"))),
    *(ROOT / one for one in FILES),
]


def test_no_sentence_of_the_source_is_hidden_from_the_translators(template: Catalog) -> None:
    known = {text for message in template for text in _texts(message.id)}
    found = [
        f"{path.relative_to(ROOT)}:{line}: {text!r}"
        for path in SOURCES
        for line, text, _around in literals(path)
        if _WORDS.search(text) and text not in known and not NO_SENTENCES.fullmatch(text)
    ]
    assert found == []


def test_no_word_is_put_on_the_screen_past_the_translators() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {text!r}"
        for path in SOURCES
        for line, text, around in literals(path)
        if called(around) in SHOWN_BY and re.fullmatch(r"[A-Z][a-z]+[.…:]?|[a-z]+ .*", text)
    ]
    assert found == []


def test_no_sentence_of_the_data_is_hidden_from_the_translators() -> None:
    left_out = {*words.WITHOUT_SENTENCES, "scenarios", "bases"}
    paths = [path for path in (ROOT / "resources").rglob("*.toml") if path.parent.name not in left_out]
    found = [
        f"{path.name}: {place}: {text!r}"
        for path in paths
        if path.name not in OTHERS
        for place, text in _unseen(path)
        if re.search(r"[a-z]{2,} [a-z]{2,} [a-z]{2,}", text)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("source", "is_found"),
    [
        ('button.set_text("Close")', True),
        ('button.set_text(_("Close"))', False),
        ('print(f"{count} of them were found")', True),
        ('"""Two words of a docstring."""', False),
        ('say(mark("Two words"))', False),
    ],
)
def test_a_text_that_is_not_marked_is_found(tmp_path: Path, source: str, is_found: bool) -> None:
    path = tmp_path / "page.py"
    path.write_text(source, encoding="utf-8")
    assert bool(list(literals(path))) == is_found


def _texts(message: Any) -> tuple[str, ...]:
    return (message,) if isinstance(message, str) else tuple(message or ())


def _unseen(path: Path) -> Iterator[tuple[str, str]]:
    import tomllib

    data = tomllib.loads(path.read_text(encoding="utf-8"))
    seen = {text for _place, text in babel_toml.sentences(data)}
    for place, text in _every(data, ""):
        if text not in seen and not UNREAD & set(re.findall(r"[a-z_]+", place)):
            yield place, text


def _every(data: Any, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _every(value, f"{place}.{key}")
    elif isinstance(data, list):
        for value in data:
            yield from _every(value, place)
    elif isinstance(data, str):
        yield place, data


# Sentences are whole: what is put together from pieces cannot be said in another order.


def test_no_piece_of_a_sentence_is_put_into_another() -> None:
    found = [f"{path.relative_to(ROOT)}: {piece!r}" for path in SOURCES for piece in pieces(path)]
    assert found == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('_("It belongs to {app}.").format(app=_("another app"))', ["another app"]),
        ('_("It belongs to {app}.").format(app=name or _("another app"))', ["another app"]),
        ("f\"{_('The test')} {_('was stopped.')}\"", ["The test"]),
        ('_("The test ") + _("was stopped.")', ["The test "]),
        ("f\"{_('It did not work.')} {_('Try again.')}\"", []),
        ('_("{title}: {text}").format(title=_("Seen"), text=_("It works."))', []),
        ("f\"<td>{_('Page')}</td><td>{_('Result')}</td>\"", []),
    ],
)
def test_a_piece_is_told_from_a_whole(tmp_path: Path, source: str, found: list[str]) -> None:
    path = tmp_path / "page.py"
    path.write_text(source, encoding="utf-8")
    assert list(pieces(path)) == found


def test_what_is_counted_has_a_form_for_each_number(template: Catalog) -> None:
    """Other languages than English have up to six."""
    counted = re.compile(r"\{(?:count|seconds|minutes|hours)\} (?:more )?[a-z]{3,}(?! \{)|than \{count\}")
    units = re.compile(r"\{minutes\} min|\{minutes\}:\{seconds\}")
    found = [one.id for one in template if isinstance(one.id, str) and counted.search(units.sub("", one.id))]
    assert found == []


def pieces(path: Path) -> Iterator[str]:
    """Yield marked texts that are put into or before another and are no sentences of their own."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Call(func=ast.Attribute(attr="format", value=value), keywords=filled):
                into = [text for text in _marked(value) if re.search(r"[a-z] \{|\} [a-z]", text)]
                yield from (text for each in filled for text in _marked(each) if into and not _is_whole(text))
            case ast.JoinedStr(values=[*values]):
                for first, between, second in zip(values, values[1:], values[2:], strict=False):
                    is_space = isinstance(between, ast.Constant) and between.value == " "
                    if is_space and list(_marked(second)):
                        yield from (text for text in _marked(first) if not _is_whole(text))
            case ast.BinOp(op=ast.Add(), left=left, right=right) if list(_marked(right)):
                yield from (text for text in _marked(left) if not _is_whole(text))


def _is_whole(text: str) -> bool:
    return text.rstrip().endswith((".", "?", "!", ":", "…"))


def _marked(node: ast.AST) -> Iterator[str]:
    for one in ast.walk(node):
        match one:
            case ast.Call(func=ast.Name(id="_" | "ngettext"), args=[ast.Constant(value=str(text)), *_rest]):
                yield text
            case ast.Call(func=ast.Name(id="pgettext"), args=[_context, ast.Constant(value=str(text))]):
                yield text
