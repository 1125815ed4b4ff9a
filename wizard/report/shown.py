"""A checked Page whose values are fit to show, for what fills sentences of its own: the terminal, a letter."""

from dataclasses import replace

from wizard.core.checked import CheckedPage
from wizard.core.errors import Failure
from wizard.core.facts import App
from wizard.core.verdict import Verdict
from wizard.report.privacy import Clean, cleaner


def shown(page: CheckedPage) -> CheckedPage:
    """Return the Page with its names and what its verdicts tell cleaned: no token, nobody's ID or name, no control
    characters. Facts are as they were: no sentence is made of them."""
    clean = cleaner(page, include_personal_data=False)
    answers = replace(
        page.answers,
        page_id=clean(page.answers.page_id),
        page_name=clean(page.answers.page_name).strip(),
        bot=_app(page.answers.bot, clean),
        live_chat=_app(page.answers.live_chat, clean),
        token_app=_app(page.answers.token_app, clean),
    )
    failure = _failure(page.not_checked, clean) if page.not_checked is not None else None
    verdicts = tuple(_verdict(one, clean) for one in page.verdicts)
    return replace(page, answers=answers, verdicts=verdicts, not_checked=failure, source=clean(page.source))


def _app(app: App | None, clean: Clean) -> App | None:
    return replace(app, id=clean(app.id), name=clean(app.name).strip()) if app is not None else None


def _verdict(verdict: Verdict, clean: Clean) -> Verdict:
    """Values are cleaned before they fill a sentence: a person who is called "Page" hides no word of ours."""
    return replace(
        verdict,
        about=tuple((name, clean(value)) for name, value in verdict.about),
        evidence=tuple(replace(seen, call=clean(seen.call), answer=clean(seen.answer)) for seen in verdict.evidence),
    )


def _failure(failure: Failure, clean: Clean) -> Failure:
    return replace(
        failure, call=clean(failure.call), message=clean(failure.message), user_message=clean(failure.user_message)
    )
