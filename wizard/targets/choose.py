"""From what the person chose to the target itself."""

from collections.abc import Callable
from pathlib import Path

from wizard.core.cancel import CancelToken
from wizard.core.secret import Secret
from wizard.core.target import TargetChoice, TargetError, TargetProblem, TargetTrouble
from wizard.core.world import World
from wizard.targets.base import Target
from wizard.targets.dotenv import Dotenv
from wizard.targets.files import FileTarget
from wizard.targets.guided import GuidedTarget
from wizard.targets.http_shape import METHODS, Api, Method
from wizard.targets.ini_file import Ini
from wizard.targets.json_file import Json
from wizard.targets.presets import Preset, PresetKind, Presets
from wizard.targets.splice import FileFormat
from wizard.targets.toml_file import Toml
from wizard.targets.unfinished import Unfinished
from wizard.targets.yaml_file import Yaml

FORMATS: dict[PresetKind, FileFormat] = {
    PresetKind.DOTENV: Dotenv(),
    PresetKind.YAML: Yaml(),
    PresetKind.TOML: Toml(),
    PresetKind.JSON: Json(),
    PresetKind.INI: Ini(),
}

# Asked with an address and the name of a header: the key of that settings API, None where none is known.
Keys = Callable[[str, str], Secret | None]


def target_for(
    choice: TargetChoice,
    presets: Presets,
    world: World,
    state: Path,
    keys: Keys | None = None,
    cancel: CancelToken | None = None,
) -> Target:
    """Return the target of a choice; nothing of it is read yet. state: folder, e.g. `Places().backups`; what a wizard
    that died left beside files is removed. What was chosen wins over the preset's. cancel: stops a settings API.
    Raises TargetError (UNKNOWN_PRESET, NO_FILE_CHOSEN, NO_KEY, BAD_KEY, BAD_KEY_PATH, NO_SECTION, and what `Api.check`
    raises)."""
    preset = chosen_preset(choice, presets)
    if preset.kind is PresetKind.GUIDED:
        return GuidedTarget(preset, world)
    if preset.kind is PresetKind.HTTP:
        from wizard.targets.http_api import HttpTarget  # with it comes the web part, which is slow to import

        api = api_of(choice, preset, world)
        key = keys(api.url, api.header) if keys is not None and api.header else None
        return HttpTarget(api, key, cancel or CancelToken(), preset.code_for("", api.pointer))
    if not choice.path.strip():
        raise TargetError(TargetTrouble(TargetProblem.NO_FILE_CHOSEN))
    key_name = choice.key.strip() or preset.key
    form = FORMATS[preset.kind]
    form.check_key(key_name)
    Unfinished(state).clear()
    return FileTarget(form, choice.path, key_name, state, preset.code_for("", key_name))


def chosen_preset(choice: TargetChoice, presets: Presets) -> Preset:
    """Raises TargetError (UNKNOWN_PRESET)."""
    preset = presets.by_name.get(choice.preset)
    if preset is None:
        raise TargetError(TargetTrouble(TargetProblem.UNKNOWN_PRESET))
    return preset


def api_of(choice: TargetChoice, preset: Preset, world: World) -> Api:
    """The settings API of a choice. Raises TargetError, as `Api.check` does."""
    url = choice.url.strip() or world.link(preset.url)
    header = choice.header.strip() or preset.header
    method = choice.method or preset.method or Method.PUT
    if method not in METHODS:  # of a file that somebody else, or a newer program, wrote
        raise TargetError(TargetTrouble(TargetProblem.UNKNOWN_METHOD, url, method))
    is_practices = bool(world.platform_api) and url.startswith(f"{world.platform_api}/")
    api = Api(
        url,
        Method(method),
        choice.key.strip() or preset.key,
        choice.template.strip() or preset.template,
        "Authorization" if header is None else header,
        prefix_of(preset, header),
        preset.content_type or "application/json",
        (choice.private_ok and not world.control) or is_practices,
    )
    api.check()
    if world.control and not api.private_ok:  # practice never touches what is real
        raise TargetError(TargetTrouble(TargetProblem.NOT_IN_PRACTICE, api.where))
    return api


def prefix_of(preset: Preset, header: str | None) -> str:
    """What stands before the key: what the preset says, else Bearer where it travels in the usual header."""
    if preset.prefix is not None:
        return preset.prefix
    return "Bearer " if (header or "Authorization").lower() == "authorization" else ""
