"""What people paste, made fit to be shown and sent on: without secrets, IDs of people and mail addresses.

More is taken out than `redact_tokens` takes, for what is pasted comes from anywhere and goes on to other people.
"""

import functools
import re

from wizard.core.known_apps import instagram_inbox, meta_ai, misprints, page_inbox
from wizard.core.redact import HIDDEN, redact_tokens

__all__ = ["HIDDEN", "LONGEST", "redact"]
LONGEST = 5_000_000  # characters that are looked at
_SECRET_NAME = (
    r"access_?token|page_?token|app_?secret|client_?secret|appsecret_?proof|verify_?token|input_token|"
    r"fb_exchange_token|signed_request|api_?key|password|secret|token|authorization|cookie|proof"
)
_SECRET_MEMBER = re.compile(
    rf"(?P<name>{_SECRET_NAME})"
    r"(?P<is>(?:\\{0,15}[\"']|\])?\s*(?:=>|[:=]|%3D)\s*(?:string\(\d+\)\s*)?(?:\\{0,15}[\"'])?)"
    rf"(?P<value>(?!{re.escape(HIDDEN)})(?:(?:bearer|oauth|basic)\s+)?[^\s\"'\\&,;}})\]]{{4,}})",
    re.IGNORECASE,
)
_BEARER = re.compile(r"(?<![A-Za-z])((?:bearer|oauth)\s+)(?=\S*[0-9_.|-])[^\s\"'\\,;]{12,}", re.IGNORECASE)
_PERSON_MEMBER = re.compile(
    r"((?:recipient|sender|from|psid|user_?id|igsid|customer_?id)\S{0,6}\s*(?:=>|[:=]|%3[AD])?\s*[^\s\w]{0,8}"
    r"(?:id\W{1,6})?)(\d{9,20})\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\S+")
_LONG_NUMBER = re.compile(r"(?<!\d)\d{9,20}(?!\d)")
# The IDs of people have 15 to 20 digits, as those of apps and Pages have: only what is surely an app's is left.
_ID = re.compile(
    r"(?P<app>(?<![A-Za-z])app(?:lication)?[\s_-]?id\\{0,15}[\"']?\s{0,3}(?:=>|[:=]|%3D|is)?\s{0,3}\\{0,15}[\"']?)?"
    r"(?<!\d)(?P<number>\d{15,20})(?!\d)(?P<role>(?=\\{0,15}[\"']?\s{0,3}(?:=>|:)\s{0,3}\[\W{0,9}(?:primary|secondary)_receiver))?",
    re.IGNORECASE,
)
# Phone numbers: with the + of a country, the 0 of a town or network, or behind a word for one. What begins with +0 is
# a time zone, and "(100) 2018300" is an error with its subcode.
_PHONE_WORDS = r"phone|tel|telephone|mobile|telefon|teléfono|telefone|whatsapp|msisdn|wa_?id"
_PHONE = re.compile(
    r"(?<![\w+])\+[1-9](?:[ ()/-]{0,3}\d){7,14}(?!\d)"
    r"|(?<![\w.:/#-])(?:\(0\d{1,4}\)|0\d{2,4}[ /-])(?:[ /-]?\d){5,9}(?![\d.])"
    r"|(?<![\w.:/#-])0[1-9]\d{7,9}(?!\d)"
    rf"|(?P<label>\b(?:{_PHONE_WORDS})(?:[ _-]?(?:number|no\.?))?\W{{1,5}})\d(?:[ ()/.-]{{0,2}}\d){{6,14}}(?!\d)",
    re.IGNORECASE,
)
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{1,100}\w")
_WRAPPED = re.compile(rf"{re.escape(HIDDEN)}(?:\s*\n\s*[A-Za-z0-9_-]{{20,}})+")
_LONG_WORD = re.compile(r"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{40,}")
# What a token was split with: a wrapped line, parts of a text put together, a mail's soft line end, a tag.
_BEGUN = re.compile(r"(?:EAA|IGAA|IGQ)[A-Za-z0-9_-]*")
_SPLIT = re.compile(
    r"[ \t\"'`+.\\=>|*~#-]{0,12}(?:\r?\n|\\r|\\n)[\s\"'`+.\\>|*~#/]{0,40}"
    r"(?:\[?[0-9]{1,7}\]?[:|\s]{1,4})?|"
    r"<[a-z]{1,6} ?/?>\s?|[\"'][ +.,]{1,4}[\"']|\s{1,4}"
)
_PIECE = re.compile(r"[A-Za-z0-9_-]{6,}")


def redact(text: str) -> str:
    """Return the text, LONGEST characters at most, without tokens, secrets, proofs, IDs of people, mail addresses and
    phone numbers."""
    text = redact_tokens(_without_split_tokens(text[:LONGEST]))
    text = _SECRET_MEMBER.sub(_without_value, text)
    text = _LONG_WORD.sub(_unless_words, _BEARER.sub(rf"\1{HIDDEN}", text))
    text = _WRAPPED.sub(HIDDEN, text)
    text = _PERSON_MEMBER.sub(rf"\1{HIDDEN}", text)
    text = _PHONE.sub(lambda found: f"{found['label'] or ''}{HIDDEN}", text)
    text = _WORD.sub(_without_ids, text)
    text = _ID.sub(_unless_of_app, text)
    return _MAIL.sub(HIDDEN, text)


def _without_value(member: re.Match[str]) -> str:
    """Blank the value of a secret; a sentence such as "access token: Session has expired" holds none."""
    is_prose = member["is"][-1].isspace() and member["value"].isalpha() and len(member["value"]) < 16
    return member[0] if is_prose else f"{member['name']}{member['is']}{HIDDEN}"


def _without_split_tokens(text: str) -> str:
    """Blank tokens that stand in pieces, up to a piece that may be a word."""
    kept: list[str] = []
    at = 0
    for begun in _BEGUN.finditer(text):
        if begun.start() < at:
            continue
        end = begun.end()
        while (split := _SPLIT.match(text, end)) and (piece := _PIECE.match(text, split.end())):
            if not _is_odd(piece[0]):
                break
            end = piece.end()
        if end > begun.end():
            kept += (text[at : begun.start()], HIDDEN)
            at = end
    return "".join((*kept, text[at:]))


def _is_odd(piece: str) -> bool:
    """Whether a piece has digits among letters, or capitals where words have none."""
    has_both = re.search("[0-9]", piece) and re.search("[A-Za-z]", piece)
    return bool(has_both) or len(re.findall("[a-z][A-Z]", piece)) >= 3


def _unless_words(word: re.Match[str]) -> str:
    """Blank what looks random: digits, small and capital letters in one long word."""
    kinds = (str.isdigit, str.islower, str.isupper)
    return HIDDEN if all(any(is_kind(letter) for letter in word[0]) for is_kind in kinds) else word[0]


def _without_ids(word: re.Match[str]) -> str:
    """Blank long numbers in addresses: there they stand for people and conversations."""
    return _LONG_NUMBER.sub(HIDDEN, word[0]) if any(mark in word[0].replace("=>", "") for mark in "/?&=") else word[0]


def _unless_of_app(found: re.Match[str]) -> str:
    """Blank an ID, except one that the text itself calls an App ID, or that is known to be one."""
    return found[0] if found["app"] or found["role"] is not None or found["number"] in _known_app_ids() else HIDDEN


@functools.cache
def _known_app_ids() -> frozenset[str]:
    """Return the IDs of Facebook's own apps and their misprints, which an error about a wrong App ID is about."""
    apps = (page_inbox(), instagram_inbox(), *meta_ai())
    return frozenset((*(app.id for app in apps), *(misprint.id for misprint in misprints())))
