"""Numbers of errors in plain text, beside a word or a mark that tells them from all other numbers.

A stack frame, a date, an amount and the number of an invoice are none.
"""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from wizard.core.explain.error_rules import knows_code, knows_subcode
from wizard.core.explain.members import OTHER_CODES

_CLOSE = 60  # characters
SHORT = 300  # characters: in so short a paste a number beside a word for an error is what the person asks about
_FEW = 10  # codes below it are numbers of everything
# "error" and "code" as people write them; a code that follows is one of an error.
_ERROR = (
    r"error|errore|erro|erreur|fehler(?:nummer|meldung)?|fejl|fel|fout|feil|virhe|błąd|blad|chyba|hiba|hata|eroare|"
    r"ошибк[аи]|помилка|грешка|σφάλμα|lỗi|kesalahan|galat|ralat|exception|oauthexception|"
    r"错误|錯誤|エラー|오류|خطأ|שגיאה|ข้อผิดพลาด|त्रुटि"
)
_CODE = r"code|códigos?|codigo|codice|kode|kod|kód|koda|код|κωδικός|mã|代码|代碼|コード|코드|كود|رمز|รหัส|कोड"
_WORD_FOR_ERROR = re.compile(_ERROR, re.IGNORECASE)
_OTHERS = r"nr|no|num|number|nummer|numero|número|numer|n|n°|№|番号|số|号"
_NAMES = r"facebook|fb|graph|meta|messenger|api"
_BESIDE_WORD = re.compile(
    rf"(?:(?P<sub>sub_?code)|(?<![A-Za-z])(?:{_ERROR})|(?P<code>(?<![A-Za-z])(?:{_CODE})))(?:\s{{1,3}}(?:{_NAMES}))?(?:\s{{0,3}}(?:{_CODE}|{_OTHERS}))?(?![A-Za-z])"
    r"[^\w\n]{0,6}(?:is\s|was\s|ist\s|es\s|est\s|è\s|:)?\s{0,3}[(#]{0,2}(?P<number>\d{1,7})(?!\d)",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"(?:\(|(?<=[-–] ))#(?P<round>-?\d{1,7})\)|\[#(?P<square>-?\d{1,7})\]")
_NOTHING_ELSE = re.compile(
    rf"(?:facebook|graph|api|oauth|error|exception|sub|{_CODE}|{_OTHERS}|[\W\d_])+", re.IGNORECASE
)
_ASKS = re.compile(
    r"[?\uff1f\u061f]\W{0,3}$|^\W{0,3}(?:\[?\(?#\d+[)\]]?\W{0,3})?(?:what|why|how|when|where|who|is|can|does|did)\b",
    re.IGNORECASE | re.MULTILINE,
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
_OF_OTHERS = re.compile(
    r"twitter|telegram|stripe|google|youtube|whatsapp|slack|shopify|paypal|tiktok|linkedin|discord|viber|twilio|openai|"
    r"mysql|postgres|psql|sqlite|mongo|redis|nginx|apache|docker|kubernetes|\bgit\b|npm|pip|windows|chrome",
    re.IGNORECASE,
)
_OTHER_THINGS = re.compile(
    r"\b(?:accounting|bookkeeping|invoicing|billing|payroll|tax) (?:program|software|system|app|tool)|"
    r"printer|scanner|dishwasher|(?:washing|coffee) machine|\bcar\b|boiler|heating|\bgames?\b|playstation|xbox|"
    r"\bsap\b|\bexcel\b|outlook|photoshop",
    re.IGNORECASE,
)
_WITH_FACEBOOK = re.compile(  # what people here speak of, where they do not name Facebook itself
    r"\bbots?\b|chat|\bpages?\b|inbox|token|conversation|hand-?over|webhook|customer|messag|\bsend|\bsent\b|\(#\d",
    re.IGNORECASE,
)
_NOT_AN_ERRORS = re.compile(
    rf"(?:{OTHER_CODES}|exit(?:ed)?(?: with)?|return(?:ed)?(?: with)?|finished with|terminated with|failed with|"
    r"ended with|der|den|le|make:.{0,20})[\s_.-]{0,2}$",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:no|without|never|(?:not|n['’]t) (?:get|gets|got|see|have|show|give))\s(?:(?:an|any|more|such)\s){0,2}$",
    re.IGNORECASE,
)
_COUNTED_THINGS = re.compile(
    r"(?:invoice|order|ticket|issue|pr|pull request|merge request|job|build|task|case|room|number|no\.?|phone|call|"
    r"rechnung|bestellung|factura|pedido|commande|facture)\s{0,2}$",
    re.IGNORECASE,
)
_DASH = re.compile(r"\s*[-–:]\s")
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
    """Yield the numbers in the order of the lines; two may overlap. text: undressed, without objects."""
    if whole := _whole(text):
        yield whole
        return
    is_short = len(text.strip()) <= SHORT
    is_only_numbers = is_bare(text)
    start = 0
    for line in text.split("\n"):
        if any(character.isdecimal() for character in line):
            for number in _in_line(_Line(line, text if is_short else "", is_only_numbers)):
                yield Number(start + number.start, start + number.end, number.code, number.subcode, number.needs_words)
        start += len(line) + 1


def is_bare(text: str) -> bool:
    """Whether a text is nothing but numbers and words for an error."""
    return len(text) <= SHORT and _NOTHING_ELSE.fullmatch(text) is not None


def is_bare_in_any_language(text: str) -> bool:
    return is_bare(_WORD_FOR_ERROR.sub("error", text))


def asks(text: str) -> bool:
    """Whether a person asks in it: then its words are not those of an error."""
    return _ASKS.search(text) is not None


def speaks_of_facebook(text: str) -> bool:
    """Whether it names Facebook, or something that works with it."""
    return _OF_FACEBOOK.search(text) is not None or _WITH_FACEBOOK.search(text) is not None


def speaks_of_errors(text: str, start: int, end: int) -> bool:
    """Whether the lines around a place speak of an error, or of Facebook in a short text."""
    line = text[text.rfind("\n", 0, start) + 1 : (text.find("\n", end) + 1 or len(text) + 1) - 1]
    return _SAYS_ERROR.search(line) is not None or (len(text) <= SHORT and _OF_FACEBOOK.search(line) is not None)


class _Line:
    """A line and what it speaks of. short: the whole text where that is short, else "". is_bare: it is nothing but
    numbers and words for an error."""

    def __init__(self, line: str, short: str, is_bare: bool) -> None:
        self.text, self.short, self.is_bare = line, short, is_bare

    def before(self, place: int) -> str:
        """What stands right before a place: no more, for a line may be as long as a log."""
        return self.text[max(0, place - _CLOSE) : place]

    @functools.cached_property
    def says_error(self) -> bool:
        return _SAYS_ERROR.search(self.text) is not None

    @functools.cached_property
    def is_facebooks(self) -> bool:
        return any(_OF_FACEBOOK.search(text) for text in (self.text, self.short))

    @functools.cached_property
    def is_others(self) -> bool:
        if self.is_facebooks:
            return False
        is_thing = _OTHER_THINGS.search(self.text) is not None and not speaks_of_facebook(self.text)
        return is_thing or _OF_OTHERS.search(self.text) is not None

    @functools.cached_property
    def has_only_number(self) -> bool:
        return len(_DIGITS.findall(self.short)) == 1


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


def _in_line(line: _Line) -> Iterator[Number]:
    for find in (_pairs, _in_brackets, _beside_words, _behind_hashes, _large, _leading):
        yield from find(line)


def _pairs(line: _Line) -> Iterator[Number]:
    for pair in _PAIR.finditer(line.text):
        code, subcode = int(pair[1]), int(pair[3])
        if _is_pair(code, subcode):
            is_alone = len(line.text) <= SHORT and _ALONE_PAIR.fullmatch(line.text) is not None
            is_clear = pair["by"] == "/" and subcode > 99_999 and not _COUNTED_THINGS.search(line.before(pair.start()))
            needs_words = not (is_alone or is_clear or line.says_error or line.is_facebooks)
            yield Number(pair.start(), pair.end(), code, subcode, needs_words)


def _in_brackets(line: _Line) -> Iterator[Number]:
    """ "(#10)" is Facebook's own way, and that of a list of changes: "Fix the menu (#10)". "[#10]" is one of programs
    that pass it on, and of tickets: there only a known code counts."""
    for found in _IN_BRACKETS.finditer(line.text):
        code = int(found["round"] or found["square"])
        leads = found.start() < _CLOSE and not line.before(found.start()).strip(" \t-–:*>\"'[(")
        follows = line.text[found.end() : found.end() + _CLOSE].strip(" .\"'")
        is_asked = bool(line.short) and asks(line.text) and (knows_code(code) or follows == "?")
        counts = (
            (leads and (knows_code(code) or bool(line.short)))
            or is_asked
            or (bool(follows) and line.says_error)
            or line.is_facebooks
        )
        counts = counts and (found["square"] is None or knows_code(code))
        yield Number(found.start(), found.end(), code, None, not counts)


def _beside_words(line: _Line) -> Iterator[Number]:
    for found in _BESIDE_WORD.finditer(line.text):
        value, before = int(found["number"]), line.before(found.start())
        start, end = found.span("number")
        if _NOT_AN_ERRORS.search(before) or _DENIED.search(before) or _AFTER_ANOTHER.match(line.text, end):
            continue
        if found["sub"]:
            yield Number(start, end, None, value, not (line.is_bare or knows_subcode(value)))
        elif not _is_status(value, before):
            is_known = knows_code(value) or knows_subcode(value)
            asks = not found["code"] or line.says_error or "?" in line.short  # "code 190" may be one of a meeting
            is_clear = is_known and (line.is_facebooks or (value >= _FEW and line.has_only_number and asks))
            counts = line.is_bare or (is_clear and not line.is_others)
            if counts or is_known:
                yield _number(start, end, value, not counts)


def _behind_hashes(line: _Line) -> Iterator[Number]:
    for found in _HASH.finditer(line.text) if line.short else ():
        before = line.text[: found.start()]  # a short text
        if _FRAME.match(line.text, found.end()) or _COUNTED_THINGS.search(before) or _is_status(int(found[1]), before):
            continue
        leads = not before.strip() and _DASH.match(line.text, found.end()) is not None
        is_marked = leads or _SAYS_ERROR.search(before) or _OF_FACEBOOK.search(before)
        if is_marked and knows_code(int(found[1])):
            yield Number(found.start(), found.end(), int(found[1]))


def _large(line: _Line) -> Iterator[Number]:
    for found in _LARGE.finditer(line.text):
        if knows_subcode(int(found[1])):
            yield Number(found.start(), found.end(), None, int(found[1]), not (line.says_error or line.is_facebooks))


def _leading(line: _Line) -> Iterator[Number]:
    if (found := _FIRST.match(line.text)) and knows_code(int(found[1])):
        yield Number(found.start(1), found.end(1), int(found[1]), None, needs_words=True)


def _is_status(value: int, before: str) -> bool:
    return value in _HTTP and (value != 200 or "http" in before.lower()[-12:])
