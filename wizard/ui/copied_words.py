"""What became of a text that was put on the clipboard, in words."""

from wizard.i18n.language import _
from wizard.ui.clipboard import Copied


def told(copied: Copied, yes: str, no: str) -> str:
    """yes, no: what to say where that is known."""
    return {Copied.YES: yes, Copied.NO: no, Copied.UNSEEN: unseen()}[copied]


def unseen(text: str = "") -> str:
    """text: where it is short, its end is named, to be compared."""
    if text:
        return _(
            "Your desktop does not let the wizard look at the clipboard just now, so it cannot tell whether this was "
            "copied. Paste it and compare the end: …{end}"
        ).format(end=text[-4:])
    return _(
        "Your desktop does not let the wizard look at the clipboard just now, so it cannot tell whether this was "
        "copied. Paste it and look."
    )
