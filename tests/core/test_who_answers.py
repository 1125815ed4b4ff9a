from collections.abc import Sequence

from wizard.core.facts import App, Control, Conversation, Facts, Identity, OwnerReading, Reading, TokenFacts, TokenKind
from wizard.core.pending import CONTROL_LASTS
from wizard.core.who_answers import Share, who_answers

AT = 1_790_000_000.0
BOT, STRANGER = App("914602738451926", "Flow bot"), "726940185327419"


def looked(*seen: tuple[Control, str, float]) -> Facts:
    """seen: of each conversation what was read, the app, and the seconds since the last message."""
    token = TokenFacts(Reading("GET me", AT, Identity(TokenKind.PAGE)), Reading("GET app", AT, BOT))
    listed = tuple(Conversation(f"t_{at}", AT - age, str(at)) for at, (_control, _app, age) in enumerate(seen))
    owners = tuple(OwnerReading(str(at), control, AT, app) for at, (control, app, _age) in enumerate(seen))
    return Facts(token, conversations=Reading("GET me/conversations", AT, listed), owners=owners)


def counts(shares: Sequence[Share]) -> list[tuple[str, int]]:
    return [(share.app_id or share.control.value, share.count) for share in shares]


def test_conversations_are_grouped_by_owner_the_most_first_with_their_ages() -> None:
    own, other = (Control.APP, BOT.id), (Control.APP, STRANGER)
    found = who_answers(looked((*other, 60), (*own, 30), (*own, 300), (*own, 90), (*other, 20)))
    assert counts(found) == [(BOT.id, 3), (STRANGER, 2)]
    assert [(AT - share.newest, AT - share.oldest) for share in found] == [(30, 300), (20, 60)]


def test_of_one_size_the_one_with_the_newest_message_comes_first() -> None:
    found = who_answers(looked((Control.APP, BOT.id, 60), (Control.APP, STRANGER, 30)))
    assert counts(found) == [(STRANGER, 1), (BOT.id, 1)]


def test_an_empty_answer_means_nobody_only_where_it_cannot_mean_hidden() -> None:
    empty = (Control.NOTHING, "", 60.0)
    assert not who_answers(looked(empty, (Control.APP, BOT.id, 60.0)))[0].is_idle
    shown = who_answers(looked(empty, (Control.APP, STRANGER, 60.0)))
    assert [share.is_idle for share in shown if share.control is Control.NOTHING] == [True]
    (ended,) = who_answers(looked((Control.NOTHING, "", CONTROL_LASTS + 1.0)))
    assert ended.is_idle


def test_what_is_hidden_or_could_not_be_read_is_a_group_of_its_own() -> None:
    found = who_answers(looked((Control.HIDDEN, "", 60), (Control.UNREADABLE, "", 50), (Control.HIDDEN, "", 40)))
    assert counts(found) == [("hidden", 2), ("unreadable", 1)]


def test_where_nobody_looked_there_is_nothing_to_tell() -> None:
    assert who_answers(Facts()) == ()
