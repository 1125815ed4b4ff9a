"""Short catalogues as somebody sends them, and what reading one comes to."""

from pathlib import Path

import pytest

from wizard.catalogues.readers import read
from wizard.core.catalogues import Catalogue, CatalogueError

PATHS = """
kind = "ui-paths"
version = 1
date = 2026-12-24
source = "Support"

[[setting]]
id = "default_app"
title = "{bot} is the default app"
text = "It answers first."

[[setting.path]]
generation = "routing"
title = "Settings"
link = "{facebook}/settings?tab=routing"
steps = ["Choose “{page}”.", "Save."]

[translations.de]
"Save." = "Speichern Sie."
"""
ERRORS = """
kind = "errors"
version = 1
date = 2026-12-24
source = "Support"

[[error]]
id = "of-tomorrow"
kind = "unknown"
title = "Something new happened."
action = "Wait."
who = "wait"
asked = ["something new"]
match = [{ codes = [4711], words = ["brand new"], calls = ["take_thread_control"], between = [4700, 4800] }]
"""


def file(folder: Path, text: str, was: str = "", now: str = "") -> Path:
    assert was in text
    path = folder / "sent.toml"
    path.write_text(text.replace(was, now, 1) if was else text, encoding="utf-8")
    return path


def catalogue(path: Path) -> Catalogue:
    what = read(path)[1]
    assert isinstance(what, Catalogue)
    return what


def wrong(path: Path) -> CatalogueError:
    with pytest.raises(CatalogueError) as caught:
        read(path)
    return caught.value
