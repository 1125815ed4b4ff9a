"""The former way to small work without a progress line; `JobRunner.start` is the new one."""

from collections.abc import Callable
from typing import Any

from wizard.core.ports import Work
from wizard.ui.jobs import Job
from wizard.ui.services import Services


def quietly(
    services: Services,
    work: Work,
    on_success: Callable[[object], None],
    on_failure: Callable[[Exception], None],
) -> Job[Any]:
    """Do small work beside the page's own: reading a list, asking the keyring. Nothing shows that it runs."""
    job = services.runner.start_untyped(work)
    job.on_success(on_success)
    job.on_failure(on_failure)
    return job
