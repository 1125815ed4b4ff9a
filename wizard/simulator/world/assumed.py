"""What nobody who was read knows for sure of Facebook, in one list: where the practice world assumes something.

By call or part. An error whose words are assumed is made by `assumed_error`, with its place in this list.
"""

from wizard.simulator.world.errors import GraphError, invalid

ASSUMED = {
    "subscriptions.object": "Only the object page is played here, and the words of that refusal are assumed.",
    "subscriptions.batch": "A subscription inside a batch is refused: the callback could not be asked in time.",
    "webhooks.retries": "Meta says: again at once, then ever less often for 36 hours. The waits between are assumed.",
    "webhooks.order": "A failed web hook holds up those behind it in the same conversation.",
    "webhooks.redirects": "A callback that redirects has failed; Facebook does not follow.",
    "webhooks.batch": "Up to 20 events that wait for the same app go in one request; Meta names 1000 as its limit.",
    "webhooks.standby_fields": "Echoes, deliveries and reads reach an app on standby only if it has their field too.",
    "webhooks.postback_of_menu": "A press in the menu or on Get Started carries its payload to whoever has control.",
    "messages.loop": "More than 100 messages or handovers within a minute that no person asked for get 613.",
    "messages.sender_action": "Typing and mark_seen need no control of the conversation and no open window.",
    "messages.words": "That a message is refused for its shape is known, the words for it often are not.",
    "messages.templates": "Only the shape of button and generic templates is checked; others are taken as they are.",
    "messages.persona": "The code for a persona that does not exist.",
    "messages.tags": "The words for the tags that ended on 2026-04-27 (code 100 is known).",
    "messages.human_agent": "Every app here has the leave to use the tag HUMAN_AGENT.",
    "message_attachments": "Attachments are numbered, never fetched; an ID that was not given is refused with 100.",
    "instagram.words": "The numbers 2534118, 2534014 and 2534041 are known, their words are not.",
    "instagram.fields": "Each app that gets Instagram messages gets all of Instagram's fields, at the same callback.",
    "instagram.handovers": "The field is called messaging_handover here; Meta's pages also write messaging_handovers.",
    "instagram.delivery": "Apps without control get standby, as Meta's pages say; one team reports that all get all.",
    "instagram.permissions": "Without instagram_basic or instagram_manage_messages the code is 200.",
    "instagram.windows": "Control, its 24 hours and the window for messages go by the rules of Messenger.",
    "messenger_profile": "What is set holds for the whole Page, whichever app set it.",
    "personas": "A persona belongs to the Page, whichever app made it.",
}


def assumed_error(place: str, message: str) -> GraphError:
    """Return code 100 with words that nobody was found who recorded them. place: a key of ASSUMED."""
    assert place in ASSUMED
    return invalid(message)
