"""What one run of the program keeps while it lives: its log of crashes, and that it is the one window."""

from wizard.store.log import log_crash
from wizard.store.one_window import OneWindow

__all__ = ["OneWindow", "log_crash"]
