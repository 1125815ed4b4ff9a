"""What a check is given."""

from dataclasses import dataclass, field
from functools import cached_property

from wizard.core.answers import Answers
from wizard.core.errors import ErrorKind, Failure
from wizard.core.facts import Control, Facts, OwnerReading, TokenKind
from wizard.core.kept_tests import COUNTS_FOR, OWNER_FOR, when
from wizard.core.known_apps import name_of_fixed
from wizard.core.pending import CONTROL_LASTS, TrialPart
from wizard.core.roles import BotRole, RoleEvidence, bot_role, role_evidence
from wizard.core.trial_result import TrialResult
from wizard.core.verdict import Evidence, evidence_of, evidence_of_owner

About = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class CheckContext:
    """One set-up as far as it is known: what was answered, what was seen, which tests this run made (oldest first).

    is_of_earlier: the answers were given in an earlier run. began_at: Unix seconds of the start of this run by this
    computer's clock; what was read back before may have changed since.
    now: Unix seconds of the judgement, by which tests age; 0.0 where nothing does."""

    answers: Answers
    facts: Facts = field(default_factory=Facts)
    tests: tuple[TrialResult, ...] = ()
    is_of_earlier: bool = False
    began_at: float = 0.0
    now: float = 0.0

    @cached_property
    def bot_id(self) -> str:
        return self.answers.bot.id if self.answers.bot else ""

    @cached_property
    def token_app_id(self) -> str:
        return self.answers.token_app.id if self.answers.token_app else ""

    @cached_property
    def role_evidence(self) -> RoleEvidence:
        return role_evidence(
            self.facts, [test for test in self.all_tests if not self.is_old(test)], self.token_app_id, self.bot_id
        )

    @cached_property
    def readings(self) -> tuple[OwnerReading, ...]:
        """The newest reading of each conversation, the newest first."""
        newest: dict[str, OwnerReading] = {}
        seen = (*self.facts.owners, *(reading for test in self._tests_of_control for reading in test.readings))
        for reading in sorted(seen, key=lambda reading: reading.at):  # of two in one second the later one
            newest[reading.psid] = reading
        return tuple(sorted(newest.values(), key=lambda reading: reading.at, reverse=True))

    @cached_property
    def failures(self) -> tuple[tuple[Failure, Evidence], ...]:
        """Every refused call with its place, the first ones first: each may disprove more than the check that needs it.

        Without looks from before the token at hand: those were made with an older one."""
        token = self.facts.token
        of_token = token.readings if token else ()
        found = [
            (reading.failure, evidence_of(reading, ""))
            for reading in (*of_token, self.facts.conversations)
            if reading is not None and reading.failure is not None
        ]
        since = token.identity.at if token else 0.0
        found += [
            (reading.failure, evidence_of_owner(reading))
            for reading in self.readings
            if reading.failure is not None and reading.at >= since
        ]
        return tuple(found)

    def refused(self, *kinds: ErrorKind) -> tuple[Failure, Evidence] | None:
        """The first refusal of these kinds."""
        return next((each for each in self.failures if each[0].kind in kinds), None)

    @cached_property
    def unclear(self) -> tuple[OwnerReading, ...]:
        """The newest readings that leave open which app has control. Nobody has it any more where nothing was written
        for longer than control lasts."""
        listed = (self.facts.conversations.value if self.facts.conversations else None) or ()
        news = {one.psid: one.updated_at for one in listed}
        return tuple(
            reading
            for reading in self.readings
            if reading.control is not Control.APP
            and not (
                reading.control is Control.NOTHING and reading.at - news.get(reading.psid, reading.at) >= CONTROL_LASTS
            )
        )

    @cached_property
    def skip_reason(self) -> str:
        """Why nothing about the Page could be asked, "" where it could: the reason of all checks that need that."""
        token = self.facts.token
        if self.facts.token_shape is not None:
            return "wrong_shape"
        if token is None:
            return "no_token"
        failure = token.identity.failure
        if failure is not None and failure.is_token_error:
            return "token_does_not_work"
        if failure is not None and failure.is_transport_error:
            return "nothing_answered"
        kind = token.identity.value.kind if token.identity.value else TokenKind.UNKNOWN
        return "" if kind in (TokenKind.PAGE, TokenKind.UNKNOWN) else "not_a_page_token"

    # Tests.

    @cached_property
    def all_tests(self) -> tuple[TrialResult, ...]:
        """Tests of this bot and this live chat, oldest first: of each part those of this run, else the kept one."""
        live_chat = self.answers.live_chat.id if self.answers.live_chat else ""
        fresh = {test.part for test in self.tests}
        found = (*(test for test in self.answers.tests if test.part not in fresh), *self.tests)
        return tuple(
            test for test in found if test.bot_id in ("", self.bot_id) and test.live_chat_id in ("", live_chat)
        )

    def last_test(self, part: TrialPart) -> TrialResult | None:
        return next((test for test in reversed(self.all_tests) if test.part is part), None)

    def is_old(self, test: TrialResult, seconds: float = COUNTS_FOR) -> bool:
        return self.now - when(test) > seconds

    def is_changed_since(self, test: TrialResult) -> bool:
        """Whether something was seen after a test that speaks against what it showed: another default app, another App
        ID saved, an app gone, a stranger in control."""
        since, answers = when(test), self.answers
        own = {app.id for app in (answers.bot, answers.live_chat) if app is not None}
        stranger = any(one.app_id not in own and one.at > since for one in self.facts.owners if one.app_id)
        not_default = self.role_evidence.hidden_owner
        other_default = (
            bot_role(self.role_evidence) is BotRole.NOT_DEFAULT and not_default is not None and not_default.at > since
        )
        other_id = answers.live_chat is not None and answers.saved_app_id not in ("", answers.live_chat.id)
        subscription = self.facts.token.subscription if self.facts.token is not None else None
        is_gone = (
            subscription is not None
            and subscription.worked
            and subscription.value is None
            and subscription.at > since
            and self.token_app_id in own
        )
        return stranger or other_default or other_id or is_gone

    @cached_property
    def _tests_of_control(self) -> tuple[TrialResult, ...]:
        """Tests that still say who has the conversation. A kept one names nobody: a look since then knows better."""
        looked_at = max((reading.at for reading in self.facts.owners), default=0.0)
        recent = (test for test in self.all_tests if not self.is_old(test, OWNER_FOR))
        return tuple(test for test in recent if test in self.tests or when(test) > looked_at)

    def name_of(self, app_id: str) -> str:
        """The name of an app as far as it is known, else its App ID."""
        own = (self.answers.bot, self.answers.live_chat, self.answers.token_app)
        named = {app.id: app.name for app in own if app is not None}
        return named.get(app_id) or name_of_fixed(app_id) or dict(self.facts.app_names).get(app_id) or app_id

    @cached_property
    def about_bot(self) -> About:
        return (("bot", self.name_of(self.bot_id)),) if self.bot_id else ()
