"""A value opens in its own place with its own key, and nowhere else."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.sealing import Compartment, Key, Keys, Place, Unreadable, WhyUnreadable, key_id_of, opened, seal

OLD, NEW = Key(b"\x01" * 32), Key(b"\x02" * 32)
KEYS = Keys((OLD,))
ROW, SCHOOL = UUID(int=1), UUID(int=2)
PLACE = Place("kring_note", "text", ROW, SCHOOL)
ELSEWHERE = [
    replace(PLACE, table="kring_talk"),
    replace(PLACE, column="reason"),
    replace(PLACE, row=UUID(int=3)),
    replace(PLACE, school=UUID(int=3)),
    replace(PLACE, compartment=Compartment.REPORTING_CODE),
    replace(PLACE, table="kring_notetext", column=""),
]


@given(st.binary(max_size=2000))
def test_what_is_closed_opens_as_it_was(plain: bytes) -> None:
    sealed = seal(plain, PLACE, KEYS)
    assert opened(sealed, PLACE, KEYS) == plain
    assert len(sealed) == len(plain) + 33
    assert len(plain) < 3 or plain not in sealed


def test_the_same_words_never_look_the_same() -> None:
    assert seal(b"bang", PLACE, KEYS) != seal(b"bang", PLACE, KEYS)


@pytest.mark.parametrize("place", ELSEWHERE, ids=str)
def test_moved_to_another_place_it_does_not_open(place: Place) -> None:
    with pytest.raises(Unreadable) as refused:
        opened(seal(b"bang", PLACE, KEYS), place, KEYS)
    assert (refused.value.why, refused.value.place) == (WhyUnreadable.DOES_NOT_FIT, place)


@given(st.binary(min_size=1, max_size=50), st.data())
def test_a_flipped_bit_is_noticed(plain: bytes, data: st.DataObject) -> None:
    sealed = bytearray(seal(plain, PLACE, KEYS))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(Unreadable):
        opened(bytes(sealed), PLACE, KEYS)


@given(st.binary(max_size=60))
def test_any_bytes_are_refused(found: bytes) -> None:
    with pytest.raises(Unreadable):
        opened(found, PLACE, KEYS)


def test_an_older_key_opens_and_the_newest_closes() -> None:
    before, both = seal(b"toen", PLACE, KEYS), Keys((NEW, OLD))
    assert opened(before, PLACE, both) == b"toen"
    after = seal(b"nu", PLACE, both)
    assert (key_id_of(before), key_id_of(after)) == (OLD.id, NEW.id)
    with pytest.raises(Unreadable) as refused:
        opened(after, PLACE, KEYS)
    assert refused.value.why is WhyUnreadable.UNKNOWN_KEY


def test_what_is_refused_says_where_and_nothing_of_the_key() -> None:
    with pytest.raises(Unreadable, match=f"kring_note.text of {ROW}: it is no sealed value"):
        opened(b"", PLACE, KEYS)
    assert "x01" not in repr(KEYS)
