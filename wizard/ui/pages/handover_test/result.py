"""What the test showed, and what can be done next."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from wizard.core.mend import Mend, Way
from wizard.core.trial_result import ConsentRequest, ConsentTo, RestoreEnd, RestoreResult, TrialOutcome, TrialResult
from wizard.i18n.language import _
from wizard.ui.layout import Panel, column
from wizard.ui.pages.handover_test.marks import tone_of
from wizard.ui.pages.handover_test.panels import Agreement
from wizard.ui.pages.handover_test.ways_out import WaysOut
from wizard.ui.services import Services
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.disclosure import Disclosure
from wizard.ui.widgets.notice import Notice, Tone
from wizard.words import asking, errors, mending, restored, trial, trial_result
from wizard.words.moments import clock_time

_REFUSED = frozenset({TrialOutcome.PROBE_REFUSED, TrialOutcome.PASS_REFUSED})


class OverPanel(Panel):
    """The result in one sentence, and the three ways out where the conversation is not back.

    mend: what comes next; the page's main button does it. more: one more thing to try, folded away; the page places it
    below its list."""

    go_on_wanted = Signal()
    recovery_wanted = Signal()
    bot_test_wanted = Signal()
    eye_test_wanted = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mend = Mend(Way.GO_ON)
        self.notice = Notice(parent=self)
        self.notice.action_chosen.connect(self.recovery_wanted)
        self.ways = WaysOut(services, self)
        self.go_on_button = Button(_("Go on anyway"), "link")
        self.go_on_button.clicked.connect(self.go_on_wanted)
        self.tick = Agreement()
        self.bot_button, self.eye_button = Button(), Button()
        self.bot_button.clicked.connect(self.bot_test_wanted)
        self.eye_button.clicked.connect(self.eye_test_wanted)
        self.tick.changed.connect(self.bot_button.setEnabled)
        body = column(self, spacing=1)
        for widget in (self.notice, self.ways):
            body.addWidget(widget)
        body.addWidget(self.go_on_button, 0, Qt.AlignmentFlag.AlignLeading)
        inside = Panel()
        below = column(inside, spacing=0.7)
        below.addWidget(self.tick)
        for button in (self.bot_button, self.eye_button):
            below.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
        self.more = Disclosure("", inside, parent=self)
        self.hide()

    def show_result(self, result: TrialResult, cast: trial.TrialApps, until: float, may_go_on: bool = True) -> None:
        """until: Unix seconds up to which a conversation that goes to the live chat now may stay there. may_go_on:
        whether the next step can be opened as it is."""
        self.mend = mending.after(result)
        press = self._show_ways(result.ended, cast, result.outcome is not TrialOutcome.MOVED)
        said, back = trial_result.result(result, cast), restored.back(result, cast)
        if result.ended.is_wanted:
            back = restored.left_there(result.ended, cast)
        is_left = result.is_left_elsewhere
        is_wanted = result.ended.is_wanted
        why = errors.explain(result.ended.failure).title if result.ended.failure is not None else ""
        parts = (
            (back.detail if is_wanted or result.ended.is_idle else "", "" if result.ended.is_idle else why, press)
            if is_left
            else (said.detail, back.title if result.ended.result is not RestoreResult.UNTOUCHED else "")
        )
        self.notice.show_message(
            tone_of(result),
            back.title if is_left else said.title,
            " ".join(part for part in parts if part),
            _("Bring it back") if is_wanted and not result.by_eye else "",
            details_of(result),
        )
        self._offer_more(result, cast, until)
        self.go_on_button.setVisible(may_go_on and self.mend.way is not Way.GO_ON)
        self.show()
        self.notice.announce()

    def hide_all(self) -> None:
        self.mend = Mend(Way.GO_ON)
        self.hide()
        self.more.hide()

    def show_stopped(self, endings: list[RestoreEnd], cast: trial.TrialApps, is_broken: bool = False) -> None:
        """After Stop. endings: one for each entry that was open. is_broken: nobody stopped it, an error did."""
        self.go_on_button.hide()
        left = next((ended for ended in endings if ended.result is RestoreResult.NOT_BACK), None)
        if left is not None:
            said = restored.where(left, cast)
            why = errors.explain(left.failure) if left.failure is not None else None
            self.mend = Mend(Way.BRING_BACK)
            press = self._show_ways(left, cast, why is not None)
            parts = (said.detail, why.title if why is not None and not left.is_idle else "", press)
            details = "\n".join(why.details) if why is not None else ""
            self.notice.show_message(Tone.PROBLEM, said.title, " ".join(filter(None, parts)), details=details)
        else:
            ended = endings[-1] if endings else RestoreEnd(RestoreResult.UNTOUCHED)
            title = _("The test broke off.") if is_broken else _("The test was stopped.")
            self.mend = Mend(Way.GO_ON)
            self.notice.show_message(Tone.INFO, title, restored.where(ended, cast).title)
            self.ways.hide()
        self._offer_nothing()
        self.show()
        self.notice.announce()

    def _show_ways(self, ended: RestoreEnd, cast: trial.TrialApps, is_refused: bool) -> str:
        """Show what brings it back. Return the sentence that leads to the main button, "" where that does something
        else or the only way says it itself. is_refused: Facebook did not let it be brought back."""
        is_left = ended.result is RestoreResult.NOT_BACK and not ended.is_wanted
        expires_at = ended.left.expires_at if ended.left is not None else None
        until = clock_time(expires_at) if expires_at else ""
        self.ways.hide()
        ways = self.ways.offer(ended, cast, until) if is_left and is_refused else 0
        if self.mend.way is not Way.BRING_BACK or ways == 1:
            return ""
        button = mending.label(self.mend.way)
        if ways:
            return _("Do one of these, then press “{button}”.").format(button=button)
        return _("Press “{button}”.").format(button=button)

    def _offer_more(self, result: TrialResult, cast: trial.TrialApps, until: float) -> None:
        self._offer_nothing()
        if result.is_left_elsewhere:
            return
        if result.outcome in _REFUSED:
            # Only on purpose: what the bot hands over now could not be taken back.
            self.tick.set_text(asking.consent(ConsentRequest(ConsentTo.TEST, cast.live_chat, until=int(until))))
            self.tick.box.setChecked(False)
            self.tick.show()
            self.bot_button.set_text(_("Start"))
            self.bot_button.setEnabled(False)
            self._offer(_("Test your bot anyway"))
        elif result.outcome is TrialOutcome.NOT_OFFERED and self.mend.way is not Way.BY_EYE:
            self.eye_button.set_text(_("Start"))
            self._offer(_("Test by eye: you see who answers"))

    def _offer(self, title: str) -> None:
        self.more.set_title(title)
        self.more.open(False)
        self.more.show()

    def _offer_nothing(self) -> None:
        for widget in (self.tick, self.bot_button, self.eye_button, self.more):
            widget.hide()


def details_of(result: TrialResult) -> str:
    """Lines to copy, no secret in them."""
    failures = [failure for failure in (result.failure, result.ended.failure) if failure is not None]
    return "\n".join(line for failure in dict.fromkeys(failures) for line in errors.details(failure))
