"""What a whole Page comes to."""

from enum import StrEnum


class Overall(StrEnum):
    """What a Page comes to, for whoever looks over many of them."""

    PROBLEM = "problem"
    WARNING = "warning"
    CLEAR = "clear"  # something was seen to be right, nothing to be wrong; some can never be told from outside
    UNKNOWN = "unknown"
    NOT_CHECKED = "not_checked"
