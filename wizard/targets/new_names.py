"""Before a key is added: whether programs would find it, or whether another way of writing was meant."""

import re
from collections.abc import Sequence

from wizard.targets.path import as_path
from wizard.targets.readers import Way

# Ways of other tools: /facebook/id, Facebook:Id, facebook->id, pages[0].id, $.facebook.id
_SIGNS = re.compile(r"->|[/\\:\[\]$#>]+")
_NO_VARIABLE = re.compile(r"[.-]+")  # a shell has no variables of such names
_EDGE = " '\"."
_SAME = re.compile(r"[-_ ]")


def right_way(names: Way, there: Sequence[Sequence[str]]) -> str:
    """Return how the key is written so that it leads where it was meant to, "" where it does. names: of the key; there:
    the names that stand in each group on the way, the last is where the new name comes in."""
    for level, beside in enumerate(there):
        rest = names[level:]
        for count in range(2, len(rest) + 1):  # names with dots in them
            if ".".join(rest[:count]) in beside:
                return as_path((*names[:level], ".".join(rest[:count]), *rest[count:]))
    done, missing = names[: len(there) - 1], names[len(there) - 1 :]
    beside = there[-1]
    if like := _like(missing[0], beside):
        return as_path((*done, like, *missing[1:]))
    if len(missing) > 1 and any(name.startswith(f"{missing[0]}.") for name in beside):
        return as_path((*done, ".".join(missing)))
    parts = [_parts(name, beside) for name in missing]
    if any(len(inner) != 1 or inner[0] != name for inner, name in zip(parts, missing, strict=True)):
        return as_path((*done, *(one for inner in parts for one in inner)))
    return ""


def right_name(name: str, beside: Sequence[str]) -> str:
    """The same where a key is one name, as in `.env`. beside: all names of the file."""
    if like := _like(name, beside):
        return like
    if _NO_VARIABLE.search(name) and beside and not any(map(_NO_VARIABLE.search, beside)):
        plain = _NO_VARIABLE.sub("_", name)
        return plain.upper() if all(one == one.upper() for one in beside) else plain
    return ""


def _like(name: str, beside: Sequence[str]) -> str:
    """A name that differs only in capitals, hyphens and underscores: many programs take both for one."""
    return next((one for one in beside if one != name and _plain(one) == _plain(name)), "")


def _plain(name: str) -> str:
    return _SAME.sub("", name).casefold()


def _parts(name: str, beside: Sequence[str]) -> list[str]:
    """The names in one with signs of another way of writing. Where names beside it have the same, it is one name."""
    signs = set(_SIGNS.findall(name))
    if "__" in name and name.partition("__")[0] in beside:  # as .NET reads it from the surroundings, not from a file
        return [one for one in name.split("__") if one]
    if not signs or all(any(sign in one for one in beside) for sign in signs):
        return [name]
    return [one for part in _SIGNS.split(name) if (one := part.strip(_EDGE))]
