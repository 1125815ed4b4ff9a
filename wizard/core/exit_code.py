"""What a program that called us is told when we end. Alone here: the first window waits for no more."""

from enum import IntEnum


class ExitCode(IntEnum):
    NO_PROBLEM = 0  # warnings, unknown and skipped included
    PROBLEM = 1  # of set-up, token or permission
    WRONG_USE = 2
    NOT_FOUND_OUT = 3  # network, limits, garbage
    WRONG_APP_HAS_IT = 4  # a conversation is with the wrong app; wins over all
