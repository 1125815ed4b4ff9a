"""`handover-wizard self-test`: what was proved, one line for each part."""

import json
from collections.abc import Sequence

from wizard.actions.selftest import Proof
from wizard.core.exit_code import ExitCode
from wizard.core.redact import printable


def show_proofs(proofs: Sequence[Proof], as_json: bool) -> ExitCode:
    if as_json:
        print(json.dumps([{"name": each.name, "detail": each.detail, "failure": each.failure} for each in proofs]))
    else:
        for each in proofs:
            print(f"{'FAIL' if each.failure else 'ok'}  {each.name}: {printable(each.failure or each.detail)}")
    return ExitCode.PROBLEM if any(each.failure for each in proofs) else ExitCode.NO_PROBLEM
