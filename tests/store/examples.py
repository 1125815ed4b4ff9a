"""Answers and an open test as the program keeps them."""

from wizard.core.answers import Answers, SavedHow, TestOutcome, TokenOwner
from wizard.core.facts import App, Control, Origin, OwnerReading
from wizard.core.pending import PendingTest, TrialPart
from wizard.core.target import TargetChoice
from wizard.core.trial_result import RestoreEnd, RestoreResult, TrialOutcome, TrialResult

BOT = App("3000000003", "Bot", Origin.TOKEN, frozenset({"messages", "standby"}))
LIVE_CHAT = App("263902037430900", "Page Inbox", Origin.BUILT_IN)
ANSWERS = Answers(
    started=True,
    token_name="https://graph.facebook.com 1000000001 3000000003",
    page_id="1000000001",
    page_name="Bäckerei",
    token_app=BOT,
    token_owner=TokenOwner.BOT,
    bot=BOT,
    live_chat=LIVE_CHAT,
    roles_confirmed=frozenset({"default_app", "done"}),
    target=TargetChoice("dotenv", "/srv/bot/.env", "HANDOVER_APP_ID"),
    saved_app_id="263902037430900",
    saved_how=SavedHow.READ_BACK,
    read_back_at=1_790_000_000.0,
    test=TestOutcome.PASSED,
    tests=(
        TrialResult(
            TrialPart.BOT_DOES,
            TrialOutcome.BOT_HANDED_OVER,
            RestoreEnd(RestoreResult.BACK, left=OwnerReading("", Control.APP, 1_790_000_000.0, BOT.id)),
            LIVE_CHAT,
            BOT,
            readings=(OwnerReading("", Control.APP, 1_790_000_000.0, LIVE_CHAT.id),),
            at=1_790_000_000.0,
            bot_id=BOT.id,
            live_chat_id=LIVE_CHAT.id,
        ),
    ),
)
ENTRY = PendingTest(
    id="0f3a",
    graph="https://graph.facebook.com",
    page_id="1000000001",
    page_name="Bäckerei",
    psid="2000000002",
    token_app_id="3000000003",
    bot=BOT,
    live_chat=LIVE_CHAT,
    part=TrialPart.FACEBOOK_ALLOWS,
    start=Control.APP,
    start_app_id="3000000003",
    opened_at=1_790_000_000.25,
)
LIFE = "https://graph.facebook.com"
