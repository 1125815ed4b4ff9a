"""What is said of texts that are no Page token, and of tokens that Facebook refuses."""

from wizard.checks.check import Reason
from wizard.core.diagnosis import Harm, Who
from wizard.core.errors import ErrorKind
from wizard.core.token_shape import TokenShape
from wizard.i18n.language import _


def shape_text(shape: TokenShape) -> str:
    """What is wrong with the text that was pasted, and what to paste instead."""
    match shape:
        case TokenShape.EMPTY:
            return _("Paste an access token.")
        case TokenShape.HAS_SPACES:
            return _("There are spaces inside this text, and a token has none. Copy only the token.")
        case TokenShape.HAS_ODD_CHARACTERS:
            return _("There are letters or signs in this text that no token has. Copy the token again.")
        case TokenShape.IS_LINK:
            return _("This is a link, not a token. Open it, and copy the token from there.")
        case TokenShape.IS_REFUSED_LOG_IN:
            return _(
                "This is the address of a log-in that was not finished, and no token is in it. Log in again, and allow "
                "everything that Facebook asks."
            )
        case TokenShape.IS_APP_ID:
            return _("This is only a number, perhaps an App ID. An access token is a long text of letters and digits.")
        case TokenShape.IS_APP_TOKEN:
            return _(
                "This is an app token with the app’s secret in it. Paste a Page token, and keep this one to yourself."
            )
        case TokenShape.IS_SECRET:
            return _("This looks like an app secret or a proof. Paste a Page token, and keep this one to yourself.")
        case TokenShape.INSTAGRAM:
            return _(
                "This is an Instagram token. This wizard needs a token of your Facebook Page; those start with EAA."
            )
        case TokenShape.LOOKS_MASKED:
            return _("Part of this token is hidden. Use the copy button where the token is shown, and paste again.")
        case TokenShape.TOO_SHORT:
            return _(
                "This is too short for an access token. Copy the whole token, from its first to its last character."
            )


def of_shape() -> dict[str, Reason]:
    again = _("Copy the Page’s access token once more, and paste it here.")
    no_token = _("what was given is no access token of a Page, so nothing was checked.")
    reasons = {
        shape.value: Reason(shape_text(shape), again, headline=no_token, harm=Harm.UNSEEN) for shape in TokenShape
    }
    for leaked in (TokenShape.IS_APP_TOKEN, TokenShape.IS_SECRET):
        reasons[leaked.value] = Reason(
            shape_text(leaked),
            _("Have the app secret reset, then take a Page token."),
            headline=_("the secret of an app was sent in place of a Page token, so it is not secret any more."),
            letter=_(
                "What we got for {page} holds the secret of an app. A secret that was sent is not safe any more: "
                "whoever reads it can act in the name of that app."
            ),
            ask=_(
                "Please ask the developer of the app to reset its app secret, and to save the new one where the app "
                "uses it. Send the new one to nobody, not to us either: we need a Page access token."
            ),
            place="reset_secret",
            harm=Harm.UNSEEN,
            who=Who.DEVELOPER,
        )
    return reasons


def of_refusal() -> dict[str, Reason]:
    """Tokens that do not work, by the kind of the error."""

    def dead(text: str, headline: str, letter: str) -> Reason:
        return Reason(
            text,
            _("Disconnect the Page in the bot platform and connect it again. Then take the new token from there."),
            headline=headline,
            letter=letter,
            ask=_("In the settings of {bot}, disconnect {page} and connect it again."),
            harm=Harm.NO_ANSWER,
            who=Who.OWNER,
        )

    developer = _("Please ask the developer of {bot} to send us the proof (appsecret_proof) that belongs to our token.")
    return {
        ErrorKind.TOKEN_EXPIRED.value: dead(
            _("The access token has expired."),
            _("the access token has expired, so whatever uses it cannot answer customers."),
            _(
                "The access token that we have for {page} has expired. If {bot} uses the same one, it cannot answer "
                "there."
            ),
        ),
        ErrorKind.TOKEN_REVOKED.value: dead(
            _(
                "The access token does not work any more: the Facebook password was changed, the person logged out, or "
                "the app was removed."
            ),
            _("the access token does not work any more, so whatever uses it cannot answer customers."),
            _(
                "The access token that we have for {page} does not work any more: the password of whoever made it was "
                "changed, or the app was removed from that account. If {bot} uses the same one, it cannot answer there."
            ),
        ),
        ErrorKind.LOG_IN_ENDED.value: Reason(
            _("The log-in has ended, so its token does not work any more."),
            _("Log in again. Nothing that is set up is lost."),
            headline=_("nothing could be checked: the log-in has ended."),
            harm=Harm.UNSEEN,
        ),
        ErrorKind.TOKEN_INVALID.value: dead(
            _("Facebook does not accept this access token."),
            _("Facebook does not accept the access token, so whatever uses it cannot answer customers."),
            _(
                "Facebook does not accept the access token that we have for {page}. If {bot} uses it, it cannot answer "
                "there."
            ),
        ),
        ErrorKind.TOKEN_MALFORMED.value: Reason(
            _("What was given is no whole access token, so Facebook cannot read it."),
            _("Copy the whole token once more."),
            headline=_("nothing could be checked: what was given is no whole access token."),
            harm=Harm.UNSEEN,
        ),
        ErrorKind.TOKEN_ACCOUNT_BLOCKED.value: Reason(
            _("Facebook has blocked the account of the person behind the token for now."),
            _("Let that person log in at facebook.com and do what Facebook asks there."),
            headline=_("Facebook has blocked the account of whoever made the token, so it does not work."),
            letter=_("Facebook has blocked the account of the person who connected {page} with {bot}."),
            ask=_(
                "Let that person log in at facebook.com and do what Facebook asks there, such as confirming who it is."
            ),
            harm=Harm.NO_ANSWER,
            who=Who.OWNER,
        ),
        ErrorKind.TOKEN_NOT_FOUND.value: Reason(
            _("The token is not on this computer any more."),
            _("Log in once more."),
            headline=_("nothing could be checked: the token is not on this computer any more."),
            harm=Harm.UNSEEN,
        ),
        ErrorKind.PROOF_NEEDED.value: Reason(
            _("The app of this token accepts calls only with a proof (appsecret_proof)."),
            _("Get the proof of this token from the app’s developer."),
            headline=_("nothing could be checked: the app of the token accepts calls only with a proof."),
            letter=_("We cannot look at {page} yet: {bot} accepts calls only with a proof (appsecret_proof)."),
            ask=developer,
            harm=Harm.UNSEEN,
            who=Who.DEVELOPER,
        ),
        ErrorKind.PROOF_WRONG.value: Reason(
            _("The proof (appsecret_proof) does not belong to this token."),
            _("Get the proof of this very token from the app’s developer."),
            headline=_("nothing could be checked: the proof does not belong to this token."),
            letter=_("We cannot look at {page} yet: the proof (appsecret_proof) does not belong to the token we have."),
            ask=developer,
            harm=Harm.UNSEEN,
            who=Who.DEVELOPER,
        ),
    }
