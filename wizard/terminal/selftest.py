"""`handover-wizard self-test`: what was proved, one line for each part."""

import json
from collections.abc import Sequence

from wizard.actions.selftest import Proof
from wizard.core.exit_code import ExitCode
from wizard.core.redact import printable
from wizard.i18n.language import pgettext


def show_proofs(proofs: Sequence[Proof], as_json: bool) -> ExitCode:
    if as_json:
        told_of = [(each.name, printable(each.detail), printable(each.failure)) for each in proofs]
        print(json.dumps([dict(zip(("name", "detail", "failure"), each, strict=True)) for each in told_of]))
    else:
        for each in proofs:
            told = (
                pgettext("result of a self-test", "FAIL") if each.failure else pgettext("result of a self-test", "ok")
            )
            print(f"{told}  {each.name}: {printable(each.failure or each.detail)}")
    return ExitCode.PROBLEM if any(each.failure for each in proofs) else ExitCode.NO_PROBLEM
