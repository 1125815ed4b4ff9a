"""What stands where the App ID shall go: an ID, a placeholder, or what must not be lost."""

import re

from wizard.core.target import TargetProblem

_SECRET_NAME = re.compile(r"(TOKEN|SECRET|PASSWORD|PASSWD|(API|PRIVATE|ACCESS)[_-]?KEY)$", re.IGNORECASE)
_SECRET = re.compile(r"(EAA|IGAA)\w{8}|.*://|\S{32}", re.DOTALL)
_NOTHING = frozenset({"", "null", "nil", "none", "~", "undefined"})

# Shells and compose, Spring, Helm and Jinja, ERB, Python, Ruby and Azure, Windows, Maven; or a line of a program.
_FILLED_IN = re.compile(
    r"\$[{(]|\{\{|\{%|<%|%\(\w+\)s|#\{|^\$[A-Za-z_]\w*$|^%\w+%$|^@[\w.]+@$|\bprocess\.env\b|\bos\.environ\b|\bENV\[|\bgetenv\b"
    r"|^`.*`$|^(?:vault|ssm|secret|env|file|arn):"
)
_VARIABLE = re.compile(
    r"\$\{?([A-Za-z_]\w*)|\bENV(?:\.fetch\()?[\[(]?['\"](\w+)|process\.env\.(\w+)|^%\(?(\w+)\)?[s%]$"
)
_ASKS_FOR_IT = re.compile(
    r"(?<![A-Za-z])(?i:your|my|insert|paste|replace|enter|put|fill|add|change[-_ ]?(?:me|this)|todo|tbd|fixme"
    r"|placeholder|example|dummy|sample|here|x{3,}|redacted|unset)(?![a-z])",
)
_ASKS_ANYBODY = re.compile(r"(?<![A-Za-z])(?i:your)(?![a-z])")
_HOLDS_A_PLACE = re.compile(
    r"""<[^<>%=?]+>|\[[^\[\]{}"':,\d]+\]|\{[^\[\]{}"':,\d]+\}|__\w+__|[xX*.…?#_-]{3,}""",
)
_GUID = re.compile(r"\{?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?", re.IGNORECASE)

_NAME_AND_VALUE = re.compile(r"(?:export\s+|-e\s*)?[A-Za-z_][\w.-]*\s*=")
_LIST = re.compile(r"""[\w.'"-]+(\s*[,;|]\s*[\w.'"-]+)+[,;|]?|\d+(\s+\d+)+""")
_BRACKETS = re.compile(r"[\[{(].*[\]})]", re.DOTALL)
_ID = re.compile(r"\d{5,}")


def trouble_with(name: str, value: str) -> TargetProblem | None:
    """Return why the value at a key must not be replaced, None where it may: an ID, a placeholder, or a text that the
    person is asked about (`is_text`)."""
    if looks_secret(name, ""):
        return TargetProblem.LOOKS_SECRET
    if _is_number_or_nothing(value):
        return None
    if _FILLED_IN.search(value) and not _ASKS_ANYBODY.search(value):
        return TargetProblem.FILLED_IN
    if _is_placeholder(value):
        return None
    if _GUID.fullmatch(value.strip()):
        return TargetProblem.OTHER_ID
    if _is_more(value):
        return TargetProblem.MORE_THAN_ID
    if looks_secret("", value):
        return TargetProblem.LOOKS_SECRET
    return TargetProblem.MORE_THAN_ID if _ID.search(value) else None


def is_text(value: str) -> bool:
    """Whether a word stands there that tells of another use, as `info`: perhaps the wrong key."""
    return not (_is_number_or_nothing(value) or _is_placeholder(value))


def looks_secret(name: str, value: str) -> bool:
    """Whether a name or what stands at it says that it holds a token, a password or an address."""
    return bool(_SECRET_NAME.search(name) or _SECRET.match(value))


def variable_in(value: str) -> str:
    """Return the name of the variable that fills a value in, "" where it is not plain."""
    found = _VARIABLE.search(value)
    return next((name for name in found.groups() if name), "") if found else ""


def _is_number_or_nothing(value: str) -> bool:
    plain = value.strip()
    return plain.lower() in _NOTHING or (plain.isascii() and plain.isdecimal() and len(plain) <= 20)


def _is_placeholder(value: str) -> bool:
    """`<your app id>`, `xxx`, `YOUR_APP_ID`, `{{ your id }}`: it says itself that something belongs there."""
    plain = value.strip()
    if _HOLDS_A_PLACE.fullmatch(plain):
        return True
    is_plain = not any(sign in plain for sign in '"=:,;|') and not _ID.search(plain)
    return is_plain and _ASKS_FOR_IT.search(plain) is not None


def _is_more(value: str) -> bool:
    """Several values, NAME=value, JSON: more than the one ID that would take its place."""
    plain = value.strip()
    return bool(
        _NAME_AND_VALUE.match(plain)
        or _LIST.fullmatch(plain)
        or _BRACKETS.fullmatch(plain)
        or len(_ID.findall(plain)) > 1
    )
