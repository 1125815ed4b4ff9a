"""Numbers of errors in plain text, beside a word or a mark that tells them from all other numbers.

A stack frame, a date, an amount and the number of an invoice are none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wizard.core.explain.error_rules import knows_code, knows_subcode

SHORT = 300  # characters: in so short a paste a number beside a word for an error is what the person asks about
_FEW = 10  # codes below it are numbers of everything
# "error" and "code" as people write them; a code that follows is one of an error.
_ERROR = (
    r"error|errore|erro|erreur|fehler(?:nummer|meldung)?|fejl|fel|fout|feil|virhe|błąd|blad|chyba|hiba|hata|eroare|"
    r"ошибк[аи]|помилка|грешка|σφάλμα|lỗi|kesalahan|galat|ralat|exception|oauthexception|"
    r"错误|錯誤|エラー|오류|خطأ|שגיאה|ข้อผิดพลาด|त्रुटि"
)
_CODE = r"code|códigos?|codigo|codice|kode|kod|kód|koda|код|κωδικός|mã|代码|代碼|コード|코드|كود|رمز|รหัส|कोड"
_OTHERS = r"nr|no|num|number|nummer|numero|número|numer|n|n°|№|番号|số|号"
_BESIDE_WORD = re.compile(
    rf"(?:(?P<sub>sub_?code)|(?<![A-Za-z])(?:{_ERROR})|(?<![A-Za-z])(?:{_CODE}))(?:\s{{0,3}}(?:{_CODE}|{_OTHERS}))?(?![A-Za-z])"
    r"[^\w\n]{0,6}(?:is\s|was\s|ist\s|es\s|est\s|è\s|:)?\s{0,3}[(#]{0,2}(?P<number>\d{1,7})(?!\d)",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"(?:\(|(?<=[-–] ))#(-?\d{1,7})\)")
_NOTHING_ELSE = re.compile(
    rf"(?:facebook|graph|api|oauth|error|exception|sub|{_CODE}|{_OTHERS}|[\W\d_])+", re.IGNORECASE
)
_HASH = re.compile(r"(?<![\w&(#])#(\d{1,6})\b")
_PAIR = re.compile(r"(?<![\w./:#-])(\d{1,7})(?P<by>\s{0,2}[/|,;(\s-]\s{0,2}\(?)(\d{2,8})(?![\w/:-]|\.\d)")
_LARGE = re.compile(r"(?<![\w./+-])(\d{6,8})(?![\w/-]|\.\d)")
_FIRST = re.compile(r"^[^\w\n#(]{0,3}[(#]{0,2}(\d{1,6})\)?(?=[:\s–-]{1,3}\D)")
_ALONE = re.compile(r"[\s(\[\"'#]*(-?\d{1,8})[\s)\].\"'!?]*")
_ALONE_PAIR = re.compile(r"[\s(\[\"'#]*(\d{1,7})\s{0,3}[/ ]\s{0,3}(\d{2,8})[\s)\].\"'!?]*")
_SAYS_ERROR = re.compile(
    rf"{_ERROR}|fail|refused|denied|rejected|gagal|échou|fehlgeschlagen|falló|thất bại", re.IGNORECASE
)
_OF_FACEBOOK = re.compile(
    r"facebook|\bfb\b|graph|oauth|messenger|\bmeta\b|thread_control|access.?token|pages_|instagram", re.IGNORECASE
)
_NOT_AN_ERRORS = re.compile(
    r"(?:status|exit(?:ed)?(?: with)?|return(?:ed)?(?: with)?|finished with|terminated with|failed with|ended with|"
    r"http|response|country|zip|postal|post|verification|confirmation|security|qr|bar|area|dial|discount|promo|coupon|"
    r"voucher|gift|pin|sms|access|invite|product|tax|source|sort|bank|dress|der|den|le|make:.{0,20})[\s_.-]{0,2}$",
    re.IGNORECASE,
)
_COUNTED_THINGS = re.compile(
    r"(?:invoice|order|ticket|issue|pr|pull request|merge request|job|build|task|case|room|number|no\.?|phone|call|"
    r"rechnung|bestellung|factura|pedido|commande|facture)\s{0,2}$",
    re.IGNORECASE,
)
_FRAME = re.compile(r"\s*(?:/|\{main\}|\[internal|in\s|at\s|[\w\\]+(?:->|::|\()|0x)|\s+[A-Z]:\\")
# Where a number is a part of something else: a version, a time, an amount.
_BEFORE_ANOTHER = re.compile(r"(?:[A-Za-z_/&$€£¥.]|[$€£¥]\s)$")
_AFTER_ANOTHER = re.compile(r"[A-Za-z_/]|[-.:,]\w|\s?[%‰$€£¥]")
_DIGITS = re.compile(r"\d+")
_HTTP = frozenset((200, 201, 202, 204, *range(300, 309), *range(400, 500), *range(500, 512)))


@dataclass(slots=True)
class Number:
    """A number of an error. needs_words: it counts only where words beside it are known."""

    start: int
    end: int
    code: int | None = None
    subcode: int | None = None
    needs_words: bool = False


def numbers(text: str) -> Iterator[Number]:
    """Yield the numbers in the order of the text; two may overlap. text: undressed, without objects."""
    if whole := _whole(text):
        yield whole
        return
    is_short = len(text.strip()) <= SHORT
    is_bare = is_short and _NOTHING_ELSE.fullmatch(text) is not None
    start = 0
    for line in text.split("\n"):
        if any(character.isdecimal() for character in line):
            for number in _in_line(line, text, is_short, is_bare):
                yield Number(start + number.start, start + number.end, number.code, number.subcode, number.needs_words)
        start += len(line) + 1


def _whole(text: str) -> Number | None:
    """The number of a paste that is nothing else."""
    if len(text) > SHORT:
        return None
    if (pair := _ALONE_PAIR.fullmatch(text)) and (_is_pair(int(pair[1]), int(pair[2])) or int(pair[2]) > 99_999):
        return Number(pair.start(1), pair.end(2), int(pair[1]), int(pair[2]))
    if alone := _ALONE.fullmatch(text):
        return _number(alone.start(1), alone.end(1), int(alone[1]))
    return None


def _number(start: int, end: int, value: int, needs_words: bool = False) -> Number:
    if value > 99_999:
        return Number(start, end, None, value, needs_words)
    return Number(start, end, value, None, needs_words)


def _is_pair(code: int, subcode: int) -> bool:
    return knows_subcode(subcode) and (knows_code(code) or subcode > 99_999)


def _in_line(line: str, text: str, is_short: bool, is_bare: bool) -> Iterator[Number]:
    says_error = _SAYS_ERROR.search(line) is not None
    is_facebooks = _OF_FACEBOOK.search(line) is not None or (is_short and _OF_FACEBOOK.search(text) is not None)
    for pair in _PAIR.finditer(line):
        code, subcode = int(pair[1]), int(pair[3])
        if _is_pair(code, subcode):
            is_alone = _ALONE_PAIR.fullmatch(line) is not None
            needs_words = not (is_alone or says_error or is_facebooks or (pair["by"] == "/" and subcode > 99_999))
            yield Number(pair.start(), pair.end(), code, subcode, needs_words)
    for found in _IN_BRACKETS.finditer(line):
        code = int(found[1])
        leads = not line[: found.start()].strip(" \t-–:*>\"'[(")
        counts = says_error or is_facebooks or (leads and (knows_code(code) or is_short))
        yield Number(found.start(), found.end(), code, None, not counts)
    for found in _BESIDE_WORD.finditer(line):
        value, before = int(found["number"]), line[: found.start()]
        is_status = not found["sub"] and _is_status(value, before)
        if _NOT_AN_ERRORS.search(before) or _AFTER_ANOTHER.match(line, found.end()) or is_status:
            continue
        if found["sub"]:
            yield Number(found.start("number"), found.end("number"), None, value, not (is_bare or knows_subcode(value)))
            continue
        is_known = knows_code(value) or knows_subcode(value)
        is_only_number = is_short and value >= _FEW and len(_DIGITS.findall(text)) == 1
        counts = is_bare or (is_known and (is_facebooks or is_only_number))
        yield _number(found.start("number"), found.end("number"), value, not counts)
    for found in _HASH.finditer(line):
        before = line[: found.start()]
        if _FRAME.match(line, found.end()) or _COUNTED_THINGS.search(before) or _is_status(int(found[1]), before):
            continue
        leads = not before.strip() and bool(re.match(r"\s*[-–:]\s", line[found.end() :]))
        counts = (_SAYS_ERROR.search(before) or _OF_FACEBOOK.search(before) or leads) and is_short
        yield Number(found.start(), found.end(), int(found[1]), None, not (counts and knows_code(int(found[1]))))
    for found in _LARGE.finditer(line):
        if knows_subcode(int(found[1])):
            yield Number(found.start(), found.end(), None, int(found[1]), not (says_error or is_facebooks))
    if (leading := _FIRST.match(line)) and knows_code(int(leading[1])):
        yield Number(leading.start(1), leading.end(1), int(leading[1]), None, needs_words=True)


def _is_status(value: int, before: str) -> bool:
    return value in _HTTP and (value != 200 or "http" in before.lower()[-12:])
