"""The one list of checks, used by the pages, the Check screen, the terminal and reports."""

from wizard.checks import access, api, app, handover, roles, routing, token
from wizard.checks.case import Case, Check
from wizard.core.verdict import Verdict


def _reasons(text: str) -> frozenset[str]:
    return frozenset(text.split())


_UNSEEN = "no_conversations not_looked_at cannot_be_read"
_TESTED = "not_offered cannot_tell trouble went_elsewhere not_tested not_back by_eye"

CHECKS: tuple[Check, ...] = (
    Check(
        "token.shape",
        token.shape,
        _reasons(
            "fits empty has_spaces has_odd_characters is_link is_app_id is_app_token is_secret instagram looks_masked "
            "too_short"
        ),
    ),
    Check("token.valid", token.valid, _reasons("works")),
    Check("token.kind", token.kind, _reasons("is_page is_user is_system_user is_app is_unknown")),
    Check("token.owner", token.owner, _reasons("of_bot of_live_chat of_neither not_said")),
    Check("token.expiry", token.expiry, _reasons("expired not_told")),
    Check("token.permissions", token.permissions, _reasons("missing not_told")),
    Check("page.task", access.task, _reasons("full answers_only too_little lost not_told")),
    Check("page.published", access.published, _reasons("published unpublished not_told")),
    Check("app.subscribed", app.subscribed, _reasons("subscribed not_subscribed of_another_app")),
    Check("app.fields", app.fields, _reasons("complete missing not_subscribed of_another_app")),
    Check("app.own_fields", app.own_fields, _reasons("not_told")),
    Check("app.live", app.live, _reasons("development_mode not_told")),
    Check("routing.on", routing.on, _reasons(f"routing unset legacy {_UNSEEN}")),
    Check(
        "routing.default_app",
        routing.default_app,
        _reasons(f"confirmed none_set another primary_receiver no_bot not_the_bots_token {_UNSEEN}"),
    ),
    Check("routing.take_control", routing.takes_control, _reasons("refused taken_back cannot_be_read")),
    Check(
        "routing.answers_first",
        routing.answers_first,
        _reasons("the_bot another live_chat_at_once not_seen not_tested"),
    ),
    Check("routing.current_owner", routing.current_owner, _reasons(f"app some stranger hidden nothing {_UNSEEN}")),
    Check(
        "roles.secondary_known",
        roles.secondary_known,
        _reasons(
            "connected exists built_in no_name not_a_receiver not_chosen not_looked_up misprint is_page "
            "is_instagram_inbox not_an_app_id"
        ),
    ),
    Check("roles.distinct", roles.distinct, _reasons("distinct same not_chosen")),
    Check(
        "target.saved", handover.saved, _reasons("not_saved another_id proved read_back read_back_earlier confirmed")
    ),
    Check(
        "handover.facebook_allows",
        handover.facebook_allows,
        _reasons(f"{_TESTED} works probe_refused pass_refused never_left"),
    ),
    Check(
        "handover.bot_does",
        handover.bot_does,
        _reasons(
            f"{_TESTED} bot_handed_over other_answers_first live_chat_at_once no_hello nothing_happened passed_earlier"
        ),
    ),
    Check("api.version", api.version, _reasons("as_asked another old not_told")),
    Check("api.usage", api.usage, _reasons("far near throttled throttled_unknown not_told")),
    Check("clock.skew", api.skew, _reasons("together ahead behind not_told")),
    Check(
        "inbox.takes_control",
        routing.inbox,
        _reasons(f"is_live_chat has_control not_seen some hidden nothing {_UNSEEN}"),
    ),
)


def verdicts(case: Case) -> tuple[Verdict, ...]:
    """One verdict for each check, in the order of the list."""
    return tuple(check.judge(case) for check in CHECKS)


def verdict(case: Case, check_id: str) -> Verdict:
    """Raises KeyError for an id that is not in the list."""
    return {check.id: check for check in CHECKS}[check_id].judge(case)
