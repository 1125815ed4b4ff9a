"""Write what the program is made of as an SBOM in CycloneDX: sbom.py OUT.cdx.json [TOOLS]

TOOLS: the folder that packaging/tools.txt was installed into; .venv/tools if not given.
Of the environment that runs this: what the program needs of it, with versions, and the parts of
resources/licences/parts.toml that every copy has. Nothing is asked of the network.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # from a source tree, whatever is installed

from wizard.core.licences import (
    COPYRIGHT,
    OWN_LICENCE,
    OWN_NAME,
    Component,
    built_in_components,
    canonical,
    installed_components,
)
from wizard.core.version import __version__

ROOT = Path(__file__).resolve().parents[1]
TOOLS = ROOT / ".venv" / "tools"
_SPEC = "1.6"
_CHECK = """
import sys
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
trouble = JsonStrictValidator(SchemaVersion.V1_6).validate_str(sys.stdin.read())
sys.exit(str(trouble) if trouble is not None else 0)
"""


class InvalidSbom(Exception):
    """What was written is no CycloneDX; the text says where."""


def sbom(tools: Path = TOOLS) -> dict[str, Any]:
    """Return the document. Raises subprocess.CalledProcessError, OSError."""
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder) / "all.json"
        command = [sys.executable, "-m", "cyclonedx_py", "environment", "--pyproject", str(ROOT / "pyproject.toml")]
        command += ["--spec-version", _SPEC, "--output-reproducible", "--of", "JSON", "-o", str(written)]
        command.append("--no-validate")  # most of it is left out below; what is left is checked
        surroundings = {**os.environ, "PYTHONPATH": str(tools)}
        subprocess.run([*command, sys.executable], check=True, capture_output=True, text=True, env=surroundings)
        document: dict[str, Any] = json.loads(written.read_text(encoding="utf-8"))
    needed = {canonical(part.name) for part in installed_components()}
    components = [part for part in document["components"] if canonical(part["name"]) in needed]
    root = document["metadata"]["component"]
    root |= {"version": __version__, "licenses": [{"license": {"id": OWN_LICENCE}}], "copyright": COPYRIGHT}
    kept = {root["bom-ref"], *(part["bom-ref"] for part in components)}
    document["dependencies"] = [
        {**each, "dependsOn": [ref for ref in each["dependsOn"] if ref in kept]} if "dependsOn" in each else each
        for each in document["dependencies"]
        if each["ref"] in kept
    ]
    for part in components:  # where it lay on the machine that built it
        part.pop("externalReferences", None)
    built_in = [_component(part) for part in built_in_components()]
    document["components"] = components + built_in
    own = next(each for each in document["dependencies"] if each["ref"] == root["bom-ref"])
    own["dependsOn"] = sorted({*own.get("dependsOn", ()), *(part["bom-ref"] for part in built_in)})
    document["dependencies"] += [{"ref": part["bom-ref"]} for part in built_in]
    return document


def check(document: str, tools: Path = TOOLS) -> None:
    """Raises InvalidSbom if it does not keep to CycloneDX's own schema, which comes with its library."""
    checked = subprocess.run(
        [sys.executable, "-c", _CHECK],
        input=document,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(tools), "PYTHONUTF8": "1"},
        check=False,
    )
    if checked.returncode != 0:
        raise InvalidSbom(checked.stderr.strip())


def _component(part: Component) -> dict[str, Any]:
    component: dict[str, Any] = {
        "type": "library",
        "bom-ref": f"built-in-{canonical(part.name.replace(' ', '-'))}",
        "name": part.name,
        "licenses": [{"license": {"name": part.licence}}],
        "copyright": part.copyright,
    }
    if part.name == "Python":
        component["version"] = ".".join(map(str, sys.version_info[:3]))
    if part.name == "Qt":
        component["version"] = next(
            each.version for each in installed_components() if each.name == "PySide6_Essentials"
        )
    return component


def main(target: Path, tools: Path = TOOLS) -> None:
    text = json.dumps(sbom(tools), indent=2, ensure_ascii=False) + "\n"
    check(text, tools)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8", newline="\n")
    print(f"{target}: {OWN_NAME} {__version__}, {len(json.loads(text)['components'])} parts")


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        raise SystemExit(__doc__)
    main(*map(Path, sys.argv[1:]))
