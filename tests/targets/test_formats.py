"""Each format alone: where the value stands, that nothing else moves, and what the reader of the bots makes of it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.targets.forms import FORMS
from tests.targets.forms.base import Form, Written
from tests.targets.forms.dotenv_form import DOTENV, KEY, without_key
from tests.targets.forms.json_form import with_comments
from tests.targets.properties import APP_IDS, NEW, examples
from wizard.core.target import TargetError, TargetProblem
from wizard.targets.dotenv import Dotenv
from wizard.targets.ini_file import Ini
from wizard.targets.json_file import Json
from wizard.targets.path import names_in
from wizard.targets.splice import FileFormat, splice, value_of


def name_of(value: object) -> str | None:
    return type(value.form).__name__ if isinstance(value, Form) else None


EVERY_FORM = pytest.mark.parametrize("form", FORMS, ids=name_of)


def way(key: str, form: FileFormat) -> tuple[str, ...]:
    return (key,) if isinstance(form, Dotenv) else names_in(key)


def at(data: Any, names: tuple[str, ...]) -> Any:
    for name in names:
        data = data[int(name)] if isinstance(data, list) else data[name]
    return data


def put(data: Any, names: tuple[str, ...], value: str) -> Any:
    """Return the data with the value at a path, of which the end may be missing."""
    if not names:
        return value
    if isinstance(data, list):
        where = int(names[0])
        return [*data[:where], put(data[where], names[1:], value), *data[where + 1 :]]
    return {**data, names[0]: put(data.get(names[0], {}), names[1:], value)}


@pytest.mark.parametrize(
    ("form", "key", "old", "new"), [(form, *change) for form in FORMS for change in form.changes], ids=name_of
)
def test_one_value_changes_and_nothing_else(form: Form, key: str, old: str, new: str) -> None:
    assert splice(old, key, NEW, form.form)[0] == new
    assert value_of(new, key, form.form) == NEW
    assert at(form.read(new), way(key, form.form)) == NEW


@pytest.mark.parametrize(
    ("form", "key", "old", "new"), [(form, *change) for form in FORMS for change in form.unread_changes], ids=name_of
)
def test_one_value_changes_in_what_strict_readers_do_not_take(form: Form, key: str, old: str, new: str) -> None:
    assert not form.is_read(new)
    assert splice(old, key, NEW, form.form)[0] == new
    assert value_of(new, key, form.form) == NEW


@pytest.mark.parametrize(
    ("form", "key", "text", "problem", "lines"),
    [(form, *refusal) for form in FORMS for refusal in form.refusals],
    ids=name_of,
)
def test_what_must_not_be_touched_is_refused_with_its_lines(
    form: Form, key: str, text: str, problem: TargetProblem, lines: tuple[int, ...]
) -> None:
    with pytest.raises(TargetError) as raised:
        splice(text, key, NEW, form.form)
    assert raised.value.problem is problem
    assert raised.value.trouble.lines == lines
    assert raised.value.trouble.key == key or problem is TargetProblem.BROKEN_FILE


@EVERY_FORM
def test_no_key_at_all_is_asked_for(form: Form) -> None:
    with pytest.raises(TargetError) as raised:
        splice("", "", NEW, form.form)
    assert raised.value.problem is TargetProblem.NO_KEY


@EVERY_FORM
@pytest.mark.parametrize(
    "name", ["MESSENGER_PAGE_ACCESS_TOKEN", "app-secret", "DB_PASSWORD", "page_token", "some_api-key"]
)
def test_a_key_that_is_for_a_secret_never_gets_an_app_id(form: Form, name: str) -> None:
    with pytest.raises(TargetError) as raised:
        splice("", name if isinstance(form.form, Dotenv) else f"facebook.{name}", NEW, form.form)
    assert raised.value.problem is TargetProblem.LOOKS_SECRET


@EVERY_FORM
@examples(40)
@given(data=st.data(), new=APP_IDS)
def test_in_any_file_only_the_characters_of_the_value_change(form: Form, data: st.DataObject, new: str) -> None:
    file = data.draw(form.written)
    assert value_of(file.text, file.key, form.form) == file.value
    spliced, _place = splice(file.text, file.key, new, form.form)
    assert spliced == file.before + new + file.after
    expected = put(form.read(file.text), file.names, f"{file.quote}{new}{file.quote}")
    assert form.read(spliced) == expected


@pytest.mark.parametrize("form", [form for form in FORMS if form.plain], ids=name_of)
@examples(40)
@given(data=st.data(), new=APP_IDS)
def test_a_value_without_quotes_becomes_a_text_in_quotes(form: Form, data: st.DataObject, new: str) -> None:
    file, plain = data.draw(form.written), data.draw(st.sampled_from(form.plain))
    before, after = file.before[:-1], file.after[1:]
    spliced, place = splice(before + plain + after, file.key, new, form.form)
    assert spliced == f'{before}"{new}"{after}'
    assert place.value == plain
    assert at(form.read(spliced), file.names) == new


@EVERY_FORM
@examples(40)
@given(data=st.data(), new=APP_IDS)
def test_in_any_file_without_the_key_it_is_added_and_all_else_stays(form: Form, data: st.DataObject, new: str) -> None:
    file = data.draw(form.written)
    names = data.draw(st.sampled_from(form.missing(file)))
    spliced, place = splice(file.text, ".".join(names), new, form.form)
    assert place.value is None
    assert spliced.startswith(file.text[: place.start])
    assert spliced.endswith(file.text[place.start :])
    assert form.read(spliced) == put(form.read(file.text), names, new)


@EVERY_FORM
@examples(40)
@given(data=st.data())
def test_any_text_is_either_changed_at_one_place_or_refused(form: Form, data: st.DataObject) -> None:
    text = data.draw(st.lists(st.sampled_from(form.pieces), max_size=25).map("".join))
    try:
        spliced, place = splice(text, form.key, NEW, form.form)
    except TargetError:
        return
    assert spliced.startswith(text[: place.start])
    assert spliced.endswith(text[place.end :])
    assert value_of(spliced, form.key, form.form) == NEW
    if form.is_read(text):
        assert form.read(spliced) == put(form.read(text), way(form.key, form.form), NEW)


@examples(40)
@given(file=with_comments(), new=APP_IDS)
def test_comments_and_trailing_commas_do_not_lead_astray(file: Written, new: str) -> None:
    spliced, _place = splice(file.text, file.key, new, Json())
    assert spliced == file.before + new + file.after
    added, _place = splice(spliced, f"{file.key}_2", new, Json())
    assert value_of(added, f"{file.key}_2", Json()) == new
    assert value_of(added, file.key, Json()) == new


@examples(40)
@given(text=without_key(), new=APP_IDS)
def test_in_any_dotenv_file_a_missing_key_comes_last_in_a_line_of_its_own(text: str, new: str) -> None:
    spliced, place = splice(text, KEY, new, Dotenv())
    assert place.value is None
    assert spliced.startswith(text)
    assert spliced[len(text) :].strip() == f"{KEY}={new}"
    assert DOTENV.read(spliced) == {**DOTENV.read(text), KEY: new}


@pytest.mark.parametrize("quote", ["'", '"'])
def test_quotes_that_some_readers_of_ini_take_away_stay(quote: str) -> None:
    old, new = (f"[a]\nb = {quote}{value}{quote}\nc = 2\n" for value in ("1", NEW))
    assert splice(old, "a.b", NEW, Ini())[0] == new
    assert value_of(new, "a.b", Ini()) == NEW
