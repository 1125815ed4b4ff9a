"""Two wizards at once: a sample of what `python -m tests.measure.two_wizards` tries."""

from tests.measure.two_wizards import REFUSED, tries

SAMPLE = 6


def test_no_conversation_stays_away_without_a_word_where_two_test_it_at_once() -> None:
    done = tries(SAMPLE)
    assert [one for one in done if not one.is_good] == []
    of_one_home = [one for one in done if one.homes == 1]
    assert len(of_one_home) == len(done) / 2
    assert all(one.is_back for one in of_one_home)
    assert any(REFUSED in run.said for one in of_one_home for run in one.runs)
