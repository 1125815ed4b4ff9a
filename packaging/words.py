"""Keep the translations in step with the sentences of the program. Run by `make words`.

words.py compile          .po to .mo, all that a run from the source tree needs
words.py update           first collect the sentences anew into wizard.pot and merge them into each .po
words.py add LANG         begin a new language
"""

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po
from compile_words import DOMAIN, compile_words

KEYWORDS = {"_": None, "mark": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
WITHOUT_SENTENCES = ("style", "catalogues", "simulator")  # colours; an example; for programmers, who read English
COMMENT_TAGS = ("Translators:",)


def collect(root: Path) -> Catalog:
    """Return every sentence of the source tree: marked ones of wizard/, and the sentence fields of resources/*.toml."""
    catalogue = Catalog(
        project="Messenger Handover Wizard",
        domain=DOMAIN,
        header_comment="# Sentences of Messenger Handover Wizard.",
        charset="utf-8",
        fuzzy=False,
    )
    data = (path for path in root.glob("resources/**/*.toml") if path.parent.name not in WITHOUT_SENTENCES)
    for path in sorted(root.glob("wizard/**/*.py")) + sorted(data):
        method = "babel_toml:extract" if path.suffix == ".toml" else "python"
        name = path.relative_to(root).as_posix()
        for _line, sentence, comments, context in extract_from_file(
            method, path, keywords=KEYWORDS, comment_tags=COMMENT_TAGS, strip_comment_tags=True
        ):
            catalogue.add(sentence, locations=[(name, 0)], auto_comments=comments, context=context)
    return catalogue


def save(catalogue: Catalog, path: Path) -> bool:
    """Write the catalogue unless the file says the same already, dates apart. Return whether it was written."""
    buffer = io.BytesIO()
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
        case _:
            raise SystemExit(__doc__)
    for path in compile_words(root / "resources" / "locale"):
        print(path.relative_to(root))


if __name__ == "__main__":
    main(sys.argv[1:])
