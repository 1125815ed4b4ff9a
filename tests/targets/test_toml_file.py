"""The format alone, read back with Python's own reader."""

import tomllib
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.targets.properties import APP_IDS, NAMES, NEW, NEWLINES, WORDS, examples
from wizard.core.target import TargetError, TargetProblem
from wizard.targets.splice import splice, value_of
from wizard.targets.toml_file import Toml


def at(data: Any, names: tuple[str, ...]) -> Any:
    for name in names:
        data = data[int(name)] if isinstance(data, list) else data[name]
    return data


@pytest.mark.parametrize(
    ("key", "old", "new"),
    [
        ("a", "", f'a = "{NEW}"\n'),
        ("a.b", "", f'[a]\nb = "{NEW}"\n'),
        ("a", "a = 1\n", f'a = "{NEW}"\n'),
        ("a", f"a = {NEW}\n", f'a = "{NEW}"\n'),
        ("a", "a = '1' # c\r\nb = 2\r\n", f"a = '{NEW}' # c\r\nb = 2\r\n"),
        ("a", "   a   =   1   \n\n", f'   a   =   "{NEW}"   \n\n'),
        ("a", "a = true # c", f'a = "{NEW}" # c'),
        ("a", 'a = """x"""\n', f'a = "{NEW}"\n'),
        ("b", 'a="x"', f'a="x"\nb="{NEW}"\n'),
        ("x.n", "[x]\nb = 2 # c\n\n# about y\n[y]\nc = 3\n", f'[x]\nb = 2 # c\nn = "{NEW}"\n\n# about y\n[y]\nc = 3\n'),
        ("a.n", "[a]\n  b = 1\n  [a.c]\n  d=1\n", f'[a]\n  b = 1\n  n = "{NEW}"\n  [a.c]\n  d=1\n'),
        ("n", "# c\n[x]\na=1\n", f'# c\nn = "{NEW}"\n\n[x]\na=1\n'),
        ("z.y.n", "a=1\n", f'a=1\n\n[z.y]\nn = "{NEW}"\n'),
        ("a.b", "[a]\r\n[b]\r\nx = 1\r\n", f'[a]\r\nb = "{NEW}"\r\n[b]\r\nx = 1\r\n'),
        ("p.1.a", "[[p]]\na=1\n[[p]]\na=2\n", f'[[p]]\na=1\n[[p]]\na="{NEW}"\n'),
        ("p.0.b", "[[p]]\na=1\n[[p]]\na=2\n", f'[[p]]\na=1\nb="{NEW}"\n[[p]]\na=2\n'),
        ("t.b", "t = {a = 1, b = '2'}\n", f"t = {{a = 1, b = '{NEW}'}}\n"),
        ("t.c", "t = {a = 1, b = '2'}\n", f"t = {{a = 1, b = '2', c = \"{NEW}\"}}\n"),
        ("t.c", "t = {}\n", f't = {{c = "{NEW}"}}\n'),
        ("a.b.c", "a.b.c = 1\n", f'a.b.c = "{NEW}"\n'),
        ("a.b.d", "a.b.c = 1\n", f'a.b.c = 1\na.b.d = "{NEW}"\n'),
        ("a.0", "a = [1, 2]\n", f'a = ["{NEW}", 2]\n'),
        ("a~1b", '"a.b" = 1\n', f'"a.b" = "{NEW}"\n'),
        ("größe", "", f'"größe" = "{NEW}"\n'),
    ],
)
def test_one_value_changes_and_nothing_else(key: str, old: str, new: str) -> None:
    assert splice(old, key, NEW, Toml())[0] == new
    assert value_of(new, key, Toml()) == NEW
    names = tuple(name.replace("\0", ".") for name in key.replace("~1", "\0").split("."))
    assert at(tomllib.loads(new), names) == NEW


@pytest.mark.parametrize(
    ("key", "text", "problem", "lines"),
    [
        ("a", "a = 1\na = 2\n", TargetProblem.BROKEN_FILE, (2,)),
        ("a", "x = 1\na = \n", TargetProblem.BROKEN_FILE, (2,)),
        ("a", "a = 1\rb = 2\r", TargetProblem.BROKEN_FILE, (1,)),
        ("a", "a = " + "[" * 5000, TargetProblem.BROKEN_FILE, ()),
        ("a", "a = " + "9" * 5000, TargetProblem.BROKEN_FILE, ()),
        ("a.b", "a = 1\n", TargetProblem.NOT_A_GROUP, ()),
        ("a.x", "a = [1]\n", TargetProblem.NOT_A_GROUP, ()),
        ("a", "[a]\nb = 1\n", TargetProblem.NOT_A_VALUE, ()),
        ("a", "a = [1, 2]\n", TargetProblem.NOT_A_VALUE, ()),
        ("a", '\na = """x\ny"""\n', TargetProblem.MULTI_LINE, (2,)),
        ("a", "a = 'EAAGabcdefgh'\n", TargetProblem.LOOKS_SECRET, (1,)),
    ],
)
def test_what_must_not_be_touched_is_refused_with_its_lines(
    key: str, text: str, problem: TargetProblem, lines: tuple[int, ...]
) -> None:
    with pytest.raises(TargetError) as raised:
        splice(text, key, NEW, Toml())
    assert raised.value.problem is problem
    assert raised.value.trouble.lines == lines


@dataclass(frozen=True)
class Written:
    """A generated file around one value."""

    before: str
    value: str
    after: str
    names: tuple[str, ...]


@st.composite
def entry(draw: st.DrawFn, name: str, newline: str) -> str:
    word = draw(WORDS)
    literal, basic = "'" + word.replace("'", "") + "'", '"' + word + '"'
    indent, equal = draw(st.sampled_from(["", "  ", "\t"])), draw(st.sampled_from(["=", " = ", "  ="]))
    return indent + draw(
        st.sampled_from(
            [
                f"# {name} = {word}",
                "",
                f"{name}{equal}{draw(st.integers(-(10**15), 10**15))}",
                f"{name}{equal}{literal}",
                f"{name}{equal}{basic} # {word}",
                f'"{name}"{equal}true',
                f"{name}{equal}1.50",
                f"{name}{equal}1979-05-27T07:32:00Z",
                f"{name}{equal}[1, {basic}, [2]]",
                f"{name}{equal}[{newline}  {literal}, # app_id = 1{newline}]",
                f"{name}{equal}{{ app_id = 7, y.z = {basic} }}",
                f'{name}{equal}"""{newline}app_id = 9{newline}[x]"""',
                f"{name}{equal}'''{newline}app_id = \"9\" '{newline}'''",
                f"{name}.app_id{equal}6",
            ]
        )
    )


@st.composite
def written(draw: st.DrawFn) -> Written:
    newline = draw(NEWLINES)
    others = iter(draw(st.lists(NAMES.map(lambda name: f"o-{name}"), unique=True, min_size=16, max_size=16)))

    def some() -> list[str]:
        return [draw(entry(next(others), newline)) for _ in range(draw(st.integers(0, 2)))]

    groups = tuple(draw(st.lists(NAMES.map(lambda name: f"g-{name}"), unique=True, max_size=2)))
    head, tail = some(), list[str]()
    if groups:
        head += [f"[{next(others)}]", *some(), f"[{draw(st.sampled_from(['.', ' . '])).join(groups)}]"]
    quote = draw(st.sampled_from(["'", '"']))
    head += [*some(), f"{draw(st.sampled_from(['', '  ']))}app_id{draw(st.sampled_from(['=', ' = ']))}{quote}"]
    end = f"{quote}{draw(st.sampled_from(['', ' ', ' # note', ' # app_id = 1']))}"
    tail = [end, *some(), f"[[{next(others)}]]", *some(), f"[{next(others)}.x] # x", *some()]
    tail = tail[: draw(st.integers(1, len(tail)))]
    return Written(
        newline.join(head),
        draw(APP_IDS),
        newline.join(tail) + draw(st.sampled_from(["", newline])),
        (*groups, "app_id"),
    )


@examples(100)
@given(file=written(), new=APP_IDS)
def test_in_any_file_only_the_characters_of_the_value_change(file: Written, new: str) -> None:
    key, old = ".".join(file.names), file.before + file.value + file.after
    assert value_of(old, key, Toml()) == file.value
    spliced, _place = splice(old, key, new, Toml())
    assert spliced == file.before + new + file.after
    expected = tomllib.loads(old)
    at(expected, file.names[:-1])["app_id"] = new
    assert tomllib.loads(spliced) == expected


@examples(100)
@given(file=written(), new=APP_IDS, plain=st.sampled_from(["123", "0x1F", "1_000", "1e5", "true", "2026-11-22", "inf"]))
def test_a_value_without_quotes_becomes_a_text_in_quotes(file: Written, new: str, plain: str) -> None:
    before, after = file.before[:-1], file.after[1:]
    spliced, place = splice(before + plain + after, ".".join(file.names), new, Toml())
    assert spliced == f'{before}"{new}"{after}'
    assert place.value == plain
    assert at(tomllib.loads(spliced), file.names) == new


@examples(100)
@given(file=written(), new=APP_IDS, deeper=st.sampled_from(["", "more.", "more.yet."]))
def test_in_any_file_without_the_key_it_is_added_and_all_else_stays(file: Written, new: str, deeper: str) -> None:
    old = file.before + file.value + file.after
    names = (*file.names[:-1], *f"{deeper}other_id".split("."))
    spliced, place = splice(old, ".".join(names), new, Toml())
    assert place.value is None
    assert spliced.startswith(old[: place.start])
    assert spliced.endswith(old[place.start :])
    read = tomllib.loads(spliced)
    assert at(read, names) == new
    del at(read, file.names[:-1])[names[len(file.names) - 1]]
    assert read == tomllib.loads(old)


@examples(300)
@given(
    text=st.lists(st.sampled_from(["app_id", "a", " = ", "[a]\n", *"=\"'\\#\n\r \t1.{}[],"]), max_size=25).map("".join)
)
def test_any_text_is_either_changed_at_one_place_or_refused(text: str) -> None:
    try:
        spliced, place = splice(text, "app_id", NEW, Toml())
    except TargetError:
        return
    assert spliced.startswith(text[: place.start])
    assert spliced.endswith(text[place.end :])
    assert tomllib.loads(spliced) == {**tomllib.loads(text), "app_id": NEW}
