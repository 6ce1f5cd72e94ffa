"""Rules of bringing in files."""

from datetime import UTC, datetime

import pytest

from kring.core.uploads import FilesBroughtBefore, UploadAlreadyApplied, refuse_applied, refuse_repetition

MOMENT = datetime(2026, 3, 3, tzinfo=UTC)


def test_an_upload_becomes_real_once() -> None:
    refuse_applied(None)
    with pytest.raises(UploadAlreadyApplied) as refused:
        refuse_applied(MOMENT)
    assert refused.value.applied_at == MOMENT


def test_the_same_files_are_refused_in_any_order_and_others_are_not() -> None:
    earlier = [(frozenset({"a", "b"}), MOMENT)]
    refuse_repetition(["a"], earlier)
    refuse_repetition(["a", "b", "c"], earlier)
    with pytest.raises(FilesBroughtBefore):
        refuse_repetition(["b", "a"], earlier)
