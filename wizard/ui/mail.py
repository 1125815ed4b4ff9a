"""Addresses that open the e-mail program."""

import sys
from urllib.parse import quote

LONGEST = 1_900 if sys.platform == "win32" else 20_000  # characters of an address that an e-mail program is given


def mail_link(subject: str, body: str) -> tuple[str, bool]:
    """Return an address that opens the e-mail program with a message, and whether the text is in it: one that is too
    long for that is left out."""
    start = f"mailto:?subject={quote(subject)}"
    whole = f"{start}&body={quote(body)}"
    return (whole, True) if len(whole) <= LONGEST else (start, False)
