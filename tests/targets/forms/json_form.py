"""JSON, read back with Python's own reader; with comments and trailing commas, which that does not take."""

import json
import re
from typing import Any

from hypothesis import strategies as st

from tests.targets.forms.base import Form, Written, deeper
from tests.targets.properties import APP_IDS, NEW, NEWLINES, WORDS
from wizard.core.target import TargetProblem
from wizard.targets.json_file import Json

CHANGES = (
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
)

WITH_COMMENTS = (
    ("a", '// "a": 2\n{"a": 1,} // x', f'// "a": 2\n{{"a": "{NEW}",}} // x'),
    ("a", '{/* "a": 2 */ "a" /**/ : /* x */ 1 /* y */}', f'{{/* "a": 2 */ "a" /**/ : /* x */ "{NEW}" /* y */}}'),
    ("a", '{"x": "// no comment", "a": "1"}', f'{{"x": "// no comment", "a": "{NEW}"}}'),
    ("b", '{\n  "a": 1, // x\n}', f'{{\n  "a": 1, // x\n  "b": "{NEW}",\n}}'),
    ("b", '{\n  "a": 1 // x\n}', f'{{\n  "a": 1, // x\n  "b": "{NEW}"\n}}'),
    ("b", '{\n  "a": 1\n  , }', f'{{\n  "a": 1,\n  "b": "{NEW}"\n  , }}'),
    ("b", "{ // only\n}", f'{{\n  "b": "{NEW}" // only\n}}'),
)

REFUSALS = (
    ("a", '{"a": 1,\n"a": 2}', TargetProblem.DUPLICATE_KEY, (1, 2)),
    ("a", '{"a": 1,\n"\\u0061": 2}', TargetProblem.DUPLICATE_KEY, (1, 2)),
    ("a.b", '{"a": 5}', TargetProblem.NOT_A_GROUP, (1,)),
    ("a.b", '{"a": null}', TargetProblem.NOT_A_GROUP, (1,)),
    ("a.b", '\n{"a": [1]}', TargetProblem.NOT_A_GROUP, (2,)),
    ("a", '"a"', TargetProblem.NOT_A_GROUP, (1,)),
    ("a", '{"a": {}}', TargetProblem.NOT_A_VALUE, (1,)),
    ("a", '{"a": "EAAGabcdefgh"}', TargetProblem.LOOKS_SECRET, (1,)),
    ("F.b", '{"F": {"a": 1}, "F:b": 0}', TargetProblem.OTHERS_CHANGE, (1,)),
    ("a", '{"a": "{0f0f0f0f-0000-1111-2222-333333333333}"}', TargetProblem.OTHER_ID, (1,)),
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
)


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


def with_comments() -> st.SearchStrategy[Written]:
    return written(may_have_comments=True)


def read(text: str) -> Any:
    return json.loads(text) if text.strip() else {}


JSON = Form(
    Json(),
    read,
    changes=CHANGES,
    unread_changes=WITH_COMMENTS,
    refusals=REFUSALS,
    written=written(),
    plain=("123", "-0.5", "1e5", "true", "null"),
    missing=deeper,
    key="app_id",
    is_read=lambda text: not re.search(r"/[/*]|,\s*[}\]]", text),  # neither comments nor trailing commas
    pieces=('"app_id"', '"a"', ": ", "1", "null", "//", "/*", "*/", *'"\\{}[],:\n\r \t'),
)
