"""Settings files of any shape, with all that lets programs read one file in two ways; and keys in them."""

from collections.abc import Callable

from hypothesis import strategies as st

from tests.targets.properties import NEWLINES

NAMES = ("facebook", "app_id", "bot", "viber", "log", "live_chat")
SCALARS = (
    "1",
    "0",
    "''",
    '"263902037430900"',
    "null",
    "",
    "EAAGabcdefgh",
    "two words",
    "'x'",
    "yes",
    "<your id>",
    "1, 2",
)
_NAME = st.sampled_from(NAMES)
KEYS = st.lists(_NAME, min_size=1, max_size=4).map(".".join)


def _some(draw: st.DrawFn, most: int) -> list[str]:
    return draw(st.lists(_NAME, max_size=most, unique=True))


# YAML


@st.composite
def yaml_files(draw: st.DrawFn) -> str:
    maps, values = list[str](), list[str]()  # anchors so far; one may be given again
    lines = list[str]()
    for number in range(draw(st.integers(0, 3))):
        is_redefined = bool(maps) and draw(st.integers(0, 4)) == 0
        anchor = maps[-1] if is_redefined else f"a{number}"
        others = [one for one in maps if one != anchor]
        lines += [f"base{number}: &{anchor}", *_yaml_map(draw, "  ", 2, others, values, is_empty_ok=False)]
        maps.append(anchor)
    lines += _yaml_map(draw, "", 3, maps, values)
    return draw(NEWLINES).join(lines) + draw(st.sampled_from(["", "\n"]))


def _yaml_map(
    draw: st.DrawFn, indent: str, deep: int, maps: list[str], values: list[str], is_empty_ok: bool = True
) -> list[str]:
    lines = list[str]()
    may_merge: bool = draw(st.sampled_from([True, True, False]))
    if maps and may_merge:
        lines.append(indent + draw(_yaml_merge(maps)))
    names = _some(draw, 4)
    if not names and not is_empty_ok:
        names = ["app_id"]
    for name in names:
        kind = draw(st.sampled_from("ssssmmmfalc*"))
        inner = indent + draw(st.sampled_from(["  ", " ", "    "]))
        if kind == "m" and deep:
            own = draw(st.sampled_from(["", "", " &own-" + name]))
            lines += [f"{indent}{name}:{own}", *_yaml_map(draw, inner, deep - 1, maps, values, is_empty_ok=False)]
        elif kind == "f":
            merges = ["", *(f"<<: *{one}, " for one in maps)]
            merge: str = draw(st.sampled_from(merges))
            lines.append(
                f"{indent}{name}: {{{merge}app_id: 1, {draw(st.sampled_from(['bot', 'x', 'log']))}: [1, {{y: 2}}]}}"
            )
        elif kind == "a":
            values.append(f"v-{name}")
            lines.append(f"{indent}{name}: &v-{name} 1")
        elif kind == "*" and (maps or values):
            lines.append(f"{indent}{name}: *{draw(st.sampled_from([*maps, *values]))}")
        elif kind == "l":
            lines += [f"{indent}{name}:", f"{inner}- app_id: 1", f"{inner}- ID=1", f"{inner}- [x]"]
        elif kind == "c":
            lines += [f"{indent}# {name}: 1", f"{indent}{name}: |", f"{inner}app_id: 1"]
        else:
            lines.append(f"{indent}{name}: {draw(st.sampled_from(SCALARS))}".rstrip())
    return lines


@st.composite
def _yaml_merge(draw: st.DrawFn, maps: list[str]) -> str:
    one, two = draw(st.sampled_from(maps)), draw(st.sampled_from(maps))
    ways = (
        f"<<: *{one}",
        f"<<: [*{one}, *{two}]",
        f'"<<": *{one}',
        f"!!merge <<: *{one}",
        f"<<: {{facebook: {{x: *{one}}}}}",
    )
    return draw(st.sampled_from(ways))


# JSON


@st.composite
def json_files(draw: st.DrawFn) -> str:
    return draw(_json_notes()) + _json_map(draw, 3) + draw(_json_notes())


def _json_notes() -> st.SearchStrategy[str]:
    return st.sampled_from(["", "", "", " ", "\n", "\r\n\t", ' // "app_id": 1\n', "/* } , */", '\n/* "bot": {\n */\n'])


def _json_map(draw: st.DrawFn, deep: int) -> str:
    parts = []
    for name in _some(draw, 4):
        spelt = draw(st.sampled_from([name] * 6 + [name.upper(), f"facebook:{name}", f"facebook.{name}", name + "s"]))
        kind = draw(st.sampled_from("vvvmml"))
        value = draw(st.sampled_from(["1", '"2"', "null", "true", '"a, // b"', "1.50", '"\\u0031"', "[]", "{}"]))
        if kind == "m" and deep:
            value = _json_map(draw, deep - 1)
        elif kind == "l":
            value = f'[{_json_map(draw, 0)}, "ID=1",{draw(_json_notes())}3]'
        parts.append(
            f'{draw(_json_notes())}"{spelt}"{draw(_json_notes())}:{draw(_json_notes())}{value}{draw(_json_notes())}'
        )
    comma = draw(st.sampled_from(["", "", ","])) if parts else ""
    return "{" + ",".join(parts) + comma + draw(_json_notes()) + "}"


# .env

_ENV_VALUES = (
    *(
        "1",
        "",
        "  ",
        "'1'",
        '"1"',
        "`1`",
        "'two\nlines'",
        '"two\nlines"',
        "1 # note",
        "1#note",
        "'it's'",
        "# note",
        "a b",
    ),
    *(
        "${app_id}",
        "$bot",
        "x-${bot:-1}",
        "'${app_id}'",
        "\\${log}",
        "$$log",
        "C:\\bots\\",
        "a\\\nb",
        '"a \\" b"',
        "=",
        "1=2",
    ),
    *('{"a": 1}', "<your id>", "EAAGabcdefgh", "ä ß", "'", '"', "`x\napp_id=1\n`"),
)


@st.composite
def dotenv_files(draw: st.DrawFn) -> str:
    newline = draw(NEWLINES)
    lines = []
    for name in draw(st.lists(_NAME, max_size=6)):
        value = draw(st.sampled_from(_ENV_VALUES)).replace("\n", newline)
        lines.append(
            draw(
                st.sampled_from(
                    [
                        *[f"{name}={value}"] * 6,
                        *(f"export {name}={value}", f" {name} = {value}", f"# {name}={value}", "", f"{name}: {value}"),
                        *(name, f"'{name}'={value}", f"{name.upper()}={value}", f"facebook.{name}={value}"),
                    ]
                )
            )
        )
    return newline.join(lines) + draw(st.sampled_from(["", newline]))


# INI

_INI_VALUES = (
    *("1", "", '"1"', "'1'", "1 ; note", "1 # note", "%(app_id)s", "%(bot)s x", "${facebook:app_id}", "100%", "yes"),
    *(
        "one\n  app_id = 9",
        "one\n\ttwo",
        "one\n  [bot]\n  log = 1",
        "a=b",
        "a\\",
        "{'a': 1}",
        "EAAGabcdefgh",
        "<your id>",
    ),
)


@st.composite
def ini_files(draw: st.DrawFn) -> str:
    newline = draw(NEWLINES)
    lines = list[str](draw(st.sampled_from([[], ["; first"], ["# app_id = 1", ""]])))
    sections = draw(
        st.lists(st.sampled_from(("facebook", "bot", "DEFAULT", "log.x", "Facebook")), max_size=4, unique=True)
    )
    for section in sections:
        lines.append(draw(st.sampled_from([f"[{section}]"] * 5 + [f"[{section}] ; x", f" [{section}]"])))
        for name in _some(draw, 4):
            value = draw(st.sampled_from(_INI_VALUES)).replace("\n", newline)
            form = draw(
                st.sampled_from(["{0} = {1}"] * 5 + ["{0}={1}", "{0}: {1}", "  {0} = {1}", "; {0} = {1}", "{0}"])
            )
            lines += [form.format(draw(st.sampled_from([name, name, name.upper()])), value)]
        lines += draw(st.sampled_from([[], [""], ["# end"]]))
    return newline.join(lines) + draw(st.sampled_from(["", newline]))


FILES: dict[str, tuple[str, Callable[[], st.SearchStrategy[str]], st.SearchStrategy[str]]] = {
    "yaml": ("bot.yml", yaml_files, KEYS),
    "json": ("bot.json", json_files, KEYS),
    "dotenv": ("bot.env", dotenv_files, _NAME),
    "ini": (
        "bot.ini",
        ini_files,
        st.builds("{}.{}".format, st.sampled_from(("facebook", "bot", "DEFAULT", "log~1x")), _NAME),
    ),
}
