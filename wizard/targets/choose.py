"""From what the person chose to the target itself."""

from pathlib import Path

from wizard.core.answers import TargetChoice
from wizard.core.target import TargetError, TargetProblem, TargetTrouble
from wizard.core.world import World
from wizard.store.backups import BackupFolder
from wizard.targets.base import Target
from wizard.targets.dotenv import Dotenv
from wizard.targets.files import FileTarget
from wizard.targets.guided import GuidedTarget
from wizard.targets.presets import PresetKind, Presets


def target_for(choice: TargetChoice, presets: Presets, world: World, backups: Path) -> Target:
    """Return the target of a choice; nothing is read yet. backups: folder, e.g. `Places().backups`. A key that was
    chosen wins over the preset's. Raises TargetError (UNKNOWN_PRESET, NO_FILE_CHOSEN, NO_KEY)."""
    preset = presets.by_name.get(choice.preset)
    if preset is None:
        raise TargetError(TargetTrouble(TargetProblem.UNKNOWN_PRESET))
    if preset.kind is PresetKind.GUIDED:
        return GuidedTarget(preset, world)
    if not choice.path.strip():
        raise TargetError(TargetTrouble(TargetProblem.NO_FILE_CHOSEN))
    key = choice.key.strip() or preset.key
    Dotenv().check_key(key)
    return FileTarget(Dotenv(), choice.path, key, BackupFolder(backups))
