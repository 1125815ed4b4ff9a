"""The one way to the text of a tool tip."""

from PySide6.QtGui import Qt

from wizard.ui.lines import for_box


def plain_tool_tip(text: str) -> str:
    """Return what shows exactly this text as a tool tip, also in an item's ToolTipRole.

    Qt takes a text that looks like HTML for HTML, and loads the pictures in it: a name may come from a stranger's file.
    """
    text = for_box(text)
    if not Qt.mightBeRichText(text):
        return text
    from html import escape  # with it comes the table of all HTML entities

    return f"<qt>{escape(text)}</qt>"
