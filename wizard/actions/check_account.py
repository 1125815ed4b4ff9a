"""All Pages that a person's or system user's token opens, as targets in portions; can be stopped at any time."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from wizard.actions.account import AccountCheckOptions, AllPages
from wizard.actions.check_target import CheckStatus, CheckTarget, TargetOrigin
from wizard.actions.compressed import compress
from wizard.actions.session import Session
from wizard.actions.tokens import Opened
from wizard.core.answers import Answers
from wizard.core.cancel import CancelToken
from wizard.core.checked import CheckedPage
from wizard.core.errors import WizardError
from wizard.core.facts import Page

_PORTION = 200  # Pages handed out at a time; fewer where they come slowly
_PORTION_S = 0.3


def check_account(
    session: Session,
    opened: Opened,
    known: Mapping[str, CheckTarget],
    look_at_conversations: bool,
    cancel: CancelToken,
    begun: Callable[[AllPages], None],
    checked: Callable[[tuple[CheckTarget, ...]], None],
    done: Iterable[str] = (),
) -> None:
    """Check every Page but those done. begun: gets the run, to be asked how it goes. checked: gets portions.

    known: targets by Page ID; a Page that is among them stays that target. Raises Cancelled, and WizardError where
    something stopped it before the last Page."""
    pages = AllPages(
        session,
        opened,
        lambda page: _answers(known, page),
        cancel,
        AccountCheckOptions(look_at_conversations=look_at_conversations),
        done,
    )
    begun(pages)
    portion: list[CheckTarget] = []
    shown_at = 0.0
    for page in pages:
        portion.append(_target(known, page))
        now = session.clock.monotonic()
        if len(portion) >= _PORTION or now - shown_at >= _PORTION_S:
            checked(tuple(portion))
            portion.clear()
            shown_at = now
    checked(tuple(portion))
    cancel.raise_if_cancelled()
    if pages.stopped_by is not None:
        raise WizardError(pages.stopped_by)


def _answers(known: Mapping[str, CheckTarget], page: Page) -> Answers:
    return known[page.id].answers if page.id in known else Answers()


def _target(known: Mapping[str, CheckTarget], checked: CheckedPage) -> CheckTarget:
    answers = checked.answers
    target = known.get(answers.page_id) or CheckTarget(
        f"page {answers.page_id}", TargetOrigin.ACCOUNT, Answers(page_id=answers.page_id, page_name=answers.page_name)
    )
    return replace(target, via_account=True, result=compress(checked), status=CheckStatus.IDLE)
