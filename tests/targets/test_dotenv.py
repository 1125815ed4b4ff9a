"""The format alone: where the value stands, and that nothing else moves."""

import io
from dataclasses import dataclass

import dotenv
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.core.target import TargetError, TargetProblem
from wizard.targets.dotenv import Dotenv
from wizard.targets.splice import splice, value_of

KEY = "HANDOVER_APP_ID"
NEW = "263902037430900"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", f"{KEY}={NEW}\n"),
        (f"{KEY}=1", f"{KEY}={NEW}"),
        (f"{KEY}=1\n", f"{KEY}={NEW}\n"),
        (f"{KEY}=\n", f"{KEY}={NEW}\n"),
        (f"{KEY}", f"{KEY}={NEW}"),
        (f"{KEY} # later\n", f"{KEY}={NEW} # later\n"),
        (f"{KEY}='1'\n", f"{KEY}='{NEW}'\n"),
        (f'{KEY}="1"\n', f'{KEY}="{NEW}"\n'),
        (f'{KEY}=""\n', f'{KEY}="{NEW}"\n'),
        (f'{KEY}="a \\" b"  # c\n', f'{KEY}="{NEW}"  # c\n'),
        (f"export {KEY}=1\n", f"export {KEY}={NEW}\n"),
        (f"  export\t {KEY} = 1 \n", f"  export\t {KEY} = {NEW} \n"),
        (f"'{KEY}'=1\n", f"'{KEY}'={NEW}\n"),
        (f"{KEY}=1 # the live chat\n", f"{KEY}={NEW} # the live chat\n"),
        (f"{KEY}=1#2\n", f"{KEY}={NEW}\n"),
        (f"{KEY}=your id here\n", f"{KEY}={NEW}\n"),
        (f"{KEY}=  # nothing yet\n", f"{KEY}={NEW}  # nothing yet\n"),
        (f"{KEY}=   \n", f"{KEY}={NEW}   \n"),
        (f"A=2\r\n{KEY}=1\r\nB=3\r\n", f"A=2\r\n{KEY}={NEW}\r\nB=3\r\n"),
        (f"A=2\r{KEY}=1\rB=3\r", f"A=2\r{KEY}={NEW}\rB=3\r"),
        (f"\n\n# x\n{KEY}=1\n\n", f"\n\n# x\n{KEY}={NEW}\n\n"),
        (f"# {KEY}=1\n", f"# {KEY}=1\n{KEY}={NEW}\n"),
        (f"X_{KEY}=1\n", f"X_{KEY}=1\n{KEY}={NEW}\n"),
        (f"{KEY}_2=1\n", f"{KEY}_2=1\n{KEY}={NEW}\n"),
        (f"A='\n{KEY}=1\n'\n", f"A='\n{KEY}=1\n'\n{KEY}={NEW}\n"),
        ("A=1", f"A=1\n{KEY}={NEW}\n"),
        ("A=1\r\nB=2", f"A=1\r\nB=2\r\n{KEY}={NEW}\r\n"),
        ("A=1\r\n", f"A=1\r\n{KEY}={NEW}\r\n"),
        ("this is no assignment at all\n", f"this is no assignment at all\n{KEY}={NEW}\n"),
        (f"{KEY}=${{OTHER}}\n", f"{KEY}={NEW}\n"),
        (f"{KEY}={NEW}\n", f"{KEY}={NEW}\n"),
    ],
)
def test_one_value_changes_and_nothing_else(old: str, new: str) -> None:
    assert splice(old, KEY, NEW, Dotenv())[0] == new
    assert value_of(new, KEY, Dotenv()) == NEW


@pytest.mark.parametrize(
    ("text", "problem", "lines"),
    [
        (f"{KEY}=1\nA=2\n{KEY}=3\n", TargetProblem.DUPLICATE_KEY, (1, 3)),
        (f"\n{KEY}=1\r\n\r\nexport {KEY}\r\n", TargetProblem.DUPLICATE_KEY, (2, 4)),
        (f'A=1\n{KEY}="1\n2"\n', TargetProblem.MULTI_LINE, (2,)),
        (f'\n\n{KEY}="1\nA=2\n', TargetProblem.NOT_UNDERSTOOD, (3,)),
        (f"{KEY}='1' and more\n", TargetProblem.NOT_UNDERSTOOD, (1,)),
        (f"{KEY}=EAAGabcdefgh\n", TargetProblem.LOOKS_SECRET, (1,)),
        (f"{KEY}=postgres://bot:pw@db/x\n", TargetProblem.LOOKS_SECRET, (1,)),
        (f"{KEY}={'0f' * 16}\n", TargetProblem.LOOKS_SECRET, (1,)),
    ],
)
def test_what_must_not_be_touched_is_refused_with_its_lines(
    text: str, problem: TargetProblem, lines: tuple[int, ...]
) -> None:
    with pytest.raises(TargetError) as raised:
        splice(text, KEY, NEW, Dotenv())
    assert raised.value.problem is problem
    assert raised.value.trouble.key == KEY
    assert raised.value.trouble.lines == lines


@pytest.mark.parametrize("key", ["MESSENGER_PAGE_ACCESS_TOKEN", "app_secret", "DB_PASSWORD", "SOME_API_KEY"])
def test_a_key_that_is_for_a_secret_never_gets_an_app_id(key: str) -> None:
    with pytest.raises(TargetError) as raised:
        splice("A=1\n", key, NEW, Dotenv())
    assert raised.value.problem is TargetProblem.LOOKS_SECRET


@pytest.mark.parametrize(
    ("key", "problem"),
    [
        ("", TargetProblem.NO_KEY),
        ("A B", TargetProblem.BAD_KEY),
        ("A=B", TargetProblem.BAD_KEY),
        ("A\nB", TargetProblem.BAD_KEY),
        ("#A", TargetProblem.BAD_KEY),
        ("1A", TargetProblem.BAD_KEY),
        ("'A'", TargetProblem.BAD_KEY),
    ],
)
def test_a_key_that_would_break_the_file_is_refused(key: str, problem: TargetProblem) -> None:
    with pytest.raises(TargetError) as raised:
        splice("A=1\n", key, NEW, Dotenv())
    assert raised.value.problem is problem


@dataclass(frozen=True)
class Written:
    """A generated file around one value: text = before + value + after."""

    before: str
    value: str
    after: str


_PLAIN = st.text(st.sampled_from("abcXYZ019_-./:@ äß€"), max_size=12).map(str.strip)
_ANY = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0"), max_size=12)
_NAMES = st.from_regex(r"[A-Z_][A-Z0-9_]{0,8}", fullmatch=True).filter(lambda name: name != KEY)
_SPACE = st.sampled_from(["", "", " ", "\t", "  "])


@st.composite
def other_line(draw: st.DrawFn, newline: str) -> str:
    kind = draw(st.sampled_from(["assignment", "single", "double", "comment", "empty", "bare"]))
    name, export = draw(_NAMES), draw(st.sampled_from(["", "export "]))
    if kind == "assignment":
        return f"{export}{name}{draw(_SPACE)}={draw(_SPACE)}{draw(_PLAIN)}"
    if kind == "single":
        inner = draw(_ANY).replace("\\", "").replace("'", "")
        return f"{export}{name}='{inner}{draw(st.sampled_from(['', newline + KEY + '=9']))}'"
    if kind == "double":
        inner = draw(_ANY).replace("\\", "").replace('"', "")
        return f'{export}{name}="{inner}"{draw(st.sampled_from(["", " # note"]))}'
    return {"comment": f"#{draw(_ANY)}", "empty": draw(_SPACE), "bare": f"{export}{name}"}[kind]


@st.composite
def written(draw: st.DrawFn) -> Written:
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    lines_before = draw(st.lists(other_line(newline), max_size=5))
    lines_after = draw(st.lists(other_line(newline), max_size=5))
    quote = draw(st.sampled_from(["", "'", '"']))
    value = draw(st.from_regex(r"[0-9]{5,20}", fullmatch=True))
    head = f"{draw(_SPACE)}{draw(st.sampled_from(['', 'export ']))}{KEY}{draw(_SPACE)}={draw(_SPACE)}{quote}"
    tail = f"{quote}{draw(st.sampled_from(['', ' ', ' # note', ' #' + KEY + '=1']))}"
    before = "".join(f"{line}{newline}" for line in lines_before) + head
    after = tail + "".join(f"{newline}{line}" for line in lines_after) + draw(st.sampled_from(["", newline]))
    return Written(before, value, after)


def read_with_dotenv(text: str) -> dict[str, str | None]:
    return dotenv.dotenv_values(stream=io.StringIO(text, newline=""), interpolate=False)


@given(file=written(), new=st.from_regex(r"[0-9]{5,20}", fullmatch=True))
def test_in_any_file_only_the_characters_of_the_value_change(file: Written, new: str) -> None:
    old = file.before + file.value + file.after
    assert value_of(old, KEY, Dotenv()) == file.value
    spliced, _place = splice(old, KEY, new, Dotenv())
    assert spliced == file.before + new + file.after
    assert read_with_dotenv(spliced) == {**read_with_dotenv(old), KEY: new}


@given(data=st.data(), newline=st.sampled_from(["\n", "\r\n"]), ends=st.booleans())
def test_in_any_file_without_the_key_it_is_appended(data: st.DataObject, newline: str, ends: bool) -> None:
    lines = data.draw(st.lists(other_line(newline), max_size=5))
    old = newline.join(lines) + (newline if ends and lines else "")
    spliced, place = splice(old, KEY, NEW, Dotenv())
    assert place.value is None
    assert spliced.startswith(old)
    assert spliced[len(old) :].strip() == f"{KEY}={NEW}"
    assert read_with_dotenv(spliced) == {**read_with_dotenv(old), KEY: NEW}


@given(text=st.lists(st.sampled_from([KEY, "export ", *"=\"'\\#\n\r \tx1"]), max_size=25).map("".join))
def test_any_text_is_either_changed_at_one_place_or_refused(text: str) -> None:
    try:
        spliced, place = splice(text, KEY, NEW, Dotenv())
    except TargetError:
        return
    assert read_with_dotenv(spliced)[KEY] == NEW
    assert spliced.startswith(text[: place.start])
    assert spliced.endswith(text[place.end :])
    others = {name: value for name, value in read_with_dotenv(text).items() if name != KEY}
    assert {name: value for name, value in read_with_dotenv(spliced).items() if name != KEY} == others
