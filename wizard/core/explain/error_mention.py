"""One error as it stands in a text."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class ErrorMention:
    """One error where it stands in a text. line: from 1. call: name such as "take_thread_control", with the method in
    front where the text has it; "" if not told. is_transient: as Facebook says, None where it does not.

    words: all that was said of it, for recognising it; message is the part that is shown."""

    line: int
    code: int | None = None
    subcode: int | None = None
    message: str = ""
    user_title: str = ""
    user_message: str = ""
    is_transient: bool | None = None
    trace_id: str = ""
    call: str = ""
    words: str = field(default="", repr=False)
