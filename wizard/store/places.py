"""Where the program keeps its files. Practice has a name of its own, so that it never meets what is real."""

from pathlib import Path
from typing import NamedTuple

from platformdirs import PlatformDirs

LIFE = "handover-wizard"
PRACTICE = "handover-wizard-practice"


class Places(NamedTuple):
    """Folders of one application name, as the system wants them. Nothing is made until something is written.

    On macOS and Windows configuration and state share a folder: the names inside them differ everywhere.
    """

    name: str = LIFE

    @property
    def config(self) -> Path:
        return self._dirs.user_config_path

    @property
    def state(self) -> Path:
        return self._dirs.user_state_path

    @property
    def logs(self) -> Path:
        return self._dirs.user_log_path

    @property
    def answers(self) -> Path:
        return self.config / "answers.json"

    @property
    def language(self) -> Path:
        """The code of the language that was chosen in the window."""
        return self.config / "language"

    @property
    def tokens(self) -> Path:
        """Names of remembered tokens; the tokens themselves are in the system's keyring."""
        return self.config / "remembered.json"

    @property
    def setups(self) -> Path:
        return self.config / "setups"

    @property
    def presets(self) -> Path:
        """Presets that the person added."""
        return self.config / "presets"

    @property
    def catalogues(self) -> Path:
        """Newer instructions and error texts that were imported."""
        return self.config / "catalogues"

    @property
    def log_ins(self) -> Path:
        """Log-in files of vendors that were imported."""
        return self.config / "log-ins"

    @property
    def journal(self) -> Path:
        return self.state / "open-tests"

    @property
    def backups(self) -> Path:
        """What configuration files held before they were changed."""
        return self.state / "backups"

    @property
    def undo(self) -> Path:
        """What was written into bots' settings, so that it can be undone later."""
        return self.state / "undo"

    @property
    def _dirs(self) -> PlatformDirs:
        return PlatformDirs(self.name, appauthor=False)
