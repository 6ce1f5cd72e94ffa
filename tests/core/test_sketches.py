"""A list while it is being written: what it lacks, what a change does to it, and what a next version changed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core import sketches
from kring.core.instruments import About, AnswerKind, Competence, Family, Informant, Level, Option, ScaledItem, Season
from kring.core.sketches import Change, ChangeKind, Lack, Reason, Sketch, SketchedCuts, SketchedItem, SketchedScale
from tests.cast_sketches import OPTIONS, ready_sketch

READY = ready_sketch()
WELLBEING = READY.scales[0]
NUMBER = SketchedItem(key="n1", text="Hoe gaat het?", kind=AnswerKind.NUMBER, low_label="slecht", high_label="goed")
OPEN = SketchedItem(key="o1", text="Wat wil je nog zeggen?", kind=AnswerKind.TEXT)


def with_cuts(red: float, green: float, *, direction: int = 1) -> Sketch:
    cuts = SketchedCuts(pairs={Level.PUPIL: (red, green)}, source="gekozen", dated="2025-09-01")
    return replace(READY, scales=(replace(WELLBEING, cuts=cuts, direction=direction),))


def with_second_scale(*items: str) -> Sketch:
    other = SketchedScale(
        key="other",
        title="Anders",
        family=Family.SOCIAL,
        items=tuple(ScaledItem(key, 1) for key in items),
        competences=(Competence.CHOICES,),
    )
    return replace(READY, scales=(WELLBEING, other))


def test_a_list_with_everything_lacks_nothing() -> None:
    assert sketches.lacks(READY) == ()
    assert sketches.lacks(with_cuts(2, 3)) == ()
    assert sketches.lacks(with_cuts(3, 2, direction=-1)) == ()
    assert sketches.lacks(replace(READY, items=(*READY.items, NUMBER, OPEN))) == ()


@pytest.mark.parametrize(
    ("sketch", "lack", "where"),
    [
        (replace(READY, promise=" "), Lack.NO_PROMISE, ""),
        (replace(READY, minutes=None), Lack.NO_MINUTES, ""),
        (replace(READY, licence=""), Lack.NO_LICENCE, ""),
        (replace(READY, licence_source=""), Lack.NO_LICENCE, ""),
        (replace(READY, attribution=""), Lack.NO_ATTRIBUTION, ""),
        (replace(READY, validity_note=""), Lack.NO_VALIDITY_NOTE, ""),
        (replace(READY, informant=Informant.STAFF), Lack.NOBODY_IT_IS_ABOUT, ""),
        (replace(READY, about=About.GROUP), Lack.NOBODY_IT_IS_ABOUT, ""),
        (replace(READY, items=(), scales=()), Lack.NO_ITEMS, ""),
        (replace(READY, items=(*READY.items, SketchedItem(key="w3"))), Lack.NO_TEXT, "3"),
        (replace(READY, items=READY.items[:1], options=OPTIONS[:1], scales=()), Lack.NO_ANSWERS, ""),
        (replace(READY, items=(*READY.items, replace(NUMBER, low=5, high=4))), Lack.EMPTY_ROW, "Hoe gaat het?"),
        (replace(READY, items=(*READY.items, replace(NUMBER, low=4, high=4))), Lack.TOO_FEW_ANSWERS, "Hoe gaat het?"),
        (with_second_scale(), Lack.NO_SCALE_ITEMS, "Anders"),
        (with_second_scale("w1"), Lack.ITEM_TWICE, "Ik ga graag naar school."),
        (replace(READY, scales=(replace(WELLBEING, competences=()),)), Lack.NO_COMPETENCE, "Fijn op school"),
        (with_cuts(3, 2), Lack.CUTS_OUT_OF_ORDER, "Fijn op school"),
        (with_cuts(0, 2), Lack.CUT_OUTSIDE, "Fijn op school"),
        (with_cuts(2, 5), Lack.CUT_OUTSIDE, "Fijn op school"),
    ],
)
def test_what_is_missing_is_named_with_its_place(sketch: Sketch, lack: Lack, where: str) -> None:
    assert sketches.lacks(sketch) == (Reason(lack, where),)


def test_a_scale_counts_answers_on_one_ruler_and_no_open_question() -> None:
    with_number = sketches.with_item(READY, NUMBER, scale="wellbeing")
    assert sketches.lacks(with_number) == (Reason(Lack.OTHER_RANGES, "Fijn op school"),)
    assert sketches.lacks(sketches.with_item(READY, OPEN, scale="wellbeing")) == (Reason(Lack.OPEN_ITEM_COUNTED, OPEN.text),)


def test_an_item_that_is_gone_and_counts_twice_is_called_by_its_key() -> None:
    twice = replace(
        with_second_scale("weg"), scales=(replace(WELLBEING, items=(ScaledItem("weg", 1),)), with_second_scale("weg").scales[1])
    )
    assert Reason(Lack.ITEM_TWICE, "weg") in sketches.lacks(twice)


def test_a_row_of_numbers_has_words_at_its_ends() -> None:
    assert [option.label for option in READY.options_of(NUMBER)] == ["slecht", *map(str, range(1, 10)), "goed"]
    assert READY.options_of(OPEN) == ()
    own = (Option(0, "nee"), Option(1, "ja"))
    assert READY.options_of(SketchedItem(key="x", options=own)) == own


def test_an_item_counts_in_one_scale_and_moves_with_its_sign() -> None:
    both = sketches.with_item(with_second_scale(), READY.items[1], scale="other", reverse=False)
    assert [one.items for one in both.scales] == [(ScaledItem("w1", 1),), (ScaledItem("w2", 1),)]
    again = sketches.with_item(READY, READY.items[0], scale="wellbeing", reverse=True)
    assert again.scales[0].items == (ScaledItem("w1", -1), ScaledItem("w2", -1))
    none = sketches.with_item(READY, replace(READY.items[0], text="Anders."))
    assert (none.items[0].text, none.scales[0].items) == ("Anders.", (ScaledItem("w2", -1),))


def test_items_and_scales_come_go_and_change_places() -> None:
    longer = sketches.with_item(READY, OPEN)
    assert [one.key for one in longer.items] == ["w1", "w2", "o1"]
    assert [one.key for one in sketches.moved(longer, "o1", steps=-1).items] == ["w1", "o1", "w2"]
    assert sketches.moved(longer, "w1", steps=-3) == longer
    assert [one.key for one in sketches.moved(longer, "w1", steps=9).items] == ["w2", "o1", "w1"]
    gone = sketches.without_item(READY, "w1")
    assert ([one.key for one in gone.items], gone.scales[0].items) == (["w2"], (ScaledItem("w2", -1),))
    assert sketches.with_scale(READY, replace(WELLBEING, title="X")).scales[0].title == "X"
    assert [one.key for one in sketches.with_scale(READY, with_second_scale().scales[1]).scales] == ["wellbeing", "other"]
    assert sketches.without_scale(with_second_scale(), "wellbeing").scales == (with_second_scale().scales[1],)
    assert sketches.reworded(READY, "tikfout").comparable_reason == "tikfout"
    assert (READY.scale_of("w1"), READY.scale_of("x"), READY.item("x"), READY.scale("x")) == (WELLBEING, None, None, None)


@pytest.mark.parametrize(
    "change",
    [
        lambda: sketches.without_item(READY, "x"),
        lambda: sketches.moved(READY, "x", steps=1),
        lambda: sketches.without_scale(READY, "x"),
        lambda: sketches.with_item(READY, OPEN, scale="x"),
    ],
)
def test_what_a_colleague_took_away_is_not_changed(change: Callable[[], Sketch]) -> None:
    with pytest.raises(sketches.NoSuchPart):
        change()


def test_nobody_answers_without_end() -> None:
    full = replace(READY, items=tuple(SketchedItem(key=f"v{n}", text="x") for n in range(sketches.MOST_ITEMS)))
    with pytest.raises(sketches.TooManyItems):
        sketches.with_item(full, OPEN)
    assert sketches.with_item(full, replace(full.items[0], text="y")).items[0].text == "y"


def changed(new: Sketch, old: Sketch = READY) -> list[Change]:
    return list(sketches.changes(old, new))


def test_what_a_version_changed_is_told_part_by_part() -> None:
    assert changed(READY) == []
    assert changed(replace(READY, title="B")) == [Change(ChangeKind.HEAD_CHANGED, "Onze lijst", "B")]
    assert changed(sketches.with_item(READY, OPEN)) == [Change(ChangeKind.ITEM_ADDED, "", OPEN.text)]
    moved = changed(sketches.moved(READY, "w1", steps=1))
    for new, kind in (
        (replace(READY, anonymous=True), ChangeKind.ASKED_CHANGED),
        (replace(READY, year_levels=(5, 6)), ChangeKind.YEARS_CHANGED),
        (replace(READY, seasons=(Season.AUTUMN,)), ChangeKind.RHYTHM_CHANGED),
    ):
        assert changed(new) == [Change(kind)]
    assert [one.kind for one in moved] == [ChangeKind.ITEM_MOVED, ChangeKind.ITEM_MOVED]
    answers = changed(replace(READY, options=OPTIONS[:3], scales=READY.scales))
    assert [one.kind for one in answers] == [ChangeKind.ANSWERS_CHANGED, ChangeKind.ANSWERS_CHANGED]
    opened = changed(replace(READY, items=(READY.items[0], replace(READY.items[1], kind=AnswerKind.TEXT))))
    assert opened == [
        Change(ChangeKind.ANSWERS_CHANGED, "Ik voel me alleen. (1 nooit, 2 soms, 3 vaak, 4 altijd)", "Ik voel me alleen. (text)")
    ]
    dropped = changed(sketches.without_item(READY, "w2"))
    assert [one.kind for one in dropped] == [ChangeKind.ITEM_REMOVED, ChangeKind.SCALE_CHANGED]
    scales = changed(sketches.without_scale(with_second_scale("w1"), "wellbeing"))
    assert [one.kind for one in scales] == [ChangeKind.SCALE_ADDED, ChangeKind.SCALE_REMOVED]
    assert changed(sketches.with_scale(READY, replace(WELLBEING, meaning="Hoe fijn."))) == [
        Change(ChangeKind.SCALE_REWORDED, "Fijn op school", "Fijn op school")
    ]


def test_only_words_let_a_person_say_that_a_trend_goes_on() -> None:
    reworded = replace(READY, items=(replace(READY.items[0], text="Ik ga met plezier naar school."), READY.items[1]))
    sketches.check_reworded(sketches.changes(READY, reworded))
    with pytest.raises(sketches.MeaningChanged):
        sketches.check_reworded(sketches.changes(READY, sketches.with_item(READY, OPEN)))
    assert sketches.same_meaning(())
    sketches.check_reworded(sketches.changes(READY, replace(READY, year_levels=(5, 6), seasons=(Season.AUTUMN,))))
    with pytest.raises(sketches.MeaningChanged):  # who knows that nobody reads one's name answers otherwise
        sketches.check_reworded(sketches.changes(READY, replace(READY, anonymous=True)))


def test_a_version_is_written_then_released_then_retired() -> None:
    sketches.check_draft(released=False, title="A")
    with pytest.raises(sketches.AlreadyReleased):
        sketches.check_draft(released=True, title="A")
    sketches.check_released(released=True, retired=False, title="A")
    with pytest.raises(sketches.NotReleasedYet):
        sketches.check_released(released=False, retired=False, title="A")
    with pytest.raises(sketches.AlreadyRetired):
        sketches.check_released(released=True, retired=True, title="A")
    sketches.check_newest(2, newest=2, title="A")
    with pytest.raises(sketches.NextVersionThere):
        sketches.check_newest(1, newest=2, title="A")


def test_the_last_day_of_a_licence_belongs_to_it() -> None:
    until = date(2026, 7, 31)
    sketches.check_licence(until, on=until)
    sketches.check_licence(None, on=until)
    with pytest.raises(sketches.LicenceOver):
        sketches.check_licence(until, on=date(2026, 8, 1))


def test_a_round_never_outlasts_its_licence() -> None:
    until = date(2026, 7, 31)
    sketches.check_licence_lasts(until, through=until, title="A")
    sketches.check_licence_lasts(None, through=until, title="A")
    with pytest.raises(sketches.LicenceEndsFirst) as refused:
        sketches.check_licence_lasts(until, through=date(2026, 8, 1), title="A")
    assert refused.value.facts() == {"title": "A", "until": until}


@given(st.sets(st.integers(1, 9)))
def test_a_new_key_is_the_first_that_nobody_has(taken: set[int]) -> None:
    number = int(sketches.free_key("v", {f"v{one}" for one in taken}).removeprefix("v"))
    assert number not in taken
    assert taken >= {*range(1, number)}
