"""The format alone, read back with Python's configparser."""

import configparser
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.targets.properties import APP_IDS, NAMES, NEW, NEWLINES, WORDS, examples
from wizard.core.target import TargetError, TargetProblem
from wizard.targets.ini_file import Ini
from wizard.targets.splice import splice, value_of


def read(text: str) -> dict[str, dict[str, str]]:
    """As a Python program reads it that knows of no special cases."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.read_string(text)
    return {name: dict(parser[name]) for name in parser}


@pytest.mark.parametrize(
    ("key", "old", "new"),
    [
        ("a.b", "", f"[a]\nb = {NEW}\n"),
        ("a.b", "[a]\nb=1\n", f"[a]\nb={NEW}\n"),
        ("a.b", "[a]\nb : 1  \n", f"[a]\nb : {NEW}  \n"),
        ("a.b", "[a]\nb=\n", f"[a]\nb={NEW}\n"),
        ("a.b", "[a]\nB = your id here\n", f"[a]\nB = {NEW}\n"),
        ("a.b", "[a] ; x\n; b = 2\n# b = 3\nb = 1\n", f"[a] ; x\n; b = 2\n# b = 3\nb = {NEW}\n"),
        ("a.b", "; <?php die(); ?>\n\n[a]\n b = x = y\n", f"; <?php die(); ?>\n\n[a]\n b = {NEW}\n"),
        ("a.n", "[a]\r\nb:1\r\n\r\n# z\r\n[z]\r\n", f"[a]\r\nb:1\r\nn:{NEW}\r\n\r\n# z\r\n[z]\r\n"),
        ("a.n", "[a]\n  b = 1\n  c = 2\n\n[d]\n", f"[a]\n  b = 1\n  c = 2\n  n = {NEW}\n\n[d]\n"),
        ("a.n", "[a]\nb=1\n  2\n\n[c]", f"[a]\nb=1\n  2\nn={NEW}\n\n[c]"),
        ("a.n", "[a]\n# only\n[b]\nn = 1", f"[a]\nn = {NEW}\n# only\n[b]\nn = 1"),
        ("c.n", "[a]\nb=1", f"[a]\nb=1\n\n[c]\nn = {NEW}\n"),
        ("a~1x.b", "[a]\nb = 2\n[a.x]\nb = 1\n", f"[a]\nb = 2\n[a.x]\nb = {NEW}\n"),
        ("DEFAULT.b", "[DEFAULT]\nb=1\n[q]\nc=2\n", f"[DEFAULT]\nb={NEW}\n[q]\nc=2\n"),
    ],
)
def test_one_value_changes_and_nothing_else(key: str, old: str, new: str) -> None:
    assert splice(old, key, NEW, Ini())[0] == new
    assert value_of(new, key, Ini()) == NEW
    section, name = (part.replace("~1", ".") for part in key.split("."))
    assert read(new)[section][name] == NEW


def test_quotes_that_other_readers_take_away_stay() -> None:
    assert splice('[a]\nb = "1"\nc = 2\n', "a.b", NEW, Ini())[0] == f'[a]\nb = "{NEW}"\nc = 2\n'
    assert value_of(f"[a]\nb = '{NEW}'\n", "a.b", Ini()) == NEW


def test_a_key_without_a_sign_gets_one() -> None:
    assert splice("[a]\nskip\nb\n", "a.b", NEW, Ini())[0] == f"[a]\nskip\nb = {NEW}\n"


@pytest.mark.parametrize(
    ("key", "text", "problem", "lines"),
    [
        ("a.b", "[a]\nb=1\nB=2\n", TargetProblem.DUPLICATE_KEY, (3,)),
        ("a.b", "[a]\nc=1\nc=2\n", TargetProblem.BROKEN_FILE, (3,)),
        ("a.b", "[a]\nb=1\n[a]\nc=1\n", TargetProblem.BROKEN_FILE, (3,)),
        ("a.b", "b=1\n", TargetProblem.BROKEN_FILE, (1,)),
        ("a.b", "[a]\nb=1\n  2\n", TargetProblem.MULTI_LINE, (2,)),
        ("a.b", "[a]\nb = 1 ; x\n", TargetProblem.COMMENT_BEHIND, (2,)),
        ("a.b", "[a]\r\n\r\nb = 1 # x\r\n", TargetProblem.COMMENT_BEHIND, (3,)),
        ("a.b", "[a]\nb = EAAGabcdefgh\n", TargetProblem.LOOKS_SECRET, (2,)),
        ("b", "[a]\nb=1\n", TargetProblem.NO_SECTION, ()),
        ("a.b.c", "[a]\nb=1\n", TargetProblem.NO_SECTION, ()),
        ("a.b=c", "[a]\nb=1\n", TargetProblem.BAD_KEY_PATH, ()),
        ("a].b", "[a]\nb=1\n", TargetProblem.BAD_KEY_PATH, ()),
    ],
)
def test_what_must_not_be_touched_is_refused_with_its_lines(
    key: str, text: str, problem: TargetProblem, lines: tuple[int, ...]
) -> None:
    with pytest.raises(TargetError) as raised:
        splice(text, key, NEW, Ini())
    assert raised.value.problem is problem
    assert raised.value.trouble.lines == lines


@dataclass(frozen=True)
class Written:
    """A generated file around one value."""

    before: str
    value: str
    after: str
    section: str


@st.composite
def entry(draw: st.DrawFn, name: str, newline: str) -> str:
    word = draw(WORDS)
    return draw(
        st.sampled_from(
            [
                f"# app_id = {word}",
                f"; {name}: {word}",
                "",
                f"{name} = {word}",
                f"{name}:{word}",
                f"{name.upper()} =",
                f"{name} = app_id = 5",
                f"{name} = one{newline}  app_id = 9{newline}\ttwo",
                f"{name} = %(app_id)s; note",
                f'{name} = "{word}"',
            ]
        )
    )


@st.composite
def written(draw: st.DrawFn) -> Written:
    newline = draw(NEWLINES)
    others = iter(draw(st.lists(NAMES.map(lambda name: f"o-{name}"), unique=True, min_size=16, max_size=16)))

    def some() -> list[str]:
        return [draw(entry(next(others), newline)) for _ in range(draw(st.integers(0, 3)))]

    section = draw(NAMES)
    head = draw(st.sampled_from([[], ["# first", ""], ["; app_id = 1"]]))
    if draw(st.booleans()):
        head += [f"[{next(others)}]", "app_id = 7", *some()]
    head += [f"[{section}]", *some(), f"app_id{draw(st.sampled_from(['=', ' = ', ': ']))}"]
    tail = [draw(st.sampled_from(["", " ", "\t"])), *some(), "", f"[{next(others)}]", *some(), "app_id: 8"]
    tail = tail[: draw(st.integers(1, len(tail)))]
    after = newline.join(tail) + draw(st.sampled_from(["", newline]))
    return Written(newline.join(head), draw(APP_IDS), after, section)


@examples(100)
@given(file=written(), new=APP_IDS, quote=st.sampled_from(["", "", "'", '"']))
def test_in_any_file_only_the_characters_of_the_value_change(file: Written, new: str, quote: str) -> None:
    key, before, after = f"{file.section}.app_id", file.before + quote, quote + file.after
    old = before + file.value + after
    assert value_of(old, key, Ini()) == file.value
    spliced, _place = splice(old, key, new, Ini())
    assert spliced == before + new + after
    expected = read(old)
    expected[file.section]["app_id"] = f"{quote}{new}{quote}"
    assert read(spliced) == expected


@examples(100)
@given(file=written(), new=APP_IDS, is_new=st.booleans())
def test_in_any_file_without_the_key_it_is_added_and_all_else_stays(file: Written, new: str, is_new: bool) -> None:
    old = file.before + file.value + file.after
    section = "another" if is_new else file.section
    spliced, place = splice(old, f"{section}.other_id", new, Ini())
    assert place.value is None
    assert spliced.startswith(old[: place.start])
    assert spliced.endswith(old[place.start :])
    values = read(spliced)
    assert values[section].pop("other_id") == new
    if is_new:
        del values["another"]
    assert values == read(old)


PIECES = ["app_id", "x", " = ", "[a]\n", "[b]\n", *"=:;#\n\r \t1%"]


@examples(300)
@given(text=st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_any_text_is_either_changed_at_one_place_or_refused(text: str) -> None:
    try:
        spliced, place = splice(text, "a.app_id", NEW, Ini())
    except TargetError:
        return
    assert spliced.startswith(text[: place.start])
    assert spliced.endswith(text[place.end :])
    assert value_of(spliced, "a.app_id", Ini()) == NEW
    try:
        values = read(text)
    except configparser.Error:  # a name without a sign, which some readers allow
        return
    values.setdefault("a", dict(values["DEFAULT"]))["app_id"] = NEW
    assert read(spliced) == values
