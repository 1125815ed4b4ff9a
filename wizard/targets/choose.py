"""From what the person chose to the target itself."""

from pathlib import Path

from wizard.core.answers import TargetChoice
from wizard.core.target import TargetError, TargetProblem, TargetTrouble
from wizard.core.world import World
from wizard.targets.base import Target
from wizard.targets.dotenv import Dotenv
from wizard.targets.files import FileTarget
from wizard.targets.guided import GuidedTarget
from wizard.targets.ini_file import Ini
from wizard.targets.json_file import Json
from wizard.targets.presets import PresetKind, Presets
from wizard.targets.splice import Format
from wizard.targets.toml_file import Toml
from wizard.targets.unfinished import Unfinished
from wizard.targets.yaml_file import Yaml

FORMATS: dict[PresetKind, Format] = {
    PresetKind.DOTENV: Dotenv(),
    PresetKind.YAML: Yaml(),
    PresetKind.TOML: Toml(),
    PresetKind.JSON: Json(),
    PresetKind.INI: Ini(),
}


def target_for(choice: TargetChoice, presets: Presets, world: World, state: Path) -> Target:
    """Return the target of a choice; nothing of it is read yet. state: folder, e.g. `Places().backups`; what a wizard
    that died left beside files is removed. A key that was chosen wins over the preset's. Raises TargetError
    (UNKNOWN_PRESET, NO_FILE_CHOSEN, NO_KEY, BAD_KEY, BAD_KEY_PATH, NO_SECTION)."""
    preset = presets.by_name.get(choice.preset)
    if preset is None:
        raise TargetError(TargetTrouble(TargetProblem.UNKNOWN_PRESET))
    if preset.kind is PresetKind.GUIDED:
        return GuidedTarget(preset, world)
    if not choice.path.strip():
        raise TargetError(TargetTrouble(TargetProblem.NO_FILE_CHOSEN))
    key = choice.key.strip() or preset.key
    form = FORMATS[preset.kind]
    form.check_key(key)
    Unfinished(state).clear()
    return FileTarget(form, choice.path, key, state, preset.code_for("", key))
