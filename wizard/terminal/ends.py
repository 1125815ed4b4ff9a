"""How a run of the terminal ends before its last step."""

from wizard.core.outcome import ExitCode


class SetupEnds(Exception):
    """The route cannot go on; what there is to say was said. code: what the program answers."""

    def __init__(self, code: ExitCode) -> None:
        super().__init__(code.name)
        self.code = code
