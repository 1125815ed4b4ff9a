"""The words that stand in the HTML templates: the same catalogue of sentences as everywhere else."""

from wizard.i18n.language import _


def words() -> dict[str, str]:
    """Return the words in the current language, by the names the templates use."""
    return {
        "title": _("Messenger handover: what the check found"),
        "product": _("Messenger Handover Wizard"),
        "made_on": _("Made on"),
        "with_version": _("with version"),
        "page": _("Page"),
        "page_id": _("Page ID"),
        "checked_on": _("Checked on"),
        "all_pages": _("All Pages"),
        "table_of_pages": _("Pages by checks"),
        "scroll": _("All Pages and checks; scroll sideways to see more"),
        "changed_since": _("What changed since"),
        "nothing_changed": _("Nothing changed."),
        "look_at": _("Look at this first"),
        "nothing_to_do": _("Nothing needs a look on this Page."),
        "nothing_known": _(
            "Nothing is known to be wrong, and nothing could be seen to be right. The reasons stand below."
        ),
        "other_checks": _("All other checks"),
        "all_checks": _("All checks"),
        "do_this": _("Do this:"),
        "seen": _("Seen:"),
        "not_checked_page": _("This Page could not be checked"),
        "conversations": _("Conversations that were read"),
        "until": _("control ends on"),
        "has_control": _("Has control"),
        "hands_over": _("hands over"),
        "gives_back": _("gives back"),
        "who": _("Who answers first and who has control"),
        "app_id": _("App ID"),
        "saved_app_id": _("App ID saved in the bot"),
        "no_verdict": _("No verdict"),
        "details": _("in detail"),
        "shortened": _("There are very many Pages. Most of those without a problem stand in this table only."),
        "signs": _("What the signs mean"),
        "sign_ok": _("It was seen to be right."),
        "sign_warning": _("It works, but it may cause trouble."),
        "sign_problem": _("It keeps the handover from working."),
        "sign_unknown": _("It was looked at, and Facebook does not tell. This is no error."),
        "sign_not_checked": _("It was not looked at; the reason stands beside it."),
        "glossary": _("Words"),
        "about": _("About this report"),
        "times_in": _("Times are in"),
        "private": _("There is no token in this file, and names and IDs of people are left out."),
        "personal": _("There is no token in this file. It holds names and IDs of people: pass it on with care."),
        "asks_nobody": _("This file asks no server and stays as it is; for today’s state, check again."),
    }
