"""Whether the App ID is where it belongs, and whether the handover was seen to work."""

from wizard.checks.case import CheckContext
from wizard.checks.check import Finding, Needs, Reason, check, day_of, not_checked, refusal
from wizard.checks.owners import meta_ai_answers
from wizard.core.answers import SavedHow, TestOutcome
from wizard.core.diagnosis import Harm, Who
from wizard.core.kept_tests import OWNER_FOR
from wizard.core.known_apps import is_meta_ai
from wizard.core.pending import TrialPart
from wizard.core.trial_result import NOTHING_LEARNED, PASSED, RestoreResult, TrialOutcome, TrialResult
from wizard.core.verdict import Evidence, State, evidence_of_owner
from wizard.i18n.language import _


@check(
    "target.saved",
    lambda: _("App ID saved in the bot"),
    Needs.NOTHING,
    lambda: {
        "not_saved": Reason(
            _("It is not known to be saved: only the bot’s own settings show it."),
            _("Compare the App ID in the bot’s settings with the one of the live chat."),
        ),
        "another_id": Reason(
            _("The App ID {app_id} is saved, which is not the live chat’s."),
            _("Save the App ID of the live chat in the bot."),
            headline=_(
                "who asks for a person does not reach {live_chat}: in {bot} the App ID {app_id} is saved, which is not "
                "that of {live_chat}."
            ),
            letter=_(
                "Customers of {page} who ask for a person do not reach {live_chat}: in {bot} the App ID {app_id} is "
                "saved, which is not that of {live_chat}."
            ),
            ask=_("In the settings of {bot}, save the App ID of {live_chat}: {live_chat_id}."),
            harm=Harm.NO_PERSON,
            who=Who.OWNER,
        ),
        "proved": Reason(
            _("In the test on {test_day} the bot handed over to the App ID {app_id}, so it was saved there.")
        ),
        "read_back": Reason(_("The App ID {app_id} was written and read back.")),
        "read_back_earlier": Reason(
            _("The App ID {app_id} was written and read back when this was set up. It was not read again now.")
        ),
        "confirmed": Reason(_("You said that the App ID {app_id} is saved; only the test proves it.")),
        "confirmed_earlier": Reason(
            _("Whoever set this up said that the App ID {app_id} is saved; only the test proves it."), _run_the_test()
        ),
    },
)
def saved(context: CheckContext) -> Finding:
    answers = context.answers
    if answers.live_chat is None or answers.saved_how is None:
        return not_checked("not_saved")
    about = (("app_id", answers.saved_app_id),)
    if answers.saved_app_id != answers.live_chat.id:
        return Finding(State.PROBLEM, "another_id", (), about)
    proof = context.last_test(TrialPart.BOT_DOES)
    if proof is not None and _proves_app_id(proof) and not context.is_old(proof):
        return Finding(State.OK, "proved", _evidence(proof)[-1:], (*about, day_of(proof)))
    if answers.saved_how is SavedHow.READ_BACK:
        if context.is_of_earlier or answers.read_back_at < context.began_at:
            return Finding(State.UNKNOWN, "read_back_earlier", (), about)
        return Finding(State.OK, "read_back", (), about)
    return Finding(State.UNKNOWN, "confirmed_earlier" if context.is_of_earlier else "confirmed", (), about)


def _proves_app_id(test: TrialResult) -> bool:
    """The live chat's token is not shown who passed the conversation: staff could have fetched it."""
    is_there = test.outcome in (TrialOutcome.BOT_HANDED_OVER, TrialOutcome.TALKS_ON)
    return is_there and not test.by_eye and not test.is_seen_by_live_chat


def _run_the_test() -> str:
    return _("Run the test.")


def _of_any_test() -> dict[str, Reason]:
    return {
        "not_tested": Reason(_("It was not tested."), _run_the_test()),
        "long_ago": Reason(_("The last test was on {test_day}, more than 30 days ago."), _run_the_test()),
        "changed_since": Reason(
            _("It worked in the test on {test_day}, but since then something else was seen: look at the other points."),
            _("Run the test again."),
        ),
        "not_back": Reason(
            _("After the test the conversation was not back."),
            _("Bring it back: the wizard offers it."),
            headline=_("after the test the conversation was not back with {bot}."),
            letter=_("After our test, a conversation of {page} was not back with {bot}: {bot} is silent there."),
            ask=_("Close that conversation in {live_chat}, or write to us, and we bring it back."),
            harm=Harm.LEFT_OPEN,
            who=Who.OWNER,
        ),
        "was_not_back": Reason(
            _("After the test on {test_day} the conversation was not back."), _("Run the test again.")
        ),
        "not_offered": Reason(
            _("This token is not shown who has control, so the test could not be undone and was not run."),
            _("Make the bot the default app, then test again."),
        ),
        "by_eye": Reason(_("You saw it happen; the wizard could not.")),
        "by_eye_earlier": Reason(_("Whoever tested it on {test_day} saw it happen; the wizard could not.")),
        "went_elsewhere": Reason(
            _("The conversation went to {app} instead."),
            _("Compare the App ID saved in the bot with the one of the live chat."),
            headline=_("who asks for a person reaches {app} in place of {live_chat}."),
            letter=_("Customers of {page} who ask for a person reach {app} in place of {live_chat}."),
            ask=_(
                "In the settings of {bot}, save the App ID of {live_chat}: {live_chat_id}. If it is saved there "
                "already, ask who answers from {app}, and let them stop."
            ),
            harm=Harm.NO_PERSON,
            who=Who.OWNER,
            follows_from=("target.saved", "inbox.takes_control"),
        ),
        "cannot_tell": Reason(_("It could not be seen who got the conversation."), _("Run the test again.")),
        "moved": Reason(_("Something else moved the conversation during the test."), _("Run the test again.")),
        "trouble": Reason(
            _("The test was interrupted by trouble with the network or Facebook."), _("Run the test again.")
        ),
    }


@check(
    "handover.facebook_allows",
    lambda: _("Test, part A: Facebook’s side"),
    Needs.NOTHING,
    lambda: {
        "works": Reason(_("Proved by a test on {test_day}: the conversation went to {app} and came back.")),
        "probe_refused": Reason(
            _("Facebook did not let the bot take control, so nothing was passed."),
            _("Look at the default app and the take-control switch of the bot."),
            headline=_(
                "once a person had a conversation, {bot} may stay silent: Facebook did not let it take control."
            ),
            letter=_("Facebook does not let {bot} take conversations of {page} back from {live_chat}."),
            ask=_("Choose {bot} as the default app, and switch on that it may take control of conversations."),
            place="take_control_bot",
            harm=Harm.STAYS_SILENT,
            who=Who.OWNER,
            follows_from=("routing.default_app", "routing.take_control"),
        ),
        "pass_refused": Reason(
            _("Facebook did not pass the conversation to {app}."),
            _("Check the App ID, and whether that app is connected to this Page."),
            headline=_("who asks for a person gets none: Facebook did not pass the conversation to {app}."),
            letter=_("Customers of {page} who ask for a person get none: Facebook passes no conversation to {app}."),
            ask=_("In the settings of {app}, disconnect {page} and connect it again. Then let us test once more."),
            harm=Harm.NO_PERSON,
            who=Who.OWNER,
            follows_from=("roles.secondary_known", "roles.distinct"),
        ),
        "never_left": Reason(
            _("The conversation never left the bot, or returned at once."),
            _("See whether {app} is connected to this Page and switched on."),
            headline=_("who asks for a person gets none: the conversation never left {bot}, or returned at once."),
            letter=_(
                "Customers of {page} who ask for a person get none: the conversation does not stay with {app}, it is "
                "back with {bot} at once."
            ),
            ask=_(
                "See in {app} whether {page} is connected, switched on and within its opening hours; and in {bot} "
                "whether something takes conversations back by itself."
            ),
            harm=Harm.NO_PERSON,
            who=Who.OWNER,
        ),
        **_of_any_test(),
    },
)
def facebook_allows(context: CheckContext) -> Finding:
    return _tested(context, TrialPart.FACEBOOK_ALLOWS)


@check(
    "handover.bot_does",
    lambda: _("Test, part B: the bot’s side"),
    Needs.NOTHING,
    lambda: {
        "bot_handed_over": Reason(_("Proved by a test on {test_day}: the bot handed over to {app} by itself.")),
        "arrived": Reason(
            _(
                "In a test on {test_day}, {app} got the conversation when a person was asked for. Its token does not "
                "show who passed it."
            )
        ),
        "passed_earlier": Reason(
            _("It was tested when this was set up, and worked then. It was not tested now."), _run_the_test()
        ),
        "nothing_happened": Reason(
            _("The bot did not hand over."),
            _("Look in the bot whether the App ID is saved and which words make it hand over."),
            headline=_("who asks for a person gets none: {bot} did not hand over."),
            letter=_("Customers of {page} who ask for a person get none: {bot} does not hand over to {live_chat}."),
            ask=_(
                "In the settings of {bot}, see that the App ID of {live_chat} is saved ({live_chat_id}), and that the "
                "words you use for asking for a person make it hand over."
            ),
            harm=Harm.NO_PERSON,
            who=Who.OWNER,
            follows_from=("target.saved",),
        ),
        "talks_on": Reason(
            _(
                "In the test on {test_day} the bot handed over to {app}, but did not stay silent while a person had "
                "control."
            ),
            _("In the bot, switch off what answers or takes back while a person has the conversation."),
            headline=_("{bot} goes on answering while a person has the conversation."),
            letter=_(
                "While a person of {live_chat} has a conversation of {page}, {bot} goes on answering or takes it back."
            ),
            ask=_(
                "In the settings of {bot}, switch off what answers or takes back while a person has the conversation."
            ),
            harm=Harm.NO_PERSON,
            who=Who.OWNER,
        ),
        "silent_by_eye": Reason(
            _("Whoever tested it by eye on {test_day} saw no answer of the bot."),
            _("Choose the bot as the default app, and for Social and Link routing."),
            headline=_("{bot} did not answer a new message when it was tested by eye."),
            letter=_("{bot} did not answer a new message to {page} when it was tested by eye."),
            ask=_("For {page}, choose {bot} as the default app, and for Social and Link routing."),
            place="social_route",
            harm=Harm.NO_ANSWER,
            who=Who.OWNER,
            follows_from=("routing.default_app", "routing.current_owner"),
        ),
        "other_answers_first": Reason(
            _("{app} got the first message, so the bot was never asked."),
            _("Choose the bot as the default app, and for Social and Link routing."),
            headline=_("{bot} does not get new conversations: {app} got the first message."),
            letter=_("New messages of customers to {page} go to {app}, and not to {bot}."),
            ask=_("For {page}, choose {bot} as the default app, and for Social and Link routing."),
            place="social_route",
            harm=Harm.NO_ANSWER,
            who=Who.OWNER,
            follows_from=("routing.default_app", "routing.answers_first", "routing.current_owner"),
        ),
        "meta_ai_answers_first": meta_ai_answers(
            _("{app} got the first message, so the bot was never asked: most likely that is Meta’s own AI assistant.")
        ),
        "live_chat_at_once": Reason(
            _("{app} had the conversation at once. It got the message first, or the bot handed over at once."),
            _("Test again: write only “Hello”, and wait for the next request."),
        ),
        "no_hello": Reason(_("No message of the tester was seen."), _("Run the test again.")),
        **_of_any_test(),
    },
)
def bot_does(context: CheckContext) -> Finding:
    return _tested(context, TrialPart.BOT_DOES)


def _tested(context: CheckContext, part: TrialPart) -> Finding:
    test = context.last_test(part)
    if test is None or test.outcome is TrialOutcome.DECLINED:
        earlier = part is TrialPart.BOT_DOES and context.answers.test is TestOutcome.PASSED
        return not_checked("passed_earlier" if earlier else "not_tested")
    evidence = _evidence(test)
    app = test.app or context.answers.live_chat
    about = (("app", (app.name or app.id) if app else ""), day_of(test))
    if context.is_old(test):
        return Finding(State.UNKNOWN, "long_ago", evidence, about)
    if test.ended.result is RestoreResult.NOT_BACK:
        if context.is_old(test, OWNER_FOR):  # control has ended by itself meanwhile
            return Finding(State.UNKNOWN, "was_not_back", evidence, about)
        return Finding(State.PROBLEM, "not_back", evidence, about)
    if test.outcome in PASSED and test.by_eye:
        # What somebody saw with their own eyes is no evidence of ours.
        return Finding(State.UNKNOWN, "by_eye_earlier" if context.is_of_earlier else "by_eye", evidence, about)
    if test.outcome in PASSED and context.is_changed_since(test):
        return Finding(State.UNKNOWN, "changed_since", evidence, about)
    if test.outcome in PASSED and test.is_seen_by_live_chat:
        return Finding(State.OK, "arrived", evidence, about)
    if test.outcome in PASSED:
        return Finding(State.OK, test.outcome.value, evidence, about)
    if test.outcome is TrialOutcome.OTHER_ANSWERS_FIRST and test.by_eye:
        return Finding(State.PROBLEM, "silent_by_eye", evidence, about)
    if test.outcome is TrialOutcome.OTHER_ANSWERS_FIRST and app is not None and is_meta_ai(app.id):
        return Finding(State.PROBLEM, "meta_ai_answers_first", evidence, about)
    state = State.UNKNOWN if test.outcome in NOTHING_LEARNED else State.PROBLEM
    return Finding(state, test.outcome.value, evidence, about)


def _evidence(test: TrialResult) -> tuple[Evidence, ...]:
    found = [evidence_of_owner(reading) for reading in test.readings]
    if test.failure is not None:
        found.append(refusal(test.failure, found[-1].at if found else 0.0))
    return tuple(found)


CHECKS = (saved, facebook_allows, bot_does)
