"""Each place that writes, prints, logs or copies is known, and what keeps tokens out of it: a new one is noticed."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1] / "wizard"
DOORS = {"write_private", "write_atomically", "write_output", "GrowingFile"}  # our own, to files


def ways_out(tree: ast.AST) -> Iterator[str]:
    """Names of what the standard library and Qt offer to let a text out of the program, as they stand in a module."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name("print")):
                yield "print"
            case ast.Attribute(ast.Name("sys"), "stdout" | "stderr" | "__stdout__" | "__stderr__" as name):
                yield name.strip("_")
            case ast.Call(func=ast.Attribute(ast.Name("os"), "write" | "fdopen" | "open" as name)):
                yield f"os.{name}"
            case ast.Call(func=ast.Attribute(attr="write_text" | "write_bytes" | "clipboard" as name)):
                yield name
            case ast.Call(func=ast.Attribute(attr="open") | ast.Name("open"), args=args, keywords=keywords):
                values = [*args, *(word.value for word in keywords if word.arg == "mode")]
                if any(isinstance(one, ast.Constant) and is_writing(one.value) for one in values):
                    yield "open"
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in DOORS:
                yield name
            case ast.Attribute(ast.Name("logging"), "getLogger" | "FileHandler" | "basicConfig" | "Handler"):
                yield "logging"
            case ast.Attribute(ast.Name("tempfile"), "NamedTemporaryFile" | "mkstemp" | "TemporaryFile"):
                yield "tempfile"


def is_writing(mode: object) -> bool:
    return isinstance(mode, str) and len(mode) <= 3 and set(mode) <= set("rwaxbt+") and bool(set(mode) & set("wax+"))


def uses(tree: ast.AST) -> set[str]:
    """Every name that a module calls or reads."""
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return names | {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


def modules() -> dict[str, ast.AST]:
    paths = {path.relative_to(ROOT).as_posix(): path for path in sorted(ROOT.rglob("*.py"))}
    own = {name: path for name, path in paths.items() if not name.startswith("simulator/")}  # of pretend tokens only
    return {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in own.items()}


REDACTORS = {"redact_tokens", "printable", "printable_lines"}
# What goes out there goes through a redactor in the module itself.
REDACTED = {
    "cli.py",  # a mistake of ours
    "commands/__init__.py",  # wrong use
    "fatal.py",
    "store/log.py",
    "store/saved.py",
    "actions/saved_setup.py",
    "terminal/printing.py",
    "terminal/selftest.py",
    "ui/clipboard.py",
    "catalogues/log_in_files.py",
}
# What goes out there is no text of others, or was made fit to be seen before; why.
OTHERWISE = {
    "actions/catalogues.py": "a catalogue, as it was imported or shipped, to be changed by the person",
    "actions/export.py": "reports and facts, which report/privacy.py and store/facts_file.py made",
    "actions/languages.py": "the code of a language that there is",
    "app.py": "what Qt complains about: names of its own, no text of a field",
    "catalogues/imported.py": "a copy of the person's own file, byte for byte",
    "core/output.py": "nothing is written: it looks whether all came out",
    "report/spool.py": "parts of a report, between its makers",
    "store/atomic.py": "the door to files: whoever goes through it is listed here",
    "store/backups.py": "a copy of the settings file beside which it is for",
    "store/entry_lock.py": "an empty file",
    "store/growing_file.py": "a door to files: a report as it grows",
    "store/journal.py": "an open test: IDs and names, no token is in its type",
    "store/private_log.py": "what store/log.py lets through",
    "store/progress.py": "Pages that were checked, as facts",
    "store/window_requests.py": "names of files and products",
    "targets/files.py": "the person's settings file, of which one value changes",
    "targets/unfinished.py": "where an unfinished file lies",
    "terminal/catalogues.py": "a catalogue, as it was imported or shipped",
    "terminal/check.py": "the report",
    "terminal/check_pages.py": "the report, in pieces",
    "terminal/explain.py": "a sentence of ours that asks for the text",
    "ui/widgets/text.py": "what the person marked of a text on the screen, as Qt would copy it",
}


def test_every_way_out_is_known_and_redacts_or_needs_no_redactor() -> None:
    found = {name: tree for name, tree in modules().items() if set(ways_out(tree))}
    assert found.keys() == REDACTED | OTHERWISE.keys(), "a new way out: redact what leaves there, or say why not here"
    for name in REDACTED:
        assert uses(found[name]) & (REDACTORS | {"has_token"}), name


def test_a_way_out_is_seen_however_it_is_written() -> None:
    for text in (
        "print(x)",
        "sys.stderr.write(x)",
        "out = sys.stdout",
        "os.write(2, x)",
        "path.write_text(x)",
        "path.open('a')",
        "open(path, mode='wb')",
        "app.clipboard()",
        "logging.getLogger('x')",
        "write_private(path, x)",
        "atomic.write_output(path, x)",
    ):
        assert list(ways_out(ast.parse(text))), text
    for text in ("path.open('rb')", "path.read_text()", "printer.print(x)", "zip.open(name)"):
        assert not list(ways_out(ast.parse(text))), text
