"""The exit codes of the program. A module of its own, so that importing it before the first window is cheap."""

from enum import IntEnum


class ExitCode(IntEnum):
    NO_PROBLEM = 0  # warnings, unknown and skipped included
    PROBLEM = 1  # of set-up, token or permission
    WRONG_USE = 2
    NOT_FOUND_OUT = 3  # network, limits, garbage
    WRONG_APP_HAS_IT = 4  # a conversation is with the wrong app; wins over all
