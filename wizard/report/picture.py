"""The picture of who answers first, who takes over and who has control: what stands in it, and the same in words."""

import unicodedata
from dataclasses import dataclass

from wizard.core.facts import App
from wizard.core.verdict import State
from wizard.i18n.language import _
from wizard.i18n.lists import listed
from wizard.report.view import PageView, VerdictRow
from wizard.words import verdicts

_WIDEST = 21.0  # small Latin letters of a name that fit into a box


@dataclass(frozen=True, slots=True)
class Box:
    """name: cut to fit; full_name: for the text alternative. proof: how sure the role is, None where nothing says."""

    name: str
    full_name: str
    role: str
    app_id: str
    proof: State | None
    proof_word: str
    has_control: bool


@dataclass(frozen=True, slots=True)
class ReportDiagram:
    """boxes: the bot, the live chat, and a third app where that has control. handover: whether it was seen to work.

    in_words: the text alternative. control: the sentence under the picture."""

    boxes: tuple[Box, ...]
    handover: State
    handover_word: str
    in_words: str
    control: str


def picture(page: PageView) -> ReportDiagram | None:
    """Return None as long as neither bot nor live chat is known: there is nothing to draw."""
    if page.bot is None and page.live_chat is None:
        return None
    holder = _holder(page)
    first, handover = _who_answers_first(page), page.row("handover.bot_does")
    boxes = [
        _box(page.bot, _("Answers first"), first, holder, _("Your bot")),
        _box(page.live_chat, _("Takes over"), None, holder, _("Your live chat")),
    ]
    if holder is not None and not any(box.has_control for box in boxes):
        boxes.append(_box(holder, _("Another app"), None, holder, ""))
    state = handover.state if handover is not None else State.NOT_CHECKED
    return ReportDiagram(
        tuple(boxes),
        handover=state,
        handover_word=verdicts.state(state),
        in_words=_in_words(boxes, state),
        control=_control(page),
    )


def _who_answers_first(page: PageView) -> VerdictRow | None:
    """What was seen of a fresh message proves more than what was read of the default app."""
    rows = [row for check in ("routing.answers_first", "routing.default_app") if (row := page.row(check)) is not None]
    known = [row for row in rows if row.state not in (State.UNKNOWN, State.NOT_CHECKED)]
    return next(iter([*known, *rows]), None)


def _box(app: App | None, role: str, proof: VerdictRow | None, holder: App | None, unknown: str) -> Box:
    name = (app.name or app.id) if app is not None else unknown
    return Box(
        name=fitted(name),
        full_name=name,
        role=role,
        app_id=app.id if app is not None else "",
        proof=proof.state if proof is not None else None,
        proof_word=verdicts.state(proof.state) if proof is not None else "",
        has_control=app is not None and holder is not None and app.id == holder.id,
    )


def _in_words(boxes: list[Box], handover: State) -> str:
    parts = []
    for box in boxes:
        facts = [box.full_name, box.role]
        facts += [_("App ID {id}").format(id=box.app_id)] if box.app_id else []
        facts += [box.proof_word] if box.proof is not None else []
        facts += [_("has control")] if box.has_control else []
        parts.append(listed(facts))
    hands_over = _("{bot} hands over to {live_chat}: {state}").format(
        bot=boxes[0].full_name, live_chat=boxes[1].full_name, state=verdicts.state(handover)
    )
    return ". ".join([*parts, hands_over]) + "."


def _holder(page: PageView) -> App | None:
    """The app that the verdict on control speaks of, so that picture and words say the same; without one, the app that
    was seen in control last."""
    seen = sorted((one for one in page.conversations if one.app is not None), key=lambda one: one.at, reverse=True)
    apps = [one.app for one in seen if one.app is not None]
    row = page.row("routing.current_owner")
    named = dict(row.about).get("app") if row is not None else None
    return next((app for app in apps if named in (app.name, app.id)), apps[0] if apps else None)


def _control(page: PageView) -> str:
    row = page.row("routing.current_owner")
    return f"{row.title}: {row.text}" if row is not None else _("Who has control was not looked at.")


def fitted(name: str) -> str:
    """Return a name cut to the width of a box, as far as letters tell their width; the box clips what is left."""
    if _width(name) <= _WIDEST:
        return name
    cut = name
    while _width(cut) > _WIDEST - 1:
        cut = cut[:-1]
    return f"{cut.rstrip()}…"


def _width(text: str) -> float:
    return sum(_width_of(character) for character in text)


def _width_of(character: str) -> float:
    """In small Latin letters, as fonts without serifs draw them."""
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF" or character in "MWmw@%":
        return 1.9
    return 1.3 if character.isupper() else 1.0
