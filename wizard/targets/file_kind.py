"""What a file is, by its name and by its text: nobody shall “correct” a program because it is no JSON."""

import json
import re
import tomllib
from enum import StrEnum
from pathlib import PurePath

from wizard.core.target import TargetProblem


class FileKind(StrEnum):
    """A format of settings files, by the name that people know."""

    DOTENV = ".env"
    YAML = "YAML"
    TOML = "TOML"
    JSON = "JSON"
    INI = "INI"


_SAMPLES = frozenset({".example", ".sample", ".dist", ".template", ".default", ".defaults", ".local", ".bak", ".orig"})
_PROGRAMS = frozenset(
    {
        *(".js", ".cjs", ".mjs", ".jsx", ".ts", ".cts", ".mts", ".tsx", ".vue", ".py", ".pyw", ".rb", ".php", ".phtml"),
        *(".java", ".kt", ".kts", ".scala", ".groovy", ".gradle", ".cs", ".fs", ".vb", ".go", ".rs", ".swift", ".c"),
        *(".h", ".cc", ".cpp", ".hpp", ".lua", ".pl", ".pm", ".dart", ".ex", ".exs", ".erl", ".clj", ".sh", ".bash"),
        *(".zsh", ".fish", ".ps1", ".psm1", ".bat", ".cmd", ".sql"),
    }
)
_XML = frozenset({".xml", ".html", ".htm", ".xhtml", ".plist", ".csproj", ".resx", ".svg"})
_TEMPLATES = frozenset({".j2", ".jinja", ".jinja2", ".gotmpl", ".erb", ".ejs", ".hbs", ".mustache", ".liquid"})
_ENDINGS = {
    ".yml": FileKind.YAML,
    ".yaml": FileKind.YAML,
    ".json": FileKind.JSON,
    ".jsonc": FileKind.JSON,
    ".json5": FileKind.JSON,
    ".toml": FileKind.TOML,
    ".ini": FileKind.INI,
    ".env": FileKind.DOTENV,
    ".properties": FileKind.DOTENV,
}

_IN_QUOTES = re.compile(r""""(?:[^"\\\r\n]|\\.)*"|'[^'\r\n]*'|^[ \t]*#.*$|[ \t]#.*$""", re.MULTILINE)
_TEMPLATE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|<%.*?%>", re.DOTALL)
_MARKUP = re.compile(r"\s*<[?!A-Za-z]")
_PROGRAM = re.compile(
    r"""^(?:\#!|<\?php|module\.exports\b|exports\.\w|import\s+[\w{*"']|from\s+\S+\s+import\b|(?:const|let|var)\s+[\w{\[]
    |(?:async\s+)?(?:def|function)\s+\w+\s*\(|class\s+\w+\s*[:({<]|export\s+(?:default|const|function|class)\b
    |using\s+[\w.]+;|package\s+[\w.]+;?\s*$|require\w*\s*[("']|\#include\b|public\s+class\b|["']use\ strict["'])""",
    re.MULTILINE | re.VERBOSE,
)
_JSON5 = re.compile(r"[{,]\s*(?://.*\s*)*[A-Za-z_$][\w$]*\s*:|'")  # names without quotes; quotes of the other kind
_SECTION = re.compile(r"^\[[^\[\]\r\n]+\][ \t]*(?:[;#].*)?$", re.MULTILINE)
_ASSIGNMENT = re.compile(r"\s*(?:export\s+)?[A-Za-z_][\w.-]*[ \t]*=(?!=)")
_NAME_AND_COLON = re.compile(r"""^[ \t]*(?:- )?["']?[\w.-]+["']?:(?:[ \t]|$)""", re.MULTILINE)


def by_name(path: PurePath) -> TargetProblem | FileKind | None:
    """Return what a file surely is by its ending, None where that says nothing. Samples go by the ending before."""
    while path.suffix.lower() in _SAMPLES:
        path = path.with_suffix("")
    ending = path.suffix.lower() or (".env" if path.name.lower() == ".env" else "")
    if ending in _PROGRAMS:
        return TargetProblem.PROGRAM
    if ending in _XML:
        return TargetProblem.XML_FILE
    if ending in _TEMPLATES:
        return TargetProblem.TEMPLATE
    return _ENDINGS.get(ending)


def by_text(text: str) -> TargetProblem | FileKind | None:
    """Return what a text is that the reader of the chosen format did not take, None where nobody can say."""
    if _PROGRAM.search(text):
        return TargetProblem.PROGRAM
    if _MARKUP.match(text):
        return TargetProblem.XML_FILE
    if is_template(text):
        return TargetProblem.TEMPLATE
    if text.lstrip().startswith("{") or _is_json(text):
        return TargetProblem.JSON5 if _JSON5.search(_IN_QUOTES.sub('""', text)) else FileKind.JSON
    if _SECTION.search(text):
        return FileKind.TOML if _is_toml(text) else FileKind.INI
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith(("#", ";"))]
    if lines and all(_ASSIGNMENT.match(line) for line in lines):
        return FileKind.DOTENV
    return FileKind.YAML if _NAME_AND_COLON.search(text) else None


def is_template(text: str) -> bool:
    """Whether marks of Helm, Jinja or ERB stand in it outside quotes and comments."""
    return _TEMPLATE.search(_IN_QUOTES.sub("", text)) is not None


def _is_json(text: str) -> bool:
    try:
        return isinstance(json.loads(text), (dict, list))
    except (ValueError, RecursionError):
        return False


def _is_toml(text: str) -> bool:
    try:
        tomllib.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
