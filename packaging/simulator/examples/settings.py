"""Fill in the settings file of an example with what the stand-in says of itself: python settings.py WORLD_JSON FOLDER

WORLD_JSON: what `simulator` printed. `{tokens.page}` in FOLDER's example of a settings file stands for the value there.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

PLACE = re.compile(r"\{([a-z_]+(?:\.[a-z_]+)*)\}")


def fill_in(world: Any, folder: Path) -> Path:
    """Write the settings file and return its path."""
    (example,) = folder.glob("*example*")

    def value(place: re.Match[str]) -> str:
        found = world
        for name in place[1].split("."):
            found = found[name]
        return str(found)

    file = folder / example.name.replace(".example", "")
    file.write_text(PLACE.sub(value, example.read_text(encoding="utf-8")), encoding="utf-8")
    return file


if __name__ == "__main__":
    _, world_json, folder = sys.argv
    print(f"written: {fill_in(json.loads(Path(world_json).read_text(encoding='utf-8')), Path(folder))}")
