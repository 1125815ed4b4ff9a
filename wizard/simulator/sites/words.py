"""What the pretend sites say, in the language of whoever practises.

Only the browser of a person says which languages it can show: programs that read the sites get English.
"""

import gettext

from flask import request

from wizard.core.resource import resource

ENGLISH = "en"
_LABEL = "label"  # the context of Facebook's own words, in the files that a build makes
_MIRRORED = ("ar", "fa", "he", "ur")


class Words:
    """code: of a language, as "de"; English where there is no translation into it."""

    def __init__(self, code: str = ENGLISH) -> None:
        self.speak(code)

    def speak(self, code: str) -> None:
        self._code, self._catalogue = ENGLISH, gettext.NullTranslations()
        if code.replace("_", "").isalnum():  # it must not become a path
            try:
                with resource(f"practice/words/{code}.mo").open("rb") as file:
                    self._code, self._catalogue = code, gettext.GNUTranslations(file)
            except FileNotFoundError:
                pass

    def sentence(self, text: str) -> str:
        return self._catalogue.gettext(text) if text and self.code() != ENGLISH else text

    def label(self, text: str) -> str:
        """Facebook's own word for it in this language where that is known, else the English one with a translation."""
        return self._catalogue.pgettext(_LABEL, text) if self.code() != ENGLISH else text

    def code(self) -> str:
        """The language of this request."""
        return self._code if request.accept_languages else ENGLISH

    def is_mirrored(self) -> bool:
        return self.code().partition("_")[0] in _MIRRORED
