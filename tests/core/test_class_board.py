"""How a class is doing while it fills in: one word for each pupil, and who is looked at first."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from kring.core.class_board import Doing, counted, doing, percent


@given(st.booleans(), st.booleans(), st.integers(0, 3), st.integers(0, 3), st.booleans(), st.booleans())
def test_one_word_says_how_a_pupil_is(locked: bool, seated: bool, asked: int, done: int, begun: bool, absent: bool) -> None:
    done = min(asked, done)
    said = doing(locked=locked, seated=seated, asked=asked, done=done, begun=begun, absent=absent)
    assert (said is Doing.LOCKED) == locked  # help goes before everything
    if not locked:
        assert (said is Doing.DONE) == (0 < asked == done)
        assert said in {Doing.BUSY, Doing.IN} or not seated or said is Doing.DONE
        assert seated or said not in {Doing.BUSY, Doing.IN}
    assert said is not Doing.ABSENT or (absent and not seated)


@given(st.integers(0, 200), st.integers(0, 200))
def test_how_far_never_tells_a_single_question_and_is_whole_only_at_the_end(answered: int, questions: int) -> None:
    far = percent(answered, questions)
    assert far in {0, 20, 40, 60, 80, 100}
    assert (far == 100) == (0 < questions <= answered)
    assert far <= percent(answered + 1, questions)


@given(st.lists(st.sampled_from(Doing)))
def test_everybody_is_counted_once_and_nobody_is_a_nought(class_: list[Doing]) -> None:
    board = counted(class_)
    assert list(board) == list(Doing)
    assert Counter(board) == Counter(class_)
