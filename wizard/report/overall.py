"""What a whole Page comes to."""

from enum import StrEnum

from wizard.core.verdict import State


class Overall(StrEnum):
    """What a Page comes to, for whoever looks over many of them. In the order in which they want to see them."""

    PROBLEM = "problem"
    NOT_CHECKED = "not_checked"
    WARNING = "warning"
    UNKNOWN = "unknown"
    CLEAR = "clear"  # something was seen to be right, nothing to be wrong; some can never be told from outside


def overall(worst: State, has_good: bool, is_reached: bool, is_partly_read: bool) -> Overall:
    """worst: of all verdicts. has_good: something was seen to be right. is_reached: the Page could be asked about.
    is_partly_read: a call failed, so what is wrong may have stayed unseen."""
    if worst in (State.PROBLEM, State.WARNING):
        return Overall(worst.value)
    if not is_reached:
        return Overall.NOT_CHECKED
    if is_partly_read:
        return Overall.UNKNOWN
    return Overall.CLEAR if has_good else Overall(worst.value)
