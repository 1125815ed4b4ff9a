"""TOML, read back with Python's own reader."""

import tomllib

from hypothesis import strategies as st

from tests.targets.forms.base import Form, Written, deeper
from tests.targets.properties import APP_IDS, NAMES, NEW, NEWLINES, WORDS
from wizard.core.target import TargetProblem
from wizard.targets.toml_file import Toml

CHANGES = (
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
)

REFUSALS = (
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
)


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


TOML = Form(
    Toml(),
    tomllib.loads,
    changes=CHANGES,
    refusals=REFUSALS,
    written=written(),
    plain=("123", "0x1F", "1_000", "1e5", "true", "2026-11-22", "inf"),
    missing=deeper,
    key="app_id",
    pieces=("app_id", "a", " = ", "[a]\n", *"=\"'\\#\n\r \t1.{}[],"),
)
