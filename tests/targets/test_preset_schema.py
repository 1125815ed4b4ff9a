"""The schema that is shipped for presets says what the program says."""

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.targets import test_http_presets, test_presets
from wizard.core.resource import resource
from wizard.targets.presets import FIELDS, PresetKind

SCHEMA = json.loads(resource("presets/preset.schema.json").read_text(encoding="utf-8"))
SHIPPED = sorted([*resource("presets").glob("*.toml"), *resource("presets/example").glob("*.toml")])


def is_right(text: str) -> bool:
    data = tomllib.loads(text)
    dated = {name: value.isoformat() if isinstance(value, date) else value for name, value in data.items()}
    checker = Draft202012Validator.FORMAT_CHECKER
    return bool(Draft202012Validator(SCHEMA, format_checker=checker).is_valid(dated))


def test_it_is_a_schema_of_the_fields_and_kinds_that_are_read() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert set(SCHEMA["properties"]) == set(FIELDS)
    assert set(SCHEMA["properties"]["kind"]["enum"]) == set(PresetKind)


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_every_shipped_preset_and_the_example_fit(file: Path) -> None:
    assert is_right(file.read_text(encoding="utf-8"))


def mistakes(own: str, module: Any, test: str) -> list[str]:
    """The presets with a mistake that the tests of the reader use."""
    (mark,) = getattr(module, test).pytestmark
    return [own.replace(was, now) for was, now, _place in mark.args[1]]


MISTAKES = [
    *mistakes(test_presets.OWN, test_presets, "test_a_preset_with_a_mistake_is_named_and_hides_no_other"),
    *mistakes(test_http_presets.OWN, test_http_presets, "test_a_mistake_in_a_preset_of_an_api_is_named"),
]


@pytest.mark.parametrize("text", MISTAKES)
def test_what_the_program_refuses_the_schema_refuses_unless_only_the_program_can_tell(text: str) -> None:
    try:
        fits = is_right(text)
    except tomllib.TOMLDecodeError:
        return
    only_the_program_can_tell = ('template = "{app_id}"', 'header = "Host"', 'prefix = "ä"')
    assert fits is any(mark in text for mark in only_the_program_can_tell)
