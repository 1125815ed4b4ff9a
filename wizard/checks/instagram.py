"""Instagram beside Messenger: nothing is tested there, so that is said where Facebook shows apps at work on it."""

from wizard.checks.case import CheckContext
from wizard.checks.check import Finding, Needs, Reason, check
from wizard.core.known_apps import instagram_inbox
from wizard.core.verdict import State, evidence_of
from wizard.i18n.language import _

_FLAG = "ig_multi_app"  # the only thing that a Page's own token tells of it


@check(
    "instagram.handover",
    lambda: _("Instagram"),
    Needs.PAGE_TOKEN,
    lambda: {
        "apps_there": Reason(
            _(
                "Apps share the Instagram messages of this Page, too. This program looks at Messenger only, so "
                "whether the handover works on Instagram is not known."
            ),
            _(
                "For Instagram, choose the default app under “Instagram Conversation Routing” in the Page’s settings, "
                "and let apps take control there, too. The Instagram inbox has App ID {inbox_id}."
            ),
        ),
        "no_apps_there": Reason(_("Facebook shows no apps that share Instagram messages of this Page.")),
        "not_told": Reason(_("Facebook did not say whether apps share Instagram messages of this Page.")),
    },
)
def handover(context: CheckContext) -> Finding | None:
    """What the flag means exactly is not documented: it is never a problem, and never proof."""
    token = context.facts.token
    features = token.features if token else None
    if features is None or features.value is None:
        return None
    flag = dict(features.value.flags).get(_FLAG)
    if flag is None:
        return None
    evidence = (evidence_of(features, f"{_FLAG}: {str(flag).lower()}"),)
    if not flag:
        return Finding(State.OK, "no_apps_there", evidence)
    return Finding(State.UNKNOWN, "apps_there", evidence, (("inbox_id", instagram_inbox().id),))


CHECKS = (handover,)
