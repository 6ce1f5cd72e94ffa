"""The chain of the log: everything that can be done to it is found, and named by its number."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.audit_chain import (
    START,
    Anchor,
    Fault,
    Finding,
    Head,
    Link,
    anchor,
    false_anchors,
    is_code_of,
    is_ours,
    seal,
    short_code,
    verify,
)

KEY = b"a key of this installation"


def chain(rows: Sequence[tuple[str, ...]], *, start: Head = START) -> list[Link]:
    links, head = [], start
    for row in rows:
        links.append(Link(head.sequence + 1, row, seal(head.hash, row)))
        head = Head(links[-1].sequence, links[-1].hash)
    return links


TEN = chain([(str(number), "page.read") for number in range(1, 11)])


def edited(links: list[Link]) -> list[Link]:
    return [*links[:4], links[4]._replace(row=("5", "page.printed")), *links[5:]]


def edited_and_sealed(links: list[Link]) -> list[Link]:
    row = ("5", "page.printed")
    return [*links[:4], Link(5, row, seal(links[3].hash, row)), *links[5:]]


def deleted(links: list[Link]) -> list[Link]:
    return [*links[:4], *links[5:]]


def beheaded(links: list[Link]) -> list[Link]:
    return links[1:]


def inserted(links: list[Link]) -> list[Link]:
    return [*links[:4], Link(4, ("4", "x"), "ab"), *links[4:]]


def inserted_and_renumbered(links: list[Link]) -> list[Link]:
    return [
        *links[:4],
        Link(5, ("5", "x"), seal(links[3].hash, ("5", "x"))),
        *(one._replace(sequence=one.sequence + 1) for one in links[4:]),
    ]


def turned(links: list[Link]) -> list[Link]:
    return [*links[:4], links[5], links[4], *links[6:]]


def turned_and_renumbered(links: list[Link]) -> list[Link]:
    return [*links[:4], links[5]._replace(sequence=5), links[4]._replace(sequence=6), *links[6:]]


@pytest.mark.parametrize(
    ("tampering", "first"),
    [
        (edited, Finding(5, Fault.CHANGED)),
        (edited_and_sealed, Finding(6, Fault.CHANGED)),
        (deleted, Finding(6, Fault.MISSING)),
        (beheaded, Finding(2, Fault.MISSING)),
        (inserted, Finding(4, Fault.TURNED)),
        (inserted_and_renumbered, Finding(6, Fault.CHANGED)),
        (turned, Finding(6, Fault.MISSING)),
        (turned_and_renumbered, Finding(5, Fault.CHANGED)),
    ],
    ids=lambda given: getattr(given, "__name__", ""),
)
def test_tampering_is_found_and_named(tampering: Callable[[list[Link]], list[Link]], first: Finding) -> None:
    verdict = verify(tampering(TEN))
    assert (verdict.is_sound, verdict.findings[0]) == (False, first)


def test_a_whole_chain_is_sound() -> None:
    verdict = verify(TEN)
    assert (verdict.is_sound, verdict.head, verdict.links) == (True, Head(10, TEN[-1].hash), 10)


def test_no_chain_is_sound_and_ends_where_it_starts() -> None:
    assert verify([]).head == START


def test_a_cut_tail_shows_only_beside_an_anchor() -> None:
    assert verify(TEN[:7]).is_sound
    assert verify(TEN[:7], anchors={3: TEN[2].hash, 9: TEN[8].hash}).findings == (Finding(9, Fault.CUT),)


def test_a_chain_worked_out_anew_shows_only_beside_an_anchor() -> None:
    anew = chain([(str(number), "page.read" if number != 5 else "home") for number in range(1, 11)])
    assert verify(anew).is_sound
    assert verify(anew, anchors={4: TEN[3].hash, 9: TEN[8].hash}).findings == (Finding(9, Fault.OTHER_CHAIN),)


def test_an_anchored_link_that_is_left_out_is_found() -> None:
    assert Finding(5, Fault.OTHER_CHAIN) in verify(deleted(TEN), anchors={5: TEN[4].hash}).findings


def test_a_chain_whose_beginning_was_let_go_is_verified_from_its_kept_head() -> None:
    kept = Head(4, TEN[3].hash)
    old = {2: TEN[1].hash, 4: TEN[3].hash, 9: TEN[8].hash}
    assert verify(TEN[4:], start=kept, anchors=old).is_sound
    assert verify(TEN[4:], start=Head(4, "ab"), anchors=old).findings == (Finding(4, Fault.OTHER_CHAIN), Finding(5, Fault.CHANGED))


def test_no_more_than_twenty_faults_are_told() -> None:
    assert len(verify([Link(number, (), "ab") for number in range(1, 100)]).findings) == 20


@given(st.lists(st.lists(st.text(), min_size=1, max_size=4).map(tuple), min_size=2, max_size=8), st.data())
def test_no_value_can_be_changed_unseen(rows: list[tuple[str, ...]], data: st.DataObject) -> None:
    links = chain(rows)
    at = data.draw(st.integers(0, len(links) - 1))
    other = data.draw(st.lists(st.text(), max_size=4).map(tuple).filter(lambda row: row != links[at].row))
    assert verify(links).is_sound
    assert verify([*links[:at], links[at]._replace(row=other), *links[at + 1 :]]).findings[0] == Finding(at + 1, Fault.CHANGED)


def test_an_anchor_bears_the_imprint_of_this_installation() -> None:
    laid = anchor("beuk", Head(9, TEN[8].hash), at="2026-11-22T10:00:00+00:00", key=KEY)
    assert is_ours(laid, key=KEY)
    assert not is_ours(laid, key=b"another installation")
    for forged in (replace(laid, sequence=8), replace(laid, hash="ab"), replace(laid, at=""), replace(laid, school="eik")):
        assert not is_ours(forged, key=KEY)


def test_a_false_anchor_is_found_and_so_are_two_that_disagree() -> None:
    true = anchor("beuk", Head(9, TEN[8].hash), at="10", key=KEY)
    other = anchor("beuk", Head(9, TEN[7].hash), at="11", key=KEY)
    assert false_anchors([true, true], key=KEY) == ()
    assert false_anchors([true, Anchor("beuk", 7, "9", "ab", "cd")], key=KEY) == (Finding(7, Fault.FALSE_ANCHOR),)
    assert false_anchors([true, other], key=KEY) == (Finding(9, Fault.FALSE_ANCHOR),)


def test_a_head_can_be_read_aloud() -> None:
    code = short_code(Head(9, TEN[8].hash))
    assert (len(code), code.count("-"), set(code) & set("0O1I")) == (24, 4, set())
    assert code != short_code(Head(8, TEN[7].hash))


@given(st.binary(min_size=32, max_size=32), st.integers(0, 23))
def test_what_was_read_aloud_is_known_again_and_one_other_sign_is_not(what: bytes, at: int) -> None:
    head = Head(1, what.hex())
    code = short_code(head)
    for said in (code, code.lower(), code.replace("-", ""), f" {code.replace('-', '  ')} "):
        assert is_code_of(head, said)
    other = "3" if code[at] == "2" else "2"
    assert is_code_of(head, code[:at] + other + code[at + 1 :]) is False


def test_the_measured_speed_of_verifying() -> None:
    """Not a judgement of time: a hundred thousand links are walked in one go. A million took 2.1 s on two busy cores (2026-11-22)."""
    row = ("a" * 32, "b" * 32, "teacher", "page.read", "pupil", "c" * 32)
    assert verify(chain([row] * 100_000)).links == 100_000
