"""`explain`: what an error text, a code, a log or a question means, without a token and without the network."""

import sys
from typing import Any

from wizard.core.exit_code import ExitCode
from wizard.core.explain.redact import LONGEST
from wizard.core.world import World
from wizard.i18n.language import _
from wizard.terminal.printing import Printer
from wizard.words.customer import for_customer
from wizard.words.explaining import Explained, explain_text, is_only_a_secret, where_seen, who_can


class NothingToExplain(Exception):
    """Neither an argument nor standard input holds a text."""


def text_of(arguments: tuple[str, ...]) -> str:
    """Return the text to explain: the arguments, or standard input where the only one is "-".

    Raises NothingToExplain."""
    text = _standard_input() if arguments == ("-",) else " ".join(arguments)
    if not text.strip():
        raise NothingToExplain
    return text


def explain(text: str, as_json: bool) -> ExitCode:
    found = explain_text(text)
    code = ExitCode.NO_PROBLEM if any(one.is_known for one in found) else ExitCode.NOT_FOUND_OUT
    if as_json:
        Printer(as_json=True).result(_data(found, code))
    else:
        _show(text, found)
    return code


def _show(text: str, found: tuple[Explained, ...]) -> None:
    printer = Printer(as_json=False)
    if not found:
        _show_nothing(text, printer)
        return
    if found[0].is_likely_only:
        printer.print(_("There is no error in this text. This fits its words:"))
    for one in found:
        printer.heading(one.title)
        printer.print(f"→ {one.action}", 2)
        printer.print(who_can(one.who), 2)
        if link := World().link(one.link_template):
            printer.link(link)
        if one.instagram:
            printer.print(_("This is about Instagram only, not about Messenger."), 2)
        if one.facebook_says:
            printer.print(_("Facebook says: {text}").format(text=one.facebook_says), 2)
        for line in (where_seen(one), " · ".join(one.details)):
            if line:
                printer.print(line, 2)
    printer.heading(_("To send to the customer"))
    printer.print(for_customer(found))


def _show_nothing(text: str, printer: Printer) -> None:
    if is_only_a_secret(text):
        printer.problem(
            _("This is a token or a secret, not an error."),
            _("Nothing was sent anywhere. If others saw it, make a new one."),
        )
        return
    printer.problem(
        _("Nothing was found in this text that the wizard knows."),
        _("Send the whole error text with its code, the name of the call and the time. Leave out any token."),
    )


def _data(found: tuple[Explained, ...], code: ExitCode) -> dict[str, Any]:
    return {
        "exit_code": int(code),
        "found": [
            {
                "id": one.id,
                "known": one.is_known,
                "likely_only": one.is_likely_only,
                "title": one.title,
                "action": one.action,
                "who": one.who,
                "link": World().link(one.link_template) or None,
                "instagram_only": one.instagram,
                "number": one.number or None,
                "times": one.times,
                "first_line": one.line or None,
                "facebook_says": one.facebook_says or None,
                "details": list(one.details),
                "checked": one.checked.isoformat(),
                "source": one.source,
            }
            for one in found
        ],
        "customer": for_customer(found) or None,
    }


def _standard_input() -> str:
    """Read what is piped in, as far as it is looked at. Windows writes UTF-16 with a mark at its beginning."""
    if sys.stdin.isatty():
        print(_("Paste the text, then press Ctrl-D (on Windows Ctrl-Z and Enter)."), file=sys.stderr)
    data = sys.stdin.buffer.read(4 * LONGEST)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    return data.decode("utf-8-sig", errors="replace")
