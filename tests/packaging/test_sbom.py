"""The list of parts names what the program needs, and nothing that only its makers need."""

import json
from pathlib import Path

import pytest
import sbom

from wizard.core.licences import COPYRIGHT, installed_components
from wizard.core.version import __version__


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> str:
    target = tmp_path_factory.mktemp("sbom") / "wizard.cdx.json"
    sbom.main(target)
    return target.read_text(encoding="utf-8")


def test_it_names_every_part_with_version_and_none_of_the_tools(text: str) -> None:
    document = json.loads(text)
    versions = {part["name"]: part.get("version") for part in document["components"]}
    assert {part.name: part.version for part in installed_components()}.items() <= versions.items()
    assert {"Qt", "Python", "HarfBuzz"} <= set(versions)
    assert not {"pytest", "zizmor", "ruff", "selenium", "chardet"} & set(versions)
    program = document["metadata"]["component"]
    assert (program["version"], program["licenses"]) == (__version__, [{"license": {"id": "MIT"}}])
    assert program["copyright"] == COPYRIGHT


def test_every_dependency_leads_to_a_part_that_is_listed(text: str) -> None:
    document = json.loads(text)
    known = {part["bom-ref"] for part in document["components"]} | {document["metadata"]["component"]["bom-ref"]}
    for each in document["dependencies"]:
        assert {each["ref"], *each.get("dependsOn", ())} <= known


def test_the_same_environment_gives_the_same_list_which_says_nothing_of_the_machine(text: str, tmp_path: Path) -> None:
    again = tmp_path / "again.json"
    sbom.main(again)
    assert again.read_text(encoding="utf-8") == text
    assert str(sbom.ROOT) not in text
    assert "file://" not in text


def test_what_is_no_cyclonedx_is_refused(text: str) -> None:
    broken = json.loads(text)
    broken["components"][0]["type"] = "nonsense"
    with pytest.raises(sbom.InvalidSbom, match="nonsense"):
        sbom.check(json.dumps(broken))
