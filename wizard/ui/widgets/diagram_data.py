"""What the picture of a handover shows, and the same in words."""

from enum import StrEnum
from typing import NamedTuple

from wizard.i18n.language import _
from wizard.i18n.lists import listed


class Party(NamedTuple):
    """One box. role: "Answers first", "Takes over" or other words; app_id: "" where it is not known."""

    id: str
    name: str
    role: str = ""
    app_id: str = ""


class ArrowLook(StrEnum):
    DONE = "done"  # full line: it happened
    NEXT = "next"  # dashed: it will happen


class Arrow(NamedTuple):
    """gap: between which boxes, 0 for the first two, 1 for the second and third. forward: towards the later box."""

    caption: str
    forward: bool = True
    gap: int = 0
    look: ArrowLook = ArrowLook.DONE


class DiagramData(NamedTuple):
    """parties: two or three. arrows: at most one forward and one back in each gap. in_control: id of a party, "" where
    nobody or somebody unknown has control. proven: when it was seen to work, in a few words, "" where it was not."""

    parties: tuple[Party, ...]
    arrows: tuple[Arrow, ...] = ()
    in_control: str = ""
    proven: str = ""


def describe(picture: DiagramData) -> str:
    """Return the picture in words, for people who hear it."""
    parts = []
    for party in picture.parties:
        facts = [party.name, party.role, _("App ID {app_id}").format(app_id=party.app_id) if party.app_id else ""]
        if party.id == picture.in_control:
            facts.append(_("has control"))
        parts.append(listed(fact for fact in facts if fact))
    for arrow in picture.arrows:
        sides = picture.parties[arrow.gap].name, picture.parties[arrow.gap + 1].name
        start, end = sides if arrow.forward else sides[::-1]
        parts.append(_("From {start} to {end}: {caption}").format(start=start, end=end, caption=arrow.caption))
    if picture.proven:
        parts.append(picture.proven)
    return ". ".join(parts) + "."
