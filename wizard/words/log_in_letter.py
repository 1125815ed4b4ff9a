"""The letter to whoever set up the bot, for a person who cannot log in: what to send, and how."""

from dataclasses import dataclass, replace

from wizard.core.log_in import ENDING
from wizard.i18n.language import _, letters
from wizard.i18n.lists import listed
from wizard.words import guides


@dataclass(frozen=True, slots=True)
class Letter:
    subject: str
    body: str


@letters()
def for_whoever_set_it_up(page_name: str = "", bot_name: str = "") -> Letter:
    """What they can send, the best first: a log-in file; else a token, with the way to it. page_name, bot_name: ""
    where they are not known."""
    names = guides.Names(page_name or _("our Page"), bot_name or _("our bot"), "")
    path = guides.setting(guides.GET_TOKEN, names).paths[0]
    steps = path.steps[:-1]  # the last one speaks to whoever uses the wizard
    body = (
        _("Hello,"),
        _(
            "I am connecting our bot and our live chat on Facebook Messenger, with the Messenger Handover Wizard. You "
            "set up our bot, so I need one of two things from you."
        ),
        "\n".join(
            (
                _("Page: {name}").format(name=page_name or _("(write its name here, or its address on Facebook)")),
                _("App: the one of {name}, if you can; else tell me which app it is").format(name=names.bot),
            )
        ),
        _(
            "Best: a log-in file. Its name ends in {ending}, and nothing secret is in it. With it I log in at Facebook "
            "myself, and no token is sent. The Help of the wizard says, at the step “Log in”, how to make one for your "
            "Meta app."
        ).format(ending=ENDING),
        "\n".join(
            (
                _("Or: a Page access token with these permissions: {permissions}. The way to it:").format(
                    permissions=listed(guides.PERMISSIONS)
                ),
                *(f"   {line}" for line in guides.way_lines(replace(path, steps=steps))),
            )
        ),
        _(
            "A token is like a password: please send it so that only I can read it, not in a group or a ticket. "
            "Tell me also whether the app asks for a proof (appsecret_proof). Thank you!"
        ),
    )
    return Letter(_("Our bot on Facebook: please send me what I need to log in"), "\n\n".join(body))
