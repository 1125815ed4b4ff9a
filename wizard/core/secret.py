"""A token or a proof on its way through the program. It shows itself only to the one who asks for it by name."""

from typing import NoReturn

_HIDDEN = "Secret(hidden)"


class Secret:
    """Text that must not be seen. `reveal()` gives it; repr, str, format, pickle and encoders never do.

    Equality takes the same time wherever the texts differ. An empty one is false.
    """

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """Return the text itself: for the Authorization header, a form body and the system keyring, nothing else."""
        return self._text

    def __repr__(self) -> str:
        return _HIDDEN

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return _HIDDEN  # whatever the format asks for: a width would tell the length

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        import hmac  # with it comes OpenSSL, which the first page does without

        return hmac.compare_digest(_bytes(self._text), _bytes(other._text))

    def __hash__(self) -> int:
        return hash((Secret, self._text))

    def __copy__(self) -> "Secret":
        return self

    def __deepcopy__(self, memo: object) -> "Secret":
        return self  # frozen values that hold a secret may be copied with `dataclasses.asdict`

    def __getstate__(self) -> NoReturn:
        raise TypeError("a secret is not saved")

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("a secret is not saved")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")  # a pasted text may hold half a character
