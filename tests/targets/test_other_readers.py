"""What was written as readers outside Python have it: Node's `dotenv` and JSON.parse, and `docker --env-file`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.targets.docker import docker_env_file
from tests.targets.forms.base import Written
from tests.targets.forms.json_form import JSON
from tests.targets.node import Node
from tests.targets.properties import APP_IDS, NEWLINES, examples
from wizard.targets.dotenv import Dotenv
from wizard.targets.json_file import Json
from wizard.targets.splice import splice

pytestmark = pytest.mark.slow
KEY = "LIVE_CHAT_APP_ID"
NAMES = st.from_regex(r"[A-Z][A-Z0-9_]{0,6}", fullmatch=True).map(lambda name: f"O_{name}")
VALUES = st.text(st.sampled_from("abc019_-./:@ äß€"), max_size=12).map(str.strip)


@st.composite
def lines(draw: st.DrawFn) -> list[str]:
    """Lines that all readers understand alike."""
    others = draw(st.lists(NAMES, unique=True, max_size=4))
    return [
        draw(st.sampled_from([f"{name}={draw(VALUES)}", "", "# note", f"# {KEY}=1", f"{name}="])) for name in others
    ]


@pytest.mark.parametrize("takes_quotes", [False, True])
@examples(40)
@given(before=lines(), after=lines(), old=APP_IDS | st.just(""), new=APP_IDS, newline=NEWLINES, is_there=st.booleans())
def test_docker_reads_the_app_id_and_all_else_as_before(
    takes_quotes: bool, before: list[str], after: list[str], old: str, new: str, newline: str, is_there: bool
) -> None:
    text = newline.join([*before, *([f"{KEY}={old}"] if is_there else []), *after, ""])
    spliced, _place = splice(text, KEY, new, Dotenv())
    assert docker_env_file(spliced, takes_quotes) == {**docker_env_file(text, takes_quotes), KEY: new}


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ('A="1" # x\n', {"A": '"1" # x'}),
        ("  A=1 \r\n\tB==\r\n", {"A": "1 ", "B": "="}),
        ("\ufeff# A=1\nA\nB=\n", {"B": ""}),
        ("A=\u20281\n", {"A": "\u20281"}),
    ],
)
def test_the_rules_of_docker_are_those_it_documents(text: str, values: dict[str, str]) -> None:
    assert docker_env_file(text) == values


@pytest.mark.parametrize("text", ["A =1\n", "export A=1\n", "=1\n"])
def test_docker_refuses_what_it_says_it_refuses(text: str) -> None:
    with pytest.raises(ValueError, match="="):
        docker_env_file(text)


@examples(40)
@given(
    before=lines(),
    after=lines(),
    old=APP_IDS,
    new=APP_IDS,
    newline=NEWLINES,
    form=st.sampled_from(["{0}={1}", "export {0}={1}", "{0} = {1}", "{0}='{1}' # x", '{0}="{1}"', "{0}={1} # x", ""]),
)
def test_nodes_dotenv_reads_the_app_id_and_all_else_as_before(
    node: Node, before: list[str], after: list[str], old: str, new: str, newline: str, form: str
) -> None:
    text = newline.join([*before, *([form.format(KEY, old)] if form else []), *after, ""])
    spliced, _place = splice(text, KEY, new, Dotenv())
    assert node.dotenv(spliced) == {**node.dotenv(text), KEY: new}


@examples(40)
@given(file=JSON.written, new=APP_IDS, is_number=st.booleans())
def test_nodes_json_reads_the_app_id_as_a_text_and_all_else_as_before(
    node: Node, file: Written, new: str, is_number: bool
) -> None:
    number = file.before[:-1] + file.value.lstrip("0").rjust(1, "1") + file.after[1:]
    text = number if is_number else file.text
    spliced, _place = splice(text, file.key, new, Json())
    data = expected = node.json(text)
    for name in file.names[:-1]:
        data = data[name]
    data[file.names[-1]] = new
    assert node.json(spliced) == expected
