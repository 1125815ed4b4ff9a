"""Whoever reports or changes something is told never to show a token, and meets rules that hold."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
GITHUB = ROOT / ".github"
FORMS = sorted(path for path in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml")


def read(path: Path) -> dict[str, Any]:
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_form_begins_with_the_warning_and_has_what_github_needs(path: Path) -> None:
    form = read(path)
    assert {"name", "description", "body"} <= set(form)
    first, *fields = form["body"]
    assert first["type"] == "markdown"
    assert "Never paste an access token" in first["attributes"]["value"]
    assert len({field["id"] for field in fields}) == len(fields)
    assert all(field["attributes"]["label"] for field in fields)
    assert any(field.get("validations", {}).get("required") for field in fields)


def test_no_address_of_a_person_stands_in_what_github_shows() -> None:
    for path in (*GITHUB.glob("*.md"), *FORMS):
        assert not re.search(r"[\w.+-]+@[\w-]+\.\w", path.read_text(encoding="utf-8")), path.name


def test_what_is_updated_by_itself_lies_where_it_is_looked_for() -> None:
    wanted = {"pip": "constraints.txt", "npm": "package-lock.json", "github-actions": ".github/workflows"}
    updates = read(GITHUB / "dependabot.yml")["updates"]
    assert {update["package-ecosystem"] for update in updates} == set(wanted)
    for update in updates:
        assert (ROOT / update["directory"].strip("/") / wanted[update["package-ecosystem"]]).exists()


def test_before_a_commit_the_same_is_asked_as_by_make_lint() -> None:
    (own,) = read(ROOT / ".pre-commit-config.yaml")["repos"]
    assert own["repo"] == "local"
    entries = {hook["entry"].split()[0] for hook in own["hooks"]}
    rules = (ROOT / "Makefile").read_text(encoding="utf-8").partition("\nlint:")[2].partition("\n\n")[0]
    assert entries == {f".venv/bin/{name}" for name in re.findall(r"\$\(BIN\)/([\w-]+)", rules)}
