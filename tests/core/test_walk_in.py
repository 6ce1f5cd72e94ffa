"""A walk-in hour ends after it starts."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.walk_in import HourEndsBeforeStart, check_hour


def test_an_hour_at_noon() -> None:
    check_hour(time(12), time(13))


@given(st.times(), st.times())
def test_bad_input_an_hour_that_is_over_before_it_begins(starts_at: time, ends_at: time) -> None:
    if starts_at < ends_at:
        check_hour(starts_at, ends_at)
    else:
        with pytest.raises(HourEndsBeforeStart):
            check_hour(starts_at, ends_at)
