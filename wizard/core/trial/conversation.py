"""One conversation under test, as one app sees and controls it."""

import re
from collections.abc import Callable
from dataclasses import replace

from wizard.core import limits
from wizard.core.cancel import CancelToken
from wizard.core.errors import ErrorKind, Failure, WizardError
from wizard.core.facts import App, Control, OwnerReading
from wizard.core.ports import GraphApi
from wizard.core.trial_result import OwnerRelation

# A write that failed like this may have happened all the same: only the owner can tell.
_MAY_HAVE_HAPPENED = frozenset(
    {
        ErrorKind.ANSWER_LOST,
        ErrorKind.NO_ANSWER,
        ErrorKind.NO_CONNECTION,
        ErrorKind.UNREADABLE,
        ErrorKind.SERVER_TROUBLE,
    }
)
# What a take is refused with that may be the switch, where no other reason is known; Graph API, thread control and
# error codes, as of 2026-11. 10: a permission is missing, or so it says; 100 without more: an invalid parameter.
_SWITCH_CODES = frozenset({10, 100})
_SAYS_NOTHING_ELSE = frozenset(
    {ErrorKind.PERMISSION_MISSING, ErrorKind.TAKE_REFUSED, ErrorKind.BAD_REQUEST, ErrorKind.UNKNOWN}
)
_PERMISSION = "pages_messaging"
_BARE = re.compile(r"(\(#100\) )?invalid parameter\.?", re.IGNORECASE)


class ControlledConversation:
    """Reads and moves control of one conversation. A lost answer of a write is cleared up by reading the owner; the
    write is then repeated at most once. Every method may raise WizardError and Cancelled.

    token_app_id: the app that the graph's token speaks for. An empty owner list means idle in two cases only:
    shows_others: this app was shown another app's ID here, which never ceases to be true. is_just_released: this app
    let go itself, and nobody can have got control since.
    is_in_doubt: the last change of ours was answered with an error.
    """

    def __init__(
        self,
        graph: GraphApi,
        cancel: CancelToken,
        psid: str,
        token_app_id: str,
        bot: App,
        live_chat: App,
        shows_others: bool = False,
        is_just_released: bool = False,
    ) -> None:
        self.graph = graph
        self.cancel = cancel
        self.psid = psid
        self.token_app_id = token_app_id
        self.bot = bot
        self.live_chat = live_chat
        self.shows_others = shows_others
        self.is_just_released = is_just_released
        self.has_changed = False  # a change of ours happened, or may have
        self.is_in_doubt = False
        self.readings: list[OwnerReading] = []

    @property
    def speaks_for_bot(self) -> bool:
        return self.token_app_id == self.bot.id

    @property
    def last(self) -> OwnerReading | None:
        return self.readings[-1] if self.readings else None

    def read(self) -> OwnerRelation:
        return self.remember(self.graph.owner(self.psid))

    def read_surely(self) -> OwnerRelation:
        """As read; where the last change was answered with an error, until two readings in a row say the same: it may
        have been made all the same, and the first reading may be an old one."""
        relation = self.read()
        for pause in (*limits.IS_BACK, limits.IS_BACK[-1]) if self.is_in_doubt else ():
            before = self.readings[-1]
            self.cancel.wait(pause)
            relation = self.read()
            if is_same_owner(before, self.readings[-1]):
                break
        return relation

    def remember(self, reading: OwnerReading) -> OwnerRelation:
        """Take a reading as the newest."""
        self.readings.append(reading)
        if reading.control is Control.APP and reading.app_id != self.token_app_id:
            # Only the default app is shown another app's ID, and to the default app nothing is hidden.
            self.shows_others = True
        return self.relation(reading)

    def unread(self, failure: Failure) -> OwnerRelation:
        """Remember that the owner could not be read: an older reading must not stand for what is true now."""
        self.readings.append(OwnerReading(self.psid, Control.UNREADABLE, self.graph.time, failure=failure))
        return OwnerRelation.UNREADABLE

    def relation(self, reading: OwnerReading) -> OwnerRelation:
        if reading.control is Control.HIDDEN:
            return OwnerRelation.HIDDEN
        if reading.control is Control.NOTHING:
            return OwnerRelation.IDLE if self.shows_others or self.is_just_released else OwnerRelation.NOTHING
        if reading.control is Control.UNREADABLE:
            return OwnerRelation.UNREADABLE
        if reading.app_id == self.bot.id:
            return OwnerRelation.BOT
        return OwnerRelation.LIVE_CHAT if reading.app_id == self.live_chat.id else OwnerRelation.OTHER

    def release(self, metadata: str) -> None:
        before, self.is_just_released = self.is_just_released, True  # before it the reading shows our own ID
        try:
            self._retry_until_confirmed(
                lambda: self.graph.release_control(self.psid, metadata), lambda relation: relation is OwnerRelation.IDLE
            )
        except WizardError as error:
            self.is_just_released = before or error.kind in _MAY_HAVE_HAPPENED
            raise

    def take(self, metadata: str) -> None:
        mine = OwnerRelation.BOT if self.speaks_for_bot else OwnerRelation.LIVE_CHAT
        try:
            self._retry_until_confirmed(
                lambda: self.graph.take_control(self.psid, metadata), lambda relation: relation is mine
            )
        except WizardError as error:
            if error.kind in _MAY_HAVE_HAPPENED:
                self.is_just_released = False
            raise WizardError(_refused_take(error.failure)) from error
        self.is_just_released = False

    def pass_to(self, app: App, metadata: str) -> None:
        def has_left(relation: OwnerRelation) -> bool:
            if self.last is not None and self.last.app_id == app.id:
                return True
            mine = OwnerRelation.BOT if self.speaks_for_bot else OwnerRelation.LIVE_CHAT
            return relation not in (mine, OwnerRelation.UNREADABLE, OwnerRelation.NOTHING)

        self.is_just_released = False
        self._retry_until_confirmed(lambda: self.graph.pass_control(self.psid, app.id, metadata), has_left)

    def _retry_until_confirmed(self, write: Callable[[], None], has_happened: Callable[[OwnerRelation], bool]) -> None:
        for is_last_attempt in (False, True):
            self.cancel.raise_if_cancelled()
            try:
                write()
            except WizardError as error:
                self.is_in_doubt = True
                if error.kind not in _MAY_HAVE_HAPPENED:
                    raise
                self.has_changed = True
                if has_happened(self.read()):
                    return
                if is_last_attempt:
                    raise
                self.cancel.wait(limits.CHANGE_AGAIN)
            else:
                self.has_changed, self.is_in_doubt = True, False
                return


def is_same_owner(one: OwnerReading, other: OwnerReading) -> bool:
    return (one.control, one.app_id) == (other.control, other.app_id)


def _refused_take(failure: Failure) -> Failure:
    """Facebook has no number of its own for a take-control switch that is off, and uses the text of a missing
    permission, or says nothing but that a parameter is invalid. Any other refusal keeps its kind."""
    if failure.code not in _SWITCH_CODES or failure.subcode is not None or failure.kind not in _SAYS_NOTHING_ELSE:
        return failure
    if _PERMISSION in failure.message or (failure.code == 100 and not _says_nothing(failure.message)):
        return failure
    return replace(failure, kind=ErrorKind.TAKE_REFUSED)


def _says_nothing(message: str) -> bool:
    return not message or _BARE.fullmatch(message.strip()) is not None
