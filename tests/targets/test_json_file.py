"""The format alone, read back with Python's own reader, and with Node's JSON.parse where there is Node."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.targets.properties import APP_IDS, NEW, NEWLINES, WORDS, examples
from wizard.core.target import TargetError, TargetProblem
from wizard.targets.json_file import Json
from wizard.targets.splice import splice, value_of


def at(data: Any, names: tuple[str, ...]) -> Any:
    for name in names:
        data = data[int(name)] if isinstance(data, list) else data[name]
    return data


@pytest.mark.parametrize(
    ("key", "old", "new"),
    [
        ("a.b", "", f'{{\n  "a": {{\n    "b": "{NEW}"\n  }}\n}}\n'),
        ("a", "{}", f'{{"a": "{NEW}"}}'),
        ("a.b", "{\n}\n", f'{{\n  "a": {{\n    "b": "{NEW}"\n  }}\n}}\n'),
        ("a", '{"a":1}', f'{{"a":"{NEW}"}}'),
        ("a", f'{{"a": {NEW}}}', f'{{"a": "{NEW}"}}'),
        ("a", '{"a": null }', f'{{"a": "{NEW}" }}'),
        ("a", '{"\\u0061": "\\u0031"}', f'{{"\\u0061": "{NEW}"}}'),
        ("b", '{"a": "1"}', f'{{"a": "1", "b": "{NEW}"}}'),
        ("b", '{\r\n    "a": "1"\r\n}', f'{{\r\n    "a": "1",\r\n    "b": "{NEW}"\r\n}}'),
        (
            "a.b.c",
            '{\n\t"a": {\n\t\t"x": null\n\t}\n}',
            f'{{\n\t"a": {{\n\t\t"x": null,\n\t\t"b": {{\n\t\t\t"c": "{NEW}"\n\t\t}}\n\t}}\n}}',
        ),
        ("b.1.c", '{"b": [1, {"c": "2"}]}', f'{{"b": [1, {{"c": "{NEW}"}}]}}'),
        ("0", "[1]", f'["{NEW}"]'),
        ("größe", "{}", f'{{"größe": "{NEW}"}}'),
    ],
)
def test_one_value_changes_and_nothing_else(key: str, old: str, new: str) -> None:
    assert splice(old, key, NEW, Json())[0] == new
    assert value_of(new, key, Json()) == NEW
    assert at(json.loads(new), tuple(key.split("."))) == NEW


@pytest.mark.parametrize(
    ("key", "old", "new"),
    [
        ("a", '// "a": 2\n{"a": 1,} // x', f'// "a": 2\n{{"a": "{NEW}",}} // x'),
        ("a", '{/* "a": 2 */ "a" /**/ : /* x */ 1 /* y */}', f'{{/* "a": 2 */ "a" /**/ : /* x */ "{NEW}" /* y */}}'),
        ("a", '{"x": "// no comment", "a": "1"}', f'{{"x": "// no comment", "a": "{NEW}"}}'),
        ("b", '{\n  "a": 1, // x\n}', f'{{\n  "a": 1, // x\n  "b": "{NEW}",\n}}'),
        ("b", '{\n  "a": 1 // x\n}', f'{{\n  "a": 1, // x\n  "b": "{NEW}"\n}}'),
        ("b", '{\n  "a": 1\n  , }', f'{{\n  "a": 1,\n  "b": "{NEW}"\n  , }}'),
        ("b", "{ // only\n}", f'{{\n  "b": "{NEW}" // only\n}}'),
    ],
)
def test_comments_and_trailing_commas_stay_where_they_are(key: str, old: str, new: str) -> None:
    assert splice(old, key, NEW, Json())[0] == new
    assert value_of(new, key, Json()) == NEW


@pytest.mark.parametrize(
    ("key", "text", "problem", "lines"),
    [
        ("a", '{"a": 1,\n"a": 2}', TargetProblem.DUPLICATE_KEY, (1, 2)),
        ("a", '{"a": 1,\n"\\u0061": 2}', TargetProblem.DUPLICATE_KEY, (1, 2)),
        ("a.b", '{"a": 5}', TargetProblem.NOT_A_GROUP, (1,)),
        ("a.b", '{"a": null}', TargetProblem.NOT_A_GROUP, (1,)),
        ("a.b", '\n{"a": [1]}', TargetProblem.NOT_A_GROUP, (2,)),
        ("a", '"a"', TargetProblem.NOT_A_GROUP, (1,)),
        ("a", '{"a": {}}', TargetProblem.NOT_A_VALUE, (1,)),
        ("a", '{"a": "EAAGabcdefgh"}', TargetProblem.LOOKS_SECRET, (1,)),
        *(
            ("a", text, TargetProblem.BROKEN_FILE, (1,))
            for text in (
                *(
                    "{,}",
                    '{"a": 1,,}',
                    '{"a": 01}',
                    '{"a" 1}',
                    '{"a": 1',
                    '{"a": 1} x',
                    '{"a": 1}{}',
                    '{"a": NaN}',
                    "x",
                ),
                *('{"a":}', '{"a": 1 "b": 2}', "[1 2]", "[1}", '{"a"}', "{1: 2}", "{'a': 1}", '{"a": "\\q"}', "[,1]"),
                *('{"a": 1. }', '{"a": +1}', '{"a": tru}', '{"a": "x\ty"}', '{"a": 1} /* x', "[" * 200, "//"),
            )
        ),
    ],
)
def test_what_must_not_be_touched_is_refused_with_its_lines(
    key: str, text: str, problem: TargetProblem, lines: tuple[int, ...]
) -> None:
    with pytest.raises(TargetError) as raised:
        splice(text, key, NEW, Json())
    assert raised.value.problem is problem
    assert raised.value.trouble.lines == lines


@dataclass(frozen=True)
class Written:
    """A generated file around one value."""

    before: str
    value: str
    after: str
    names: tuple[str, ...]


_MARK = "here-it-stands"
_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | WORDS
    | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4) | st.just("app_id"), inner, max_size=3)
    ),
    max_leaves=6,
)


@st.composite
def written(draw: st.DrawFn, may_have_comments: bool = False) -> Written:
    names: tuple[str, ...] = ("app_id",)
    data: dict[str, Any] = {}
    for name in (*names, *draw(st.lists(st.sampled_from(["facebook", "Größe", "x y"]), max_size=2))):
        others = draw(
            st.dictionaries(st.text(min_size=1, max_size=4).map(lambda text: f"-{text}"), _VALUES, max_size=3)
        )
        inner = data or _MARK
        entries = draw(st.permutations([*others.items(), (name, inner)]))
        data = dict(entries)
        names = names if inner == _MARK else (name, *names)
    indent = draw(st.sampled_from([None, 0, 2, "\t"]))
    separators = draw(st.sampled_from([None, (",", ":"), (" , ", " : ")]))
    text = json.dumps(data, indent=indent, separators=separators, ensure_ascii=draw(st.booleans()))
    if may_have_comments:  # where a line ends: never inside a text
        note = draw(st.sampled_from([' // "app_id": 1', " /* } */", ""]))
        text = re.sub(r"([^\[{,\s])(\s*)\n(\s*[}\]])", rf"\1{draw(st.sampled_from([',', '']))}\2\n\3", text)
        text = text.replace("\n", f"{note}\n") + note
    before, after = text.replace("\n", draw(NEWLINES)).split(_MARK)
    return Written(before, draw(APP_IDS), after, names)


@examples(100)
@given(file=written(), new=APP_IDS)
def test_in_any_file_only_the_characters_of_the_value_change(file: Written, new: str) -> None:
    key, old = ".".join(file.names), file.before + file.value + file.after
    assert value_of(old, key, Json()) == file.value
    spliced, _place = splice(old, key, new, Json())
    assert spliced == file.before + new + file.after
    expected = json.loads(old)
    at(expected, file.names[:-1])["app_id"] = new
    assert json.loads(spliced) == expected


@examples(100)
@given(file=written(may_have_comments=True), new=APP_IDS)
def test_comments_and_trailing_commas_do_not_lead_astray(file: Written, new: str) -> None:
    key = ".".join(file.names)
    spliced, _place = splice(file.before + file.value + file.after, key, new, Json())
    assert spliced == file.before + new + file.after
    without, _place = splice(spliced, f"{key}_2", new, Json())
    assert value_of(without, f"{key}_2", Json()) == new
    assert value_of(without, key, Json()) == new


@examples(100)
@given(file=written(), new=APP_IDS, deeper=st.sampled_from(["", "more.", "more.yet."]))
def test_in_any_file_without_the_key_it_is_added_and_all_else_stays(file: Written, new: str, deeper: str) -> None:
    old = file.before + file.value + file.after
    names = (*file.names[:-1], *f"{deeper}other_id".split("."))
    spliced, place = splice(old, ".".join(names), new, Json())
    assert place.value is None
    assert spliced.startswith(old[: place.start])
    assert spliced.endswith(old[place.start :])
    read = json.loads(spliced)
    assert at(read, names) == new
    del at(read, file.names[:-1])[names[len(file.names) - 1]]
    assert read == json.loads(old)


PIECES = ['"app_id"', '"a"', ": ", "1", "null", "//", "/*", "*/", *'"\\{}[],:\n\r \t']


@examples(300)
@given(text=st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
def test_any_text_is_either_changed_at_one_place_or_refused(text: str) -> None:
    try:
        spliced, place = splice(text, "app_id", NEW, Json())
    except TargetError:
        return
    assert spliced.startswith(text[: place.start])
    assert spliced.endswith(text[place.end :])
    assert value_of(spliced, "app_id", Json()) == NEW
    if text.strip() and not re.search(r"/[/*]|,\s*[}\]]", text):
        assert json.loads(spliced) == {**json.loads(text), "app_id": NEW}


NODE = """
const lines = require("readline").createInterface({ input: process.stdin });
lines.on("line", (line) => {
  const [text, names] = JSON.parse(line);
  const value = names.reduce((data, name) => data[name], JSON.parse(text));
  process.stdout.write(JSON.stringify([typeof value, value]) + "\\n");
});
"""


@pytest.fixture(scope="module")
def node() -> Iterator[Callable[[str, tuple[str, ...]], list[str]]]:
    """Node, which says what it reads at a path: the type and the value."""
    program = shutil.which("node")
    if program is None:
        pytest.skip("Node is not on this machine")
    with subprocess.Popen([program, "-e", NODE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdin
        assert running.stdout
        stdin, stdout = running.stdin, running.stdout

        def ask(text: str, names: tuple[str, ...]) -> list[str]:
            stdin.write(json.dumps([text, names]) + "\n")
            stdin.flush()
            answer: list[str] = json.loads(stdout.readline())
            return answer

        yield ask
        stdin.close()
        running.wait(timeout=10)


@given(file=written(), new=APP_IDS)
def test_node_reads_the_app_id_as_a_text(
    node: Callable[[str, tuple[str, ...]], list[str]], file: Written, new: str
) -> None:
    number = file.before[:-1] + file.value.lstrip("0").rjust(1, "1") + file.after[1:]
    for old in (file.before + file.value + file.after, number):
        spliced, _place = splice(old, ".".join(file.names), new, Json())
        assert node(spliced, file.names) == ["string", new]
