"""INI, read back with Python's configparser."""

import configparser

from hypothesis import strategies as st

from tests.targets.forms.base import Form, Written
from tests.targets.properties import APP_IDS, NAMES, NEW, NEWLINES, WORDS
from wizard.core.target import TargetProblem
from wizard.targets.ini_file import Ini


def read(text: str) -> dict[str, dict[str, str]]:
    """As a Python program reads it that knows of no special cases."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.read_string(text)
    return {name: dict(parser[name]) for name in parser}


CHANGES = (
    ("a.b", "", f"[a]\nb = {NEW}\n"),
    ("a.b", "[a]\nb=1\n", f"[a]\nb={NEW}\n"),
    ("a.b", "[a]\nb : 1  \n", f"[a]\nb : {NEW}  \n"),
    ("a.b", "[a]\nb=\n", f"[a]\nb={NEW}\n"),
    ("a.b", "[a]\nB = your id here\n", f"[a]\nB = {NEW}\n"),
    ("a.b", "[a] ; x\n; b = 2\n# b = 3\nb = 1\n", f"[a] ; x\n; b = 2\n# b = 3\nb = {NEW}\n"),
    ("a.b", "; <?php die(); ?>\n\n[a]\n b = x y\n", f"; <?php die(); ?>\n\n[a]\n b = {NEW}\n"),
    ("a.n", "[a]\r\nb:1\r\n\r\n# z\r\n[z]\r\n", f"[a]\r\nb:1\r\nn:{NEW}\r\n\r\n# z\r\n[z]\r\n"),
    ("a.n", "[a]\n  b = 1\n  c = 2\n\n[d]\n", f"[a]\n  b = 1\n  c = 2\n  n = {NEW}\n\n[d]\n"),
    ("a.n", "[a]\nb=1\n  2\n\n[c]", f"[a]\nb=1\n  2\nn={NEW}\n\n[c]"),
    ("a.n", "[a]\n# only\n[b]\nn = 1", f"[a]\nn = {NEW}\n# only\n[b]\nn = 1"),
    ("c.n", "[a]\nb=1", f"[a]\nb=1\n\n[c]\nn = {NEW}\n"),
    ("a~1x.b", "[a]\nb = 2\n[a.x]\nb = 1\n", f"[a]\nb = 2\n[a.x]\nb = {NEW}\n"),
    ("DEFAULT.b", "[DEFAULT]\nb=1\n[q]\nb=2\n", f"[DEFAULT]\nb={NEW}\n[q]\nb=2\n"),
    ("q.b", "[DEFAULT]\nb=1\n[q]\nc=2\n", f"[DEFAULT]\nb=1\n[q]\nc=2\nb={NEW}\n"),
)

REFUSALS = (
    ("a.b", "[a]\nb=1\nB=2\n", TargetProblem.DUPLICATE_KEY, (3,)),
    ("a.b", "[a]\nc=1\nc=2\n", TargetProblem.BROKEN_FILE, (3,)),
    ("a.b", "[a]\nb=1\n[a]\nc=1\n", TargetProblem.BROKEN_FILE, (3,)),
    ("a.b", "b=1\n", TargetProblem.BROKEN_FILE, (1,)),
    ("a.b", "[a]\nb=1\n  2\n", TargetProblem.MULTI_LINE, (2,)),
    ("a.b", "[a]\nb = 1 ; x\n", TargetProblem.COMMENT_BEHIND, (2,)),
    ("a.b", "[a]\r\n\r\nb = 1 # x\r\n", TargetProblem.COMMENT_BEHIND, (3,)),
    ("a.b", "[a]\nb = EAAGabcdefgh\n", TargetProblem.LOOKS_SECRET, (2,)),
    ("DEFAULT.b", "[DEFAULT]\nb=1\n[q]\nc=2\n", TargetProblem.SHARED_VALUE, (2,)),
    ("DEFAULT.b", "[DEFAULT]\na=1\n[q]\nc=2\n", TargetProblem.SHARED_VALUE, (3,)),
    ("a.b", "[a]\nb=1\nc=x-%(b)s\n", TargetProblem.SHARED_VALUE, (2,)),
    ("a.b", "[a]\nb=1\n[q]\nc=${a:b}\n", TargetProblem.SHARED_VALUE, (2,)),
    ("a.n", "[a]\nb=1\n  [c]\n  d=2\n", TargetProblem.OTHERS_CHANGE, (5,)),
    ("a.d", "[a]\nb=1\n  [c]\nd=2\ne: 3\n", TargetProblem.OTHERS_CHANGE, (4,)),
    ("a.b", "[a]\nb = x = y\n", TargetProblem.MORE_THAN_ID, (2,)),
    ("b", "[a]\nb=1\n", TargetProblem.NO_SECTION, ()),
    ("a.b.c", "[a]\nb=1\n", TargetProblem.NO_SECTION, ()),
    ("a.b=c", "[a]\nb=1\n", TargetProblem.BAD_KEY_PATH, ()),
    ("a].b", "[a]\nb=1\n", TargetProblem.BAD_KEY_PATH, ()),
)


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
                f"{name} = %(other)s; note",
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
    quote = draw(st.sampled_from(["", "", "'", '"']))
    return Written(newline.join(head) + quote, draw(APP_IDS), quote + after, (section, "app_id"), quote)


def is_read(text: str) -> bool:
    try:
        read(text)
    except configparser.Error:  # a name without a sign, which some readers allow
        return False
    return True


INI = Form(
    Ini(),
    read,
    changes=CHANGES,
    unread_changes=(
        ("a.b", "[a]\nskip\nb\n", f"[a]\nskip\nb = {NEW}\n"),  # it gets a sign
        ("a.b", "[a]\nb = 1\nc = %(d)s\nd\n", f"[a]\nb = {NEW}\nc = %(d)s\nd\n"),
    ),
    refusals=REFUSALS,
    written=written(),
    missing=lambda file: ((file.names[0], "other_id"), ("another", "other_id")),
    key="a.app_id",
    is_read=is_read,
    pieces=("app_id", "x", " = ", "[a]\n", "[b]\n", *"=:;#\n\r \t1%"),
)
