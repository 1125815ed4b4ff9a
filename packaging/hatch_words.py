"""Build hook: a wheel carries compiled translations and the data of `resources/` as `wizard/resources`."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).parent))  # hatchling loads this file alone, without its folder

from compile_words import compile_words


class WordsHook(BuildHookInterface[Any]):
    """Compile before the files are collected; an editable install reads `resources/` where it lies."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        resources = Path(self.root) / "resources"
        compile_words(resources / "locale")
        if version != "editable":
            build_data["force_include"][str(resources)] = "wizard/resources"
