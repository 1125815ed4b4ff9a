"""Where the App ID goes, as options say it: one place or several, in their order."""

from collections.abc import Sequence
from dataclasses import dataclass

from wizard.core.target import TargetChoice
from wizard.i18n.language import _
from wizard.targets.presets import Presets

DEFAULT_TARGET = "flow-ai"


@dataclass(frozen=True, slots=True)
class TargetOptions:
    """names: presets. files, keys: of those that need one, in the same order. url, method, template, header: of the
    one settings API. key_env: name of a variable with its key. trust_address: it may lie in a private network."""

    names: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    url: str = ""
    method: str = ""
    template: str = ""
    header: str = ""
    key_env: str = ""
    trust_address: bool = False


class OptionsDoNotFit(Exception):
    """More was given than there are targets for; the text says what."""


def choices_of(options: TargetOptions, presets: Presets) -> tuple[TargetChoice, ...]:
    """Return the places, each with its file and key. Raises OptionsDoNotFit."""
    names = options.names or (DEFAULT_TARGET,)
    files, keys = list(options.files), list(options.keys)
    is_alone = len(names) == 1
    choices = []
    for name in names:
        preset = presets.by_name.get(name)
        if preset is None or preset.is_guided:
            choices.append(TargetChoice(name))
            continue
        path = "" if preset.is_http or not files else files.pop(0)
        key = keys.pop(0) if keys and (is_alone or not preset.key) else ""
        if preset.is_http:
            choices.append(
                TargetChoice(
                    name,
                    key=key,
                    url=options.url,
                    method=options.method,
                    template=options.template,
                    header=options.header,
                    private_ok=options.trust_address,
                )
            )
        else:
            choices.append(TargetChoice(name, path, key))
    _check_nothing_is_left(files, keys)
    return tuple(choices)


def _check_nothing_is_left(files: Sequence[str], keys: Sequence[str]) -> None:
    if files:
        raise OptionsDoNotFit(_("There is a --file too many: {value}").format(value=files[0]))
    if keys:
        raise OptionsDoNotFit(_("There is a --key too many: {value}").format(value=keys[0]))
