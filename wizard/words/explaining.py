"""What a pasted text means: an error text, a code, a JSON body, a whole log, or a question in plain words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from wizard.core.errors import ErrorKind, Failure
from wizard.core.explain.error_mention import ErrorMention
from wizard.core.explain.error_parser import find_errors
from wizard.core.explain.error_rules import NOBODY, Advice, ErrorEntry, entries, explaining
from wizard.core.explain.redact import HIDDEN, redact
from wizard.core.explain.replies import Reply, find_replies, meaning_of_word
from wizard.core.explain.symptoms import found_by_words
from wizard.i18n.language import _, ngettext
from wizard.i18n.texts import translate
from wizard.words.errors import details, in_facebooks_words
from wizard.words.replies import said_of

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Explained:
    """One trouble found in a text. id: of the catalogue entry, UNKNOWN for an error that is not in it.

    title, action, who, link_template, facebook_says: as in `words.errors.Explanation`. number: "10/2018300", "190" or
    "". times: in how many places it stands; line: the first one, from 1; both 0 for what was found by plain words.
    instagram: it concerns nothing else. details: lines to copy. checked, source: where the catalogue has it from.
    is_reply: it is no error, but an answer or event that tells something. sign: a question whose Yes speaks for this
    trouble, "" where none is known. again: says the same in the language spoken then."""

    id: str
    title: str
    action: str
    who: str
    link_template: str
    checked: date
    source: str
    number: str = ""
    times: int = 0
    line: int = 0
    instagram: bool = False
    details: tuple[str, ...] = ()
    facebook_says: str = ""
    is_reply: bool = False
    sign: str = ""
    again: "Callable[[], Explained] | None" = field(default=None, compare=False, repr=False)

    @property
    def is_known(self) -> bool:
        return self.id != UNKNOWN

    @property
    def is_likely_only(self) -> bool:
        """It fits the words of a question; no error proves it."""
        return self.times == 0


def explain_text(text: str) -> tuple[Explained, ...]:
    """Return what the text tells, empty where nothing was found in it. Never raises for what may be in a text.

    First everything secret is blanked. Errors come in the order they stand there, each once, known ones first. Where
    there is no error, an answer or event of Facebook is read; and where there is none either, the words themselves are
    looked up, for at most three troubles, the best first."""
    return explain_redacted(redact(text))


def explain_redacted(blanked: str) -> tuple[Explained, ...]:
    """As `explain_text`, of a text that went through `redact` already: that takes long for a log of some megabytes."""
    if errors := _each_once(find_errors(blanked)):
        return tuple(sorted(errors, key=lambda one: not one.is_known))
    if replies := find_replies(blanked):
        return tuple(_of_reply(reply) for reply in replies)
    if likely := found_by_words(blanked):
        return tuple(replace(_of(advice), sign=_sign(advice, likely)) for advice in likely)
    meaning = meaning_of_word(blanked)
    return (_of_reply(meaning),) if meaning else ()


def errors_in(blanked: str) -> tuple[Explained, ...]:
    """Return the errors alone, each once, of a text that went through `redact` already."""
    return _each_once(find_errors(blanked))


def is_only_a_secret(text: str) -> bool:
    """Whether nothing is left of the text once secrets are blanked: somebody pasted a token by mistake.

    The ID of a person or a Page is hidden as well, but it is no secret that somebody has to replace."""
    return redact(text).strip("\"' \n") == HIDDEN and not text.strip("\"' \n").isdigit()


def who_can(who: str) -> str:
    """Say who can do what is to be done, "" where there is nothing. who: as in the catalogue."""
    return {
        "owner": _("You, or whoever manages your Page, can do this."),
        "developer": _(
            "This is for the developer of the app, or for the support of the bot platform: please pass it on."
        ),
        "facebook": _("Only Facebook can lift this."),
        "wait": _("Nobody has to do anything else: it passes by itself."),
        NOBODY: "",
    }[who]


def where_seen(explained: Explained) -> str:
    """Say how often and where first, "" for what was found once in a single line or by plain words."""
    if explained.times > 1:
        seen = ngettext(
            "Seen {count} time, first in line {line}.", "Seen {count} times, first in line {line}.", explained.times
        )
        return seen.format(count=explained.times, line=explained.line)
    return _("Seen in line {line}.").format(line=explained.line) if explained.line > 1 else ""


def in_present_language(one: Explained) -> Explained:
    """Return it in the language spoken now, which may not be the one that it was found in."""
    if one.again is None:
        return one
    now = one.again()
    return replace(one, title=now.title, action=now.action, details=now.details, sign=now.sign if one.sign else "")


def _each_once(sightings: Sequence[ErrorMention]) -> tuple[Explained, ...]:
    """Put the same trouble together, with the numbers and the text of its fullest sighting."""
    together: dict[tuple[str, str], list[ErrorMention]] = {}
    for sighting in sightings:
        entry = _entry_of(sighting)
        key = (entry.id, "") if entry else (UNKNOWN, f"{_number(sighting)} {sighting.message}")
        together.setdefault(key, []).append(sighting)
    return tuple(
        replace(
            _explained(max(same, key=_fullness)),
            times=len({sighting.line for sighting in same}),
            line=same[0].line,
        )
        for same in together.values()
    )


def _fullness(sighting: ErrorMention) -> tuple[bool, bool, bool]:
    return sighting.subcode is not None, sighting.code is not None, bool(sighting.trace_id)


def _explained(sighting: ErrorMention) -> Explained:
    entry = _entry_of(sighting)
    kind = entry.kind if entry else ErrorKind.UNKNOWN
    failure = Failure(
        kind=kind,
        call=sighting.call,
        code=sighting.code,
        subcode=sighting.subcode,
        message=_fit(sighting.message),
        user_message=_fit(in_facebooks_words(sighting.user_title, sighting.user_message)),
        trace_id=sighting.trace_id,
    )
    return replace(
        _of(entry or next(other for other in entries() if other.id == UNKNOWN)),
        number=_number(sighting),
        details=details(failure),
        facebook_says=failure.user_message,
        again=lambda: _explained(sighting),
    )


def _entry_of(sighting: ErrorMention) -> ErrorEntry | None:
    return explaining(
        sighting.code,
        sighting.subcode,
        sighting.words or sighting.message,
        sighting.call,
        is_transient=sighting.is_transient,
        says_why=bool(sighting.user_title or sighting.user_message),
    )


def _number(sighting: ErrorMention) -> str:
    return "/".join(str(number) for number in (sighting.code, sighting.subcode) if number is not None)


def _of_reply(reply: Reply) -> Explained:
    advice, title, action = said_of(reply)
    said = replace(_of(advice), title=title, action=action)
    return replace(said, times=1, line=reply.line, is_reply=True, again=lambda: _of_reply(reply))


def _sign(advice: Advice, likely: Sequence[Advice]) -> str:
    """What parts one likely trouble from the others; a single one needs no parting."""
    return translate(advice.sign, advice.translations) if len(likely) > 1 and advice.sign else ""


def _of(advice: Advice) -> Explained:
    return Explained(
        id=advice.id,
        title=translate(advice.title, advice.translations),
        action=translate(advice.action, advice.translations),
        who=advice.who,
        link_template=advice.link,
        checked=advice.checked,
        source=advice.source,
        instagram=advice.channel == "instagram",
        again=lambda: replace(_of(advice), sign=translate(advice.sign, advice.translations) if advice.sign else ""),
    )


def _fit(text: str) -> str:
    """Return Facebook's text in one line, not too long. An ID that was written as escapes could only be read by now."""
    return redact("".join(character if character.isprintable() else " " for character in text[:5_000]))[:500]
