"""Keep the translations in step with the sentences of the program. Run by `make words`.

words.py compile          .po to .mo, all that a run from the source tree needs
words.py update           first collect the sentences anew into wizard.pot and merge them into each .po
words.py add LANG         begin a new language
words.py check [LANG]     say what lacks before a release: sentences that are empty, fuzzy, or have other placeholders,
                          and those of the source that the template does not have; ends with 1 where anything does
"""

import ast
import io
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po
from compile_words import DOMAIN, compile_words, each_form, wrong_placeholders

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # from a source tree, whatever is installed

from wizard.core.version import __version__

_ADDRESS = "maintainers@handover-wizard.invalid"  # the project's; one of a host that takes translations replaces it
_HEAD = {
    "msgid_bugs_address": _ADDRESS,
    "copyright_holder": "The Messenger Handover Wizard authors",
    "last_translator": f"Messenger Handover Wizard project <{_ADDRESS}>",
    "language_team": f"Messenger Handover Wizard project <{_ADDRESS}>",
    "version": __version__,
}
_PLACEHOLDER = re.compile(r"\{(\w+)[^{}]*\}")
PROTECTED = re.compile(
    r"(?<![\w-])--[a-z][a-z-]+|\b[A-Z]+_[A-Z_]+\b|\b[a-z]+_[a-z_]+\b|(?<=\*)\.[a-z]+(?:\.[a-z]+)*"
    r"|\b(?:Facebook|Messenger|Instagram|WhatsApp|Flow\.ai|Chatfuel|Graph API|PSID|JSON|YAML|TOML|UTF-8)\b"
)
KEYWORDS = {"_": None, "label": None, "mark": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
WITHOUT_SENTENCES = ("style", "catalogues", "simulator")  # colours; an example; for programmers, who read English
PACKED = ("packaging/linux/man_page.py", "packaging/package_words.py")  # what packages show before the program runs
METHODS = {".py": "python", ".toml": "babel_toml:extract", ".html": "jinja2.ext:babel_extract"}
NOT_SHOWN = "resources/scenarios/"  # their titles are for whoever writes scenarios; what people write is shown
COMMENT_TAGS = ("Translators:",)


def collect(root: Path) -> Catalog:
    """Return every sentence of the source tree: marked ones of wizard/ and PACKED, and sentence fields of data."""
    catalogue = Catalog(
        project="Messenger Handover Wizard",
        domain=DOMAIN,
        header_comment="# Sentences of Messenger Handover Wizard.",
        charset="utf-8",
        fuzzy=False,
        **_HEAD,
    )
    data = (path for path in root.glob("resources/**/*.toml") if path.parent.name not in WITHOUT_SENTENCES)
    packed = (root / name for name in PACKED if (root / name).exists())
    sites = sorted(root.glob("resources/practice/*.html"))
    for path in [*sorted(root.glob("wizard/**/*.py")), *packed, *sorted(data), *sites]:
        method = METHODS[path.suffix]
        name = path.relative_to(root).as_posix()
        for _line, sentence, comments, context in extract_from_file(
            method, path, keywords=KEYWORDS, comment_tags=COMMENT_TAGS, strip_comment_tags=True
        ):
            if not name.startswith(NOT_SHOWN) or not comments[0].endswith("title"):
                catalogue.add(sentence, locations=[(name, 0)], auto_comments=comments, context=context)
        if path.suffix == ".py":
            for sentence in _in_f_strings(path.read_text(encoding="utf-8")):
                catalogue.add(sentence, locations=[(name, 0)])
    said = tomllib.loads((Path(__file__).parent / "placeholders.toml").read_text(encoding="utf-8"))["said"]
    for message in catalogue:
        if message.id:
            message.auto_comments += [*_of_placeholders(message, said), *_of_names(message)]
    return catalogue


def _of_placeholders(message: Message, said: Mapping[str, str]) -> Iterator[str]:
    """Tell translators what stands in the place of a name in braces."""
    names = dict.fromkeys(name for text in sentences_of(message) for name in _PLACEHOLDER.findall(text))
    yield from (f"{{{name}}}: {said[name]}" for name in names if name in said)


def _of_names(message: Message) -> Iterator[str]:
    if names := protected(message):
        yield f"Stays as it is: {', '.join(names)}"


def protected(message: Message) -> list[str]:
    """Return the names in a sentence that no language changes: of keys, options, permissions, files, brands."""
    text = " ".join(_PLACEHOLDER.sub("", each) for each in sentences_of(message))
    return sorted(set(PROTECTED.findall(text)))


def sentences_of(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def _in_f_strings(source: str) -> Iterator[str]:
    """Yield the sentences marked by `_` inside f-strings: before Python 3.12 these are one token, and Babel looks at
    tokens."""
    for text in ast.walk(ast.parse(source)):
        if not isinstance(text, ast.JoinedStr):
            continue
        for call in ast.walk(text):
            match call:
                case ast.Call(func=ast.Name(id="_"), args=[ast.Constant(value=str(sentence))]):
                    yield sentence


def save(catalogue: Catalog, path: Path) -> bool:
    """Write the catalogue unless the file says the same already, dates apart. Return whether it was written."""
    buffer = io.BytesIO()
    for message in catalogue:
        message.flags.discard("python-format")  # ours have braces; "{percent} % of" is taken for one of these
    write_po(buffer, catalogue, width=120, include_lineno=False, sort_by_file=True, ignore_obsolete=True)
    if path.exists() and _without_dates(path.read_bytes()) == _without_dates(buffer.getvalue()):
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(buffer.getvalue())
    return True


def update(root: Path) -> None:
    """Collect anew and merge into each language; sentences that only changed a little are kept and marked fuzzy."""
    template = collect(root)
    locale = root / "resources" / "locale"
    save(template, locale / f"{DOMAIN}.pot")
    for path in sorted(locale.glob("*.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, locale=path.stem, domain=DOMAIN)
        catalogue.update(template)
        for name, value in _HEAD.items():
            if name in ("msgid_bugs_address", "version") or "EMAIL@ADDRESS" in getattr(catalogue, name):
                setattr(catalogue, name, value)
        save(catalogue, path)


def add(root: Path, language: str) -> Path:
    """Begin a new language with every sentence still to be translated, and return its file."""
    path = root / "resources" / "locale" / f"{language}.po"
    if path.exists():
        raise SystemExit(f"{path} is there already; `make words` brings it up to date")
    with (root / "resources" / "locale" / f"{DOMAIN}.pot").open("rb") as file:
        catalogue = read_po(file, locale=language, domain=DOMAIN)
    catalogue.locale, catalogue.fuzzy = language, False
    save(catalogue, path)
    return path


def faults(catalogue: Catalog, template: Catalog) -> Iterator[str]:
    """Yield what keeps a translation from being whole. template: as `collect` gives it."""
    for wanted in template:
        if not wanted.id:
            continue
        message = catalogue.get(wanted.id, wanted.context)
        name = wanted.id if isinstance(wanted.id, str) else wanted.id[0]
        if message is None or not _is_translated(message):
            yield f"not translated: {name!r}"
        elif message.fuzzy:
            yield f"fuzzy: {name!r}"
        elif wrong_placeholders(message):
            yield f"other placeholders: {name!r}"
        elif lost := [one for one in protected(wanted) if not _is_in_each(message, one)]:
            yield f"lost {', '.join(lost)}: {name!r}"


def _is_in_each(message: Message, name: str) -> bool:
    forms = each_form(message, lambda text: text)
    return all(name in form for form in ((forms,) if isinstance(forms, str) else forms))


def _is_translated(message: Message) -> bool:
    forms = (message.string,) if isinstance(message.string, str) else message.string or ("",)
    return all(forms)


def check(root: Path, languages: Sequence[str]) -> int:
    """Print what lacks in each language, or in all. Return how many faults there are."""
    template, count = collect(root), 0
    locale = root / "resources" / "locale"
    with (locale / f"{DOMAIN}.pot").open("rb") as file:
        kept = {(message.id, message.context) for message in read_po(file)}
    for message in template:
        if (message.id, message.context) not in kept:
            print(f"{DOMAIN}.pot lacks {message.id!r}: run `make words`")
            count += 1
    for path in sorted(locale.glob("*.po")):
        if languages and path.stem not in languages:
            continue
        with path.open("rb") as file:
            found = list(faults(read_po(file, locale=path.stem, domain=DOMAIN), template))
        for fault in found:
            print(f"{path.stem}: {fault}")
        print(f"{path.stem}: {len(template)} sentences, {len(found)} faults")
        count += len(found)
    return count


def _without_dates(content: bytes) -> list[bytes]:
    dated = (b'"POT-Creation-Date', b'"PO-Revision-Date', b'"Generated-By', b"# Copyright", b"# FIRST AUTHOR")
    return [line for line in content.splitlines() if not line.startswith(dated)]


def main(arguments: list[str]) -> None:
    root = Path(__file__).resolve().parents[1]
    match arguments:
        case ["compile"]:
            pass
        case ["update"]:
            update(root)
        case ["add", language]:
            print(add(root, language))
        case ["check", *languages]:
            raise SystemExit(1 if check(root, languages) else 0)
        case _:
            raise SystemExit(__doc__)
    for path in compile_words(root / "resources" / "locale"):
        print(path.relative_to(root))


if __name__ == "__main__":
    main(sys.argv[1:])
