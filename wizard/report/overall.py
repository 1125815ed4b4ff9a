"""What a whole Page comes to."""

from enum import StrEnum


class Overall(StrEnum):
    """What a Page comes to, for whoever looks over many of them. In the order in which they want to see them."""

    PROBLEM = "problem"
    NOT_CHECKED = "not_checked"
    WARNING = "warning"
    UNKNOWN = "unknown"
    CLEAR = "clear"  # something was seen to be right, nothing to be wrong; some can never be told from outside
