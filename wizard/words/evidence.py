"""What a call answered, in a few words. Verdicts keep it in English, in files too; people read it in their language."""

import re

from wizard.i18n.language import _, mark

_SAID = (
    mark("a lasting log-in"),
    mark("all five fields"),
    mark("an answer"),
    mark("an empty list"),
    mark("app {what}"),
    mark("is_owner is present"),
    mark("lists receivers"),
    mark("lists {what}"),
    mark("looks like a token"),
    mark("no answer"),
    mark("no app"),
    mark("no task"),
    mark("only an expiration"),
    mark("without {what}"),
    mark("works for {what} s"),
)
_CALLS = (mark("pasted text"), mark("usage headers"), mark("Date header"), mark("names"))
_FORMS = [(re.compile(re.escape(one).replace(r"\{what\}", "(.+)")), one) for one in _SAID]


def answer(said: str) -> str:
    """said: `Evidence.answer`. Facebook's own codes and names stay as they are."""
    for form, sentence in _FORMS:
        if (found := form.fullmatch(said)) is not None:
            return _(sentence).format(what=found[1]) if found.groups() else _(sentence)
    return said


def call(name: str) -> str:
    """name: `Evidence.call`; calls of the Graph API stay as they are."""
    return _(name) if name in _CALLS else name
