"""Which Page is meant by what a person types or pastes."""

import re
from urllib.parse import parse_qs, urlsplit


def page_id_in(typed: str) -> str:
    """Return the Page's ID, or the name in its address, which m.me takes as well; "" where there is neither."""
    text = typed.strip()
    try:
        parts = urlsplit(text if "//" in text else f"https://{text}")
    except ValueError:  # half an IPv6 address
        return ""
    if re.search(r"(^|\.)(facebook\.com|m\.me|fb\.com|fb\.me)$", parts.hostname or ""):
        if ids := parse_qs(parts.query).get("id"):
            text = ids[0]
        else:
            names = [
                name for name in parts.path.split("/") if name and name not in ("pages", "people", "p", "profile.php")
            ]
            text = next((name for name in reversed(names) if name.isdigit()), names[0] if names else "")
            if found := re.search(r"-(\d{8,})$", text):  # facebook.com/Lumen-Coffee-107836259148302
                text = found.group(1)
    text = text.strip("@ ")
    return text if re.fullmatch(r"[A-Za-z0-9.]{5,60}|\d{5,20}", text) else ""
