"""`.env`, read back with python-dotenv. A key is one name, dots and all."""

import io

import dotenv
from hypothesis import strategies as st

from tests.targets.forms.base import Form, Written
from tests.targets.properties import APP_IDS, NEW, NEWLINES
from wizard.core.target import TargetProblem
from wizard.targets.dotenv import Dotenv

KEY = "HANDOVER_APP_ID"

CHANGES = (
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
    (f"A=${{OTHER}}\n{KEY}=1\n", f"A=${{OTHER}}\n{KEY}={NEW}\n"),
    (f"{KEY}=<the App ID that Meta shows you>\n", f"{KEY}={NEW}\n"),
    (f"{KEY}=your-live-chat-app-id-goes-in-here-please\n", f"{KEY}={NEW}\n"),
    (f"{KEY}={NEW}\n", f"{KEY}={NEW}\n"),
)

REFUSALS = (
    (f"{KEY}=1\nA=2\n{KEY}=3\n", TargetProblem.DUPLICATE_KEY, (1, 3)),
    (f"\n{KEY}=1\r\n\r\nexport {KEY}\r\n", TargetProblem.DUPLICATE_KEY, (2, 4)),
    (f'A=1\n{KEY}="1\n2"\n', TargetProblem.MULTI_LINE, (2,)),
    (f'\n\n{KEY}="1\nA=2\n', TargetProblem.NOT_UNDERSTOOD, (3,)),
    (f"{KEY}='1' and more\n", TargetProblem.NOT_UNDERSTOOD, (1,)),
    ("A=1\nthis is no assignment at all\n", TargetProblem.NO_DOTENV, (2,)),
    ("module.exports = {\n  channels: {},\n};\n", TargetProblem.NO_DOTENV, (2,)),
    ("services:\n  bot:\n    image: bot\n", TargetProblem.NO_DOTENV, (1,)),
    ("[facebook]\nid=1\n", TargetProblem.NO_DOTENV, (1,)),
    ("flask==3.1\nrequests==2.0\n", TargetProblem.NO_DOTENV, (1,)),
    (f"{KEY}=${{OTHER}}\n", TargetProblem.FILLED_IN, (1,)),
    (f"{KEY}={{{{ live_chat.id }}}}\n", TargetProblem.FILLED_IN, (1,)),
    (f"{KEY}=1\nB=${{{KEY}}}\n", TargetProblem.SHARED_VALUE, (1,)),
    (f"{KEY}=1\nA='\n{KEY}=9'\n", TargetProblem.OTHERS_CHANGE, (1,)),
    (f"B=1\nA=x-${KEY}\n{KEY}=1\nC=x-${KEY}\n", TargetProblem.SHARED_VALUE, (3,)),
    (f"{KEY}=12345678,23456789\n", TargetProblem.MORE_THAN_ID, (1,)),
    (f'{KEY}={{"inbox": 12345678}}\n', TargetProblem.MORE_THAN_ID, (1,)),
    (f"{KEY}=app:12345678\n", TargetProblem.MORE_THAN_ID, (1,)),
    (f"{KEY}=00000000-0000-0000-0000-000000000000\n", TargetProblem.OTHER_ID, (1,)),
    ("A=C:\\bots\\", TargetProblem.OTHERS_CHANGE, (1,)),
    (f"{KEY}=EAAGabcdefgh\n", TargetProblem.LOOKS_SECRET, (1,)),
    (f"{KEY}=postgres://bot:pw@db/x\n", TargetProblem.LOOKS_SECRET, (1,)),
    (f"{KEY}={'0f' * 16}\n", TargetProblem.LOOKS_SECRET, (1,)),
)

BAD_KEYS = (
    ("", TargetProblem.NO_KEY),
    ("A B", TargetProblem.BAD_KEY),
    ("A=B", TargetProblem.BAD_KEY),
    ("A\nB", TargetProblem.BAD_KEY),
    ("#A", TargetProblem.BAD_KEY),
    ("1A", TargetProblem.BAD_KEY),
    ("'A'", TargetProblem.BAD_KEY),
)


_PLAIN = st.text(st.sampled_from("abcXYZ019_-./:@ äß€"), max_size=12).map(str.strip)
_ANY = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0"), max_size=12)
_NAMES = st.from_regex(r"[A-Z_][A-Z0-9_]{0,8}", fullmatch=True).filter(lambda name: name != KEY)
_SPACE = st.sampled_from(["", "", " ", "\t", "  "])


@st.composite
def other_line(draw: st.DrawFn, newline: str, is_after: bool = False) -> str:
    """is_after: behind the value. What looks like the key in a value of two lines there is one to programs that know
    single lines only, and wins: such a file is refused."""
    kind = draw(st.sampled_from(["assignment", "single", "double", "comment", "empty", "bare"]))
    name, export = draw(_NAMES), draw(st.sampled_from(["", "export "]))
    if kind == "assignment":
        return f"{export}{name}{draw(_SPACE)}={draw(_SPACE)}{draw(_PLAIN)}"
    if kind == "single":
        inner = draw(_ANY).replace("\\", "").replace("'", "")
        more = "" if is_after else draw(st.sampled_from(["", f"{newline}{KEY}=9"]))
        return f"{export}{name}='{inner}{more}'"
    if kind == "double":
        inner = draw(_ANY).replace("\\", "").replace('"', "")
        return f'{export}{name}="{inner}"{draw(st.sampled_from(["", " # note"]))}'
    return {"comment": f"#{draw(_ANY)}", "empty": draw(_SPACE), "bare": f"{export}{name}"}[kind]


@st.composite
def written(draw: st.DrawFn) -> Written:
    newline = draw(NEWLINES)
    lines_before = draw(st.lists(other_line(newline), max_size=5))
    lines_after = draw(st.lists(other_line(newline, is_after=True), max_size=5))
    quote = draw(st.sampled_from(["", "'", '"']))
    value = draw(APP_IDS)
    head = f"{draw(_SPACE)}{draw(st.sampled_from(['', 'export ']))}{KEY}{draw(_SPACE)}={draw(_SPACE)}{quote}"
    tail = f"{quote}{draw(st.sampled_from(['', ' ', ' # note', ' #' + KEY + '=1']))}"
    before = "".join(f"{line}{newline}" for line in lines_before) + head
    after = tail + "".join(f"{newline}{line}" for line in lines_after) + draw(st.sampled_from(["", newline]))
    return Written(before, value, after, (KEY,))


@st.composite
def without_key(draw: st.DrawFn) -> str:
    newline = draw(NEWLINES)
    lines: list[str] = draw(st.lists(other_line(newline), max_size=5))
    ends = draw(st.sampled_from(["", newline])) if lines else ""
    return newline.join(lines) + ends


def read(text: str) -> dict[str, str | None]:
    return dotenv.dotenv_values(stream=io.StringIO(text, newline=""), interpolate=False)


DOTENV = Form(
    Dotenv(),
    read,
    changes=tuple((KEY, old, new) for old, new in CHANGES),
    refusals=(
        *((KEY, *refusal) for refusal in REFUSALS),
        *((key, "A=1\n", problem, ()) for key, problem in BAD_KEYS),
    ),
    written=written(),
    missing=lambda file: (("OTHER_APP_ID",),),
    key=KEY,
    pieces=(KEY, "export ", *"=\"'\\#\n\r \tx1"),
)
