"""What is known of all places of the App ID together, and what it becomes."""

from collections.abc import Sequence
from dataclasses import replace

from wizard.core.answers import Answers
from wizard.targets.bot_settings import Planned, Written
from wizard.ui.pages.bot_settings.change import PlaceState

Places = tuple[PlaceState, ...]


def planned(plans: Sequence[Planned], before: Places, is_confirmed: bool) -> Places:
    """With what can be undone of it. before: what was known. is_confirmed: the person said that it is saved."""
    known_by_choice = {place.planned.choice: place for place in before}
    places = []
    for one in plans:
        known = known_by_choice.get(one.choice)
        applied = (known.applied if known is not None else None) or one.earlier
        is_sent = one.plan.is_blind and (is_confirmed or (known is not None and known.is_written))
        places.append(PlaceState(one, applied if one.is_there else None, is_written=is_sent))
    return tuple(places)


def written(places: Places, results: Sequence[Written]) -> Places:
    """As they are after the write."""
    return tuple(_written(place, results) for place in places)


def _written(place: PlaceState, results: Sequence[Written]) -> PlaceState:
    done = next((one for one in results if one.choice == place.planned.choice), None)
    return place if done is None else replace(place, applied=done.applied, is_written=True, was_undone=False)


def undone(places: Places, number: int) -> Places:
    """As they are when one of them was undone, and all were looked at again."""
    return tuple(
        replace(place, was_undone=at == number, applied=None if at == number else place.applied)
        for at, place in enumerate(places)
    )


def unsent(places: Places, number: int) -> Places:
    """One of them is to be sent once more."""
    return tuple(replace(place, is_written=False) if at == number else place for at, place in enumerate(places))


def are_of(places: Places, answers: Answers) -> bool:
    """Whether these are the places that are chosen, with the App ID that is chosen."""
    if answers.live_chat is None or [place.planned.choice for place in places] != list(answers.targets):
        return False
    return all(place.planned.plan.app_id == answers.live_chat.id for place in places)


def is_last_in_its_file(places: Places, number: int) -> bool:
    """Two values of one file are undone in the opposite order."""
    where = places[number].planned.plan.where
    return not any(place.can_undo and place.planned.plan.where == where for place in places[number + 1 :])


def by_hand_first(places: Places, is_letter_offered: bool) -> int | None:
    """The number of the first place where a person must do something, None for none."""
    if any(one.needs_writing for one in places):
        return None
    plans = [place.planned.plan for place in places]
    return next((at for at, one in enumerate(plans) if one.is_guided and (one.link or is_letter_offered)), None)
