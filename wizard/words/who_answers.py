"""Who really answers: how many of the newest conversations each app has."""

from dataclasses import dataclass

from wizard.checks.case import CheckContext
from wizard.core.checked import CheckedPage
from wizard.core.facts import Control
from wizard.core.known_apps import is_meta_ai
from wizard.core.who_answers import Share, who_answers
from wizard.i18n.language import _, ngettext
from wizard.words.moments import ago


@dataclass(frozen=True, slots=True)
class WhoAnswers:
    """title: of how many conversations. rows: one for each owner, with the count, its name, and how old they are."""

    title: str
    rows: tuple[str, ...]


def of_page(page: CheckedPage) -> WhoAnswers | None:
    """None where nobody looked at conversations, or there are none."""
    shares = who_answers(page.facts)
    if not shares:
        return None
    count = sum(share.count for share in shares)
    title = ngettext(
        "Who has control of the newest conversation", "Who has control of the {count} newest conversations", count
    ).format(count=count)
    return WhoAnswers(title, tuple(_row(share, page) for share in shares))


def owner_name(share: Share, page: CheckedPage) -> str:
    """The app as people know it, or why none is named."""
    if share.control is Control.APP:
        name = CheckContext(page.answers, page.facts).name_of(share.app_id)
        return _("most likely Meta’s AI assistant ({app})").format(app=name) if is_meta_ai(share.app_id) else name
    if share.is_idle:
        return _("nobody")
    return {
        Control.HIDDEN: _("another app; Facebook does not show which"),
        Control.NOTHING: _("nobody, or Facebook does not show it"),
    }.get(share.control, _("could not be read"))


def _row(share: Share, page: CheckedPage) -> str:
    names = {"count": share.count, "owner": owner_name(share, page), "newest": ago(page.at - share.newest)}
    if share.count == 1:
        return _("{count}  {owner} (last message {newest})").format(**names)
    return _("{count}  {owner} (last messages {newest} to {oldest})").format(
        **names, oldest=ago(page.at - share.oldest)
    )
