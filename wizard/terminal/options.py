"""The options of the terminal's commands, as values."""

from dataclasses import dataclass, field
from pathlib import Path

from wizard.core import limits
from wizard.terminal.target_options import TargetOptions


@dataclass(frozen=True, slots=True)
class TokenOptions:
    """Where the token comes from: at most one is set. proof_env: name of a variable with the appsecret_proof. log_in:
    name of a log-in file, "" for the only one, None where it is not wanted. with_code: log in with a code. own_app: App
    ID of a Meta app of the person's own, to log in with."""

    env: str = ""
    stdin: bool = False
    remembered: bool = False
    none: bool = False
    proof_env: str = ""
    log_in: str | None = None
    with_code: bool = False
    own_app: str = ""

    @property
    def is_log_in(self) -> bool:
        """Whether the person logs in with Facebook."""
        return self.log_in is not None or bool(self.own_app)


@dataclass(frozen=True, slots=True)
class SetupOptions:
    """other_token_env: name of a variable with a token of the app on the other side, "" for none. reminder: where the
    calendar file goes that reminds of the next check."""

    token: TokenOptions = field(default_factory=TokenOptions)
    other_token_env: str = ""
    remember: bool = False
    page: str = ""
    bot: str = ""
    live_chat: str = ""
    targets: TargetOptions = field(default_factory=TargetOptions)
    confirm_roles: bool = False
    confirm_saved: bool = False
    test_conversation: str = ""
    consent: bool = False
    wait: float = field(
        default_factory=lambda: limits.MESSAGE
    )  # seconds a part of the test waits for a message, or for the bot
    simulated_owner: bool = False
    yes: bool = False
    reminder: Path | None = None
    as_json: bool = False
