"""YAML, read back with PyYAML, which most bots use and which knows another version of YAML than we do."""

from typing import Any

import yaml
from hypothesis import strategies as st

from tests.targets.forms.base import Form, Written, deeper
from tests.targets.properties import APP_IDS, NAMES, NEW, NEWLINES, WORDS
from wizard.core.target import TargetProblem
from wizard.targets.yaml_file import Yaml

CHANGES = (
    ("a", "", f'a: "{NEW}"\n'),
    ("a.b", "", f'a:\n  b: "{NEW}"\n'),
    ("a", "# only a comment", f'# only a comment\na: "{NEW}"\n'),
    ("a", "---\n", f'---\na: "{NEW}"\n'),
    ("a", "a: 1\n", f'a: "{NEW}"\n'),
    ("a", f"a: {NEW}\n", f'a: "{NEW}"\n'),
    ("a", f"a: '{NEW}'\n", f"a: '{NEW}'\n"),
    ("a", "a: '1' # c\r\n", f"a: '{NEW}' # c\r\n"),
    ("a", "a: your app id # c\n", f'a: "{NEW}" # c\n'),
    ("a", "a:", f'a: "{NEW}"'),
    ("a", "a: # later\n", f'a: "{NEW}" # later\n'),
    ("a", "a: ~\n", f'a: "{NEW}"\n'),
    ("a", "? a\n: 1\n", f'? a\n: "{NEW}"\n'),
    ("a.b", "a: {b: 1, c: 2}\n", f'a: {{b: "{NEW}", c: 2}}\n'),
    ("a.d", "a: {b: 1, c: 2}\n", f'a: {{b: 1, c: 2, d: "{NEW}"}}\n'),
    ("a.d.e", "a: {}\n", f'a: {{d: {{e: "{NEW}"}}}}\n'),
    ("a.c", '{"a": {"b": "1"}}', f'{{"a": {{"b": "1", "c": "{NEW}"}}}}'),
    ("a.d", "a:\n   b: 1 # x\nc: 2\n", f'a:\n   b: 1 # x\n   d: "{NEW}"\nc: 2\n'),
    ("c.d.e", "a:\n    b: 1\nc: # x\n", f'a:\n    b: 1\nc: {{d: {{e: "{NEW}"}}}} # x\n'),
    ("b.q.r", "b:\r\n    c: 2", f'b:\r\n    c: 2\r\n    q:\r\n        r: "{NEW}"\r\n'),
    ("0.b", "- a: 1\n  b: 2\n", f'- a: 1\n  b: "{NEW}"\n'),
    ("0.c", "- a: 1\n  b: 2\n", f'- a: 1\n  b: 2\n  c: "{NEW}"\n'),
    ("b", "a: |+\n  text\n\n", f'a: |+\n  text\n\nb: "{NEW}"\n'),
    ("a.c", "a:\n  b: |\n    x", f'a:\n  c: "{NEW}"\n  b: |\n    x'),
    ("b", "a: &x 1\nb: 2\nc: *x\n", f'a: &x 1\nb: "{NEW}"\nc: *x\n'),
    ("b.c", "a: &x\n  c: 1\nb:\n  <<: *x\n", f'a: &x\n  c: 1\nb:\n  <<: *x\n  c: "{NEW}"\n'),
    ("b.d", "a: &x\n  c: {e: 1}\nb:\n  <<: *x\n", f'a: &x\n  c: {{e: 1}}\nb:\n  <<: *x\n  d: "{NEW}"\n'),
    (
        "b.f.g",
        "a: &x {c: {e: 1}}\nb:\n  <<: *x\n  f: {h: 1}\n",
        f'a: &x {{c: {{e: 1}}}}\nb:\n  <<: *x\n  f: {{h: 1, g: "{NEW}"}}\n',
    ),
    ("yes.no", "a: 1\n", f'a: 1\n"yes":\n  "no": "{NEW}"\n'),
    ("v1~12.x", "v1.2:\n  x: 1\n", f'v1.2:\n  x: "{NEW}"\n'),
    ("b", "---\na: 1\n...\n", f'---\na: 1\nb: "{NEW}"\n...\n'),
)

REFUSALS = (
    ("a", "a: 1\nb: 2\na: 3\n", TargetProblem.DUPLICATE_KEY, (1, 3)),
    ("a", "b: 1\n\ta: 1\n", TargetProblem.BROKEN_FILE, (2,)),
    ("a", "a: [1\n", TargetProblem.BROKEN_FILE, (2,)),
    ("a", "a: 'x\n", TargetProblem.BROKEN_FILE, (2,)),
    ("a", "a: *nowhere\n", TargetProblem.SHARED_VALUE, (1,)),
    ("a", "a: \x07\n", TargetProblem.BROKEN_FILE, ()),
    ("a", "[" * 5000, TargetProblem.BROKEN_FILE, (1,)),
    ("a", "a: 1\n---\na: 2\n", TargetProblem.MANY_DOCUMENTS, (2,)),
    ("a.b", "a: 5\n", TargetProblem.NOT_A_GROUP, (1,)),
    ("a.b", "x: 1\na:\n- 1\n", TargetProblem.NOT_A_GROUP, (3,)),
    ("a", "- a: 1\n", TargetProblem.NOT_A_GROUP, (1,)),
    ("a.7", "a: [1, 2]\n", TargetProblem.NOT_A_GROUP, (1,)),
    ("a", "a:\n  b: 1\n", TargetProblem.NOT_A_VALUE, (2,)),
    ("a", "a: [1, 2]\n", TargetProblem.NOT_A_VALUE, (1,)),
    ("a", "a: &x 1\nb: *x\n", TargetProblem.SHARED_VALUE, (1,)),
    ("b", "a: &x 1\nb: *x\n", TargetProblem.SHARED_VALUE, (2,)),
    ("b.c", "a: &x\n  c: 1\nb: *x\n", TargetProblem.SHARED_VALUE, (3,)),
    ("a.c", "a: &x\n  c: 1\nb: *x\n", TargetProblem.SHARED_VALUE, (1,)),
    ("b.c.d", "a: &x\n  c:\n    e: 1\nb:\n  <<: *x\n", TargetProblem.MERGED_VALUE, (3,)),
    ("b.c.d", "a: &x {c: {e: 1}}\nb: {<<: *x, f: 1}\n", TargetProblem.MERGED_VALUE, (1,)),
    ("b.c.d", "a: &x\n  c:\n    e: 1\ny: &y\n  <<: *x\nb:\n  <<: [*y]\n", TargetProblem.MERGED_VALUE, (3,)),
    ("b.c", "a: &x\n  c:\n    e: 1\nb:\n  <<: *x\n", TargetProblem.MERGED_VALUE, (3,)),
    ("b.c.d", "b:\n  <<: {c: {e: 1}}\n", TargetProblem.MERGED_VALUE, (2,)),
    ("b.c.d", "a: &x\n  c: {e: 1}\nb:\n  !!merge <<: *x\n", TargetProblem.MERGED_VALUE, (2,)),
    ("b.c.d", "a: &x\n  c: {e: 1}\nb:\n  '<<': *x\n", TargetProblem.MERGED_VALUE, (2,)),
    ("b.c.d", "a: &x\n  c: {e: 1}\nb:\n  ? <<\n  : *x\n", TargetProblem.MERGED_VALUE, (2,)),
    ("a", "a: !env APP_ID\n", TargetProblem.TAGGED_VALUE, (1,)),
    ("a", "a: |\n  1\n", TargetProblem.MULTI_LINE, (1,)),
    ("a", "a: one\n  two\n", TargetProblem.MULTI_LINE, (1,)),
    ("a", 'a: "one\n  two"\n', TargetProblem.MULTI_LINE, (1,)),
    ("a", "# x\u2028a: 1\n", TargetProblem.NOT_UNDERSTOOD, (1,)),
    ("a", "{a}", TargetProblem.OTHERS_CHANGE, (1,)),
    ("b.c.d", "a: &x\n  c: {e: 1}\nb:\n  <<: *x\nf: &x {g: 1}\n", TargetProblem.MERGED_VALUE, (2,)),
    ("a", "a: &a {<<: [*a, *a], b: *a}\nc: 1\n", TargetProblem.NOT_A_VALUE, (1,)),
    ("c", "a: &a {<<: [*a, *a], b: *a}\nc: 1\n", TargetProblem.OTHERS_CHANGE, (2,)),
    ("a", "a: ${APP_ID}\n", TargetProblem.FILLED_IN, (1,)),
    ("a", "a: <%= ENV['APP_ID'] %>\n", TargetProblem.FILLED_IN, (1,)),
    ("b", "a: {{ .Values.a }}\n", TargetProblem.TEMPLATE, (1,)),
    ("a.0", "a:\n- QUEUE=default\n", TargetProblem.MORE_THAN_ID, (2,)),
    ("a.ID", "a:\n- QUEUE=default\n", TargetProblem.NAME_VALUE_LIST, (2,)),
    ("a.ID", "a:\n- name: ID\n  value: '1'\n", TargetProblem.WRITE_IT_SO, (2,)),
    ("a", "a: EAAGabcdefgh\n", TargetProblem.LOOKS_SECRET, (1,)),
)


@st.composite
def entry(draw: st.DrawFn, name: str, indent: str, newline: str) -> str:
    """One name with what stands at it, in one of the many ways YAML has, or a comment."""
    inner, word = indent + draw(st.sampled_from([" ", "  ", "    "])), draw(WORDS)
    single, double = "'" + word.replace("'", "''") + "'", '"' + word + '"'
    return indent + draw(
        st.sampled_from(
            [
                f"# {name}: {word}",
                f"{name}: {draw(st.integers())}",
                f"{name}: {single}",
                f"{name} :  {double}  # {word}",
                f'"{name}": yes',
                f"{name}:",
                f"{name}: [1, {double}, {{x: {single}}}]",
                f"{name}: {{app_id: 7, y: [ ]}}",
                f"{name}: |{newline}{inner}app_id: 9 {word}{newline}{newline}{inner}x",
                f"{name}: >-{newline}{inner}folded{newline}{inner}text",
                f"{name}:{newline}{inner}- 1{newline}{inner}- app_id: 8{newline}{inner}  z: {single}",
                f"{name}: &{name} plain text",
                f"{name}:{newline}{inner}app_id: 6 # {word}",
                f'{name}: "two{newline}{inner}lines"',
            ]
        )
    )


@st.composite
def written(draw: st.DrawFn) -> Written:
    newline = draw(NEWLINES)
    others = iter(draw(st.lists(NAMES.map(lambda name: f"o-{name}"), unique=True, min_size=12, max_size=12)))

    def some(indent: str) -> list[str]:
        return [draw(entry(next(others), indent, newline)) for _ in range(draw(st.integers(0, 2)))]

    groups = tuple(draw(st.lists(NAMES.map(lambda name: f"g-{name}"), unique=True, max_size=2)))
    indent, head, tail = "", draw(st.sampled_from([[], ["---"], ["# first"]])), list[str]()
    for group in groups:
        head += [*some(indent), f"{indent}{group}:"]
        tail = [*some(indent), *tail]
        indent += draw(st.sampled_from([" ", "  ", "    "]))
    quote = draw(st.sampled_from(["'", '"']))
    head += [*some(indent), f"{indent}app_id:{draw(st.sampled_from([' ', '   ']))}{quote}"]
    end = f"{quote}{draw(st.sampled_from(['', ' ', ' # note', ' # app_id: 1']))}"
    after = newline.join([end, *some(indent), *tail]) + draw(st.sampled_from(["", newline]))
    return Written(newline.join(head), draw(APP_IDS), after, (*groups, "app_id"))


def read(text: str) -> Any:
    return yaml.safe_load(text) or {}  # of an empty file it says None


def is_read(text: str) -> bool:
    try:
        read(text)
    except (yaml.YAMLError, ValueError, TypeError):  # what only YAML 1.2 allows, or what only ruamel.yaml bears
        return False
    return True


YAML = Form(
    Yaml(),
    read,
    changes=CHANGES,
    refusals=REFUSALS,
    written=written(),
    plain=("123", "your-id", "0x1F", "1_000", "1e5", "null", "2026-11-22"),
    missing=deeper,
    key="app_id",
    is_read=is_read,
    pieces=("app_id", "a", ": ", "- ", *"=\"'\\#\n\r \t1:{}[],&*!|>?%-"),
)
