"""What the checks of the token, the Page, its app and the line to Facebook found, in words."""

from wizard.core.token_shape import TokenShape
from wizard.i18n.language import _
from wizard.words.fields import token_problem_text


def sentences() -> dict[str, tuple[str, str]]:
    """Check and reason, or the reason alone, to what was found and what to do."""
    return {**_shapes(), **_token(), **_page(), **_app(), **_line(), **_silence()}


def _shapes() -> dict[str, tuple[str, str]]:
    again = _("Copy the Page's access token once more, and paste it here.")
    return {f"token.shape:{shape.value}": (token_problem_text(shape), again) for shape in TokenShape} | {
        "token.shape:fits": (_("It looks like a token of Facebook."), ""),
    }


def _token() -> dict[str, tuple[str, str]]:
    other_kind = _("Take a Page token instead: the one your bot platform or the app's page on Facebook shows.")
    return {
        "token.valid:works": (_("Facebook accepts it."), ""),
        "token.kind:is_page": (_("It speaks for the Page {name}."), ""),
        "token.kind:is_user": (_("This is a person's token, not a Page's."), _("Choose the Page from the list.")),
        "token.kind:is_system_user": (_("This is a system user's token."), _("Choose the Page from the list.")),
        "token.kind:is_app": (_("This is an app's own token, not a Page's."), other_kind),
        "token.kind:is_unknown": (_("Facebook does not tell what kind of token this is."), ""),
        "token.owner:of_bot": (_("It belongs to {app}, your bot."), ""),
        "token.owner:of_live_chat": (
            _("It belongs to {app}, your live chat."),
            _("With the bot's token more can be checked and tested."),
        ),
        "token.owner:of_neither": (
            _("It belongs to {app}, which is neither your bot nor your live chat."),
            _("With the bot's token more can be checked and tested."),
        ),
        "token.owner:not_said": (_("It belongs to {app}."), _("Say whether that is your bot or your live chat.")),
        "token.expiry:expired": (_("Its time is over."), _("Get a new token.")),
        "token.expiry:not_told": (
            _("A Page token does not show until when it works: only its app's developers can look that up."),
            "",
        ),
        "token.permissions:missing": (
            _("Facebook refused a call because this permission is missing: {permissions}."),
            _("Make the token again and allow {permissions} for this Page."),
        ),
        "token.permissions:not_told": (
            _("A Page token does not list its permissions. No call was refused for the lack of one."),
            "",
        ),
    }


def _page() -> dict[str, tuple[str, str]]:
    ask = _("Ask whoever owns the Page for full access, then make the token again.")
    return {
        "page.task:full": (_("The person behind the token may manage the Page."), ""),
        "page.task:answers_only": (
            _("The person behind the token may answer messages, but not change the settings of the Page."),
            _("Let somebody with full access to the Page do the settings on Facebook."),
        ),
        "page.task:too_little": (_("The person behind the token may not answer messages of this Page."), ask),
        "page.task:lost": (_("The person behind the token has no access to this Page any more."), ask),
        "page.task:not_told": (
            _("A Page token does not show what the person behind it may do on the Page."),
            "",
        ),
        "page.published:published": (_("Everybody can see it."), ""),
        "page.published:unpublished": (
            _("It is not published, so customers cannot write to it."),
            _("Publish the Page in its settings on Facebook."),
        ),
        "page.published:not_told": (_("Facebook does not tell whether it is published."), ""),
    }


def _app() -> dict[str, tuple[str, str]]:
    connect = _("Connect the Page again in that app's own settings.")
    other = _("The token is of another app, so nothing about your bot or live chat can be read with it.")
    return {
        "app.subscribed:subscribed": (_("The app of this token is connected."), ""),
        "app.subscribed:not_subscribed": (
            _("The app of this token is not connected to the Page, so it receives no messages."),
            connect,
        ),
        "app.fields:complete": (_("The Page sends it messages and news of handovers."), ""),
        "app.fields:missing": (
            _("These are missing: {fields}. The Page does not send such news to the app."),
            _("Add these webhook fields for the Page: the set-up does it with one click, or the app's developer."),
        ),
        "app.fields:not_subscribed": (_("The Page sends it nothing, because it is not connected."), connect),
        "of_another_app": (other, _("Check again with the bot's token.")),
        "app.own_fields:not_told": (
            _(
                "Besides the Page, the app itself must ask Facebook for the same news. Only the app's developers can "
                "see that list."
            ),
            "",
        ),
        "app.live:development_mode": (
            _("The app is in development mode or not yet approved: it serves only people with a role on it."),
            _("Ask the app's developer to switch it to live and to get pages_messaging approved."),
        ),
        "app.live:not_told": (
            _("A Page token does not show whether the app is live or still in development mode."),
            "",
        ),
    }


def _line() -> dict[str, tuple[str, str]]:
    set_clock = _("Let this computer set its clock by itself.")
    newer = _("Install the newest version of this program.")
    wait = _("Wait, then check again; trying sooner makes it longer.")
    return {
        "api.version:as_asked": (_("Facebook answered in version {version}, as asked."), ""),
        "api.version:another": (_("Facebook answered in version {version} instead of {asked}."), newer),
        "api.version:old": (_("Facebook answered in version {version}, which is out of date."), newer),
        "api.version:not_told": (_("The answers did not say their version."), ""),
        "api.usage:far": (_("{percent} % of what Facebook allows is used."), ""),
        "api.usage:near": (_("{percent} % of what Facebook allows is used: calls may soon be refused."), wait),
        "api.usage:throttled": (_("The limit is reached. Facebook asks to wait {minutes} min."), wait),
        "api.usage:throttled_unknown": (_("The limit is reached."), wait),
        "api.usage:not_told": (_("The answers did not say how much is used."), ""),
        "clock.skew:together": (_("This computer and Facebook agree on the time."), ""),
        "clock.skew:ahead": (_("The clock of this computer is {minutes} min ahead of Facebook's."), set_clock),
        "clock.skew:behind": (_("The clock of this computer is {minutes} min behind Facebook's."), set_clock),
        "clock.skew:not_told": (_("The answers did not say the time."), ""),
    }


def _silence() -> dict[str, tuple[str, str]]:
    return {
        "wrong_shape": (_("What was pasted is no token of a Page, so Facebook was not asked."), ""),
        "no_token": (_("There is no token to look with."), ""),
        "token_does_not_work": (_("The token does not work, so Facebook could not be asked."), ""),
        "nothing_answered": (_("Facebook could not be asked: see “The token works”."), ""),
        "not_a_page_token": (_("Only a Page's own token can show this."), ""),
    }
