"""Names one after the other, with the comma of the language that is spoken."""

from collections.abc import Iterable

from wizard.i18n.language import current

# Where the comma is not ours (CLDR 46, list patterns of the type unit).
_COMMAS = {"ar": "، ", "fa": "، ", "ja": "、", "ur": "، ", "zh": "、"}


def listed(names: Iterable[str]) -> str:
    return comma().join(names)


def comma() -> str:
    return _COMMAS.get(current().split("_")[0], ", ")
