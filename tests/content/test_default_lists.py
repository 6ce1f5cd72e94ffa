"""Our own default set: the shape that was promised, colours that say what they are, pictures that are there, and no word about a home."""

import re
from xml.etree import ElementTree as ET

import pytest
from django.contrib.staticfiles import finders

from kring import library
from kring.core.answers import answers_from
from kring.core.bands import Band, bands
from kring.core.instruments import Competence, Informant, Instrument, Item, Level, Scale
from kring.core.scoring import instrument_scores
from kring.library import readability
from kring.library.instrument_translation import Status, read_translation

PUPIL, TEACHER, GUARDIAN = Informant.PUPIL, Informant.TEACHER, Informant.GUARDIAN
EIGHT = ["belonging", "confidence", "feelings", "internalising", "relating", "task_approach", "teacher_support", "wellbeing"]
NINE = sorted([*EIGHT, "externalising"])
SHAPES = {
    ("kring-leerling", 2): (PUPIL, (5, 8), EIGHT, 5, (1, 4)),
    ("kring-leerling-vo", 1): (PUPIL, (9, 14), EIGHT, 5, (1, 4)),
    ("kring-leerling-beeld", 1): (PUPIL, (1, 8), EIGHT, 5, (1, 3)),
    ("kring-leerkracht", 2): (TEACHER, (3, 8), NINE, 4, (1, 4)),
    ("kring-leerkracht-kleuters", 1): (TEACHER, (1, 2), NINE, 4, (1, 4)),
    ("kring-leerkracht-vo", 1): (TEACHER, (9, 14), NINE, 4, (1, 4)),
    ("kring-ouder", 1): (GUARDIAN, (1, 14), EIGHT, 3, (1, 4)),
}
ENTRIES = {(one.instrument.key, one.instrument.version): one for one in library.entries()}
DEFAULT = [pytest.param(ENTRIES[mark].instrument, id="-".join(map(str, mark))) for mark in SHAPES]
SECONDS = {"pupil": 15, "pictures": 20, "older": 10, "teacher": 5, "guardian": 10}
"""For one item, as docs/lists.md says; a child takes two minutes more to begin, a bigger one and a guardian one, a teacher none."""
WORSE_THE_MORE = {
    "kring-leerling": "w3 pt4 po4 b6 pn1 pn2 pn3 pn4 pg5 c4",
    "kring-leerling-vo": "vw3 vt4 vo4 vb3 vn1 vn2 vn3 vn4 vg5 vc4",
    "kring-leerling-beeld": "fn1 fn2 fn3 fn4 fn5",
    "kring-leerkracht": "lw4 lc4 o4 lb4 t5 ls4 n1 n2 n3 e1 e2 e3 e4",
    "kring-leerkracht-kleuters": "kw4 kc4 ko4 kb4 kt4 ks4 kn1 kn2 kn3 ke1 ke2 ke3 ke4",
    "kring-leerkracht-vo": "mw4 mc4 mo4 mb4 mt4 ms4 mn1 mn2 mn3 me1 me2 me3 me4",
    "kring-ouder": "hw3 hc3 hb3 hn1 hn2 hn3",
}
"""The items of which more is less favourable, read from their words alone and not from the scales."""
OF_A_HOME = re.compile(
    r"\b(papa|mama|vader|moeder|ouders|broer|zus|oma|opa|kerk|moskee|bidden|kerst|vakantie|verjaardag|geld|kopen|zakgeld"
    r"|auto|telefoon|tablet|computer|dik|dun|mooi|knap|meisje|jongen|dokter|thuistaal|nederlands|zijn of haar)\b"
)
SETS = {
    "gezichten-3": {"sip", "middel", "blij"},
    "gezichten-5": {"heel-sip", "sip", "middel", "blij", "heel-blij"},
    "duimen-3": {"omlaag", "opzij", "omhoog"},
}


def texts(scale: Scale, items: tuple[Item, ...]) -> list[tuple[str, str, int, tuple[str, ...]]]:
    known = {item.key: item for item in items}
    return [(one.item, known[one.item].text, one.sign, tuple(o.label for o in known[one.item].options)) for one in scale.items]


@pytest.mark.parametrize("instrument", DEFAULT)
def test_asks_whom_it_promised_about_every_scale_with_at_most_one_item_reversed(instrument: Instrument) -> None:
    scales = instrument.scales
    each = {len(scale.items) for scale in scales}
    found = (instrument.informant, instrument.year_levels, sorted(one.key for one in scales), *each, instrument.range_of(scales[0]))
    assert found == SHAPES[instrument.key, instrument.version]
    assert all(sum(item.sign < 0 for item in scale.items) <= 1 for scale in scales)
    assert sorted(item.item for scale in scales for item in scale.items) == sorted(item.key for item in instrument.items)
    assert len({item.text for item in instrument.items}) == len(instrument.items)


@pytest.mark.parametrize("instrument", DEFAULT)
def test_says_how_long_it_takes_by_the_number_of_its_items(instrument: Instrument) -> None:
    reader = {PUPIL: "pupil", TEACHER: "teacher", GUARDIAN: "guardian"}[instrument.informant]
    if reader == "pupil" and instrument.year_levels != (5, 8):
        reader = "pictures" if instrument.pictograms else "older"
    beginning = {"pupil": 2, "pictures": 2, "older": 1, "teacher": 0, "guardian": 1}[reader]
    assert instrument.minutes == round(len(instrument.items) * SECONDS[reader] / 60) + beginning
    assert bool(instrument.introduction)
    assert bool(instrument.promise)
    assert (instrument.rhythm is None) is (instrument.informant is GUARDIAN)


@pytest.mark.parametrize("instrument", DEFAULT)
def test_says_what_its_scores_are_worth(instrument: Instrument) -> None:
    note = ENTRIES[instrument.key, instrument.version].validity_note
    assert f"door Kring gemaakt, versie {instrument.version}, en is niet genormeerd en niet door de COTAN beoordeeld" in note
    for part in (
        "nog niet uitgeprobeerd",
        "gekozen grenzen, geen vergelijking met andere kinderen",
        "in gesprek te gaan, niet om te beslissen",
    ):
        assert part in note
    assert instrument.norm_tier == 0
    assert all(scale.assumed_reliability and scale.retest_reliability is None and scale.meaning for scale in instrument.scales)


@pytest.mark.parametrize("instrument", DEFAULT)
def test_its_colours_are_the_same_for_every_scale_mirrored_where_higher_is_worse(instrument: Instrument) -> None:
    low, high = instrument.range_of(instrument.scales[0])
    wanted = {(1, 4): [(2.25, 2.75), (2.75, 3.0), (2.75, 3.0)], (1, 3): [(1.8, 2.2), (2.2, 2.4), (2.2, 2.4)]}[low, high]
    for scale in instrument.scales:
        cuts = [scale.cuts[level] for level in Level]
        favourable = [(c.red, c.green) if scale.direction > 0 else (low + high - c.red, low + high - c.green) for c in cuts]
        assert [pytest.approx(pair) for pair in wanted] == favourable
        assert {cut.source for cut in cuts} == {"gekozen grens, geen norm"}
        assert (scale.direction < 0) is (scale.key in {"internalising", "externalising"})


@pytest.mark.parametrize("instrument", DEFAULT)
def test_whoever_is_well_is_green_on_every_scale_and_whoever_is_not_is_red(instrument: Instrument) -> None:
    worse = set(WORSE_THE_MORE[instrument.key].split())
    well = {item.key: item.low if item.key in worse else item.high for item in instrument.items}
    ill = {item.key: item.high if item.key in worse else item.low for item in instrument.items}
    scored = instrument_scores(answers_from(instrument, [well, ill]), instrument)
    for scale in instrument.scales:
        mean = scored.scales[scale.key].mean
        colours = [bands(mean, cuts, direction=scale.direction, sem=None).band.tolist() for cuts in scale.cuts.values()]
        assert colours == [[Band.GREEN, Band.RED]] * len(Level)


@pytest.mark.parametrize("instrument", DEFAULT)
def test_touches_all_five_competences(instrument: Instrument) -> None:
    assert {competence for scale in instrument.scales for competence in scale.competences} == set(Competence)
    assert all(scale.competences for scale in instrument.scales)


@pytest.mark.parametrize("instrument", DEFAULT)
def test_assumes_no_family_faith_money_or_body(instrument: Instrument) -> None:
    assert [item.text for item in instrument.items if OF_A_HOME.search(item.text.lower())] == []


@pytest.mark.parametrize("instrument", DEFAULT[:3])
def test_asks_a_child_in_few_words(instrument: Instrument) -> None:
    most = 12 if instrument.year_levels == (9, 14) else 11
    assert [item.text for item in instrument.items if len(item.text.split()) > most] == []


@pytest.mark.parametrize("instrument", DEFAULT)
def test_nothing_in_it_is_marked_by_the_readability_checker(instrument: Instrument) -> None:
    level = readability.level_of(instrument.informant, instrument.year_levels)
    assert [(item.key, *readability.item_marks(item, level)) for item in instrument.items if readability.item_marks(item, level)] == []
    assert readability.prose_marks(f"{instrument.introduction} {instrument.promise}", level) == ()


@pytest.mark.parametrize("key", ["kring-leerling", "kring-leerkracht"])
def test_a_key_never_gets_another_text_and_a_trend_only_joins_the_same_items(key: str) -> None:
    first, second = library.instrument(key, 1), library.instrument(key, 2)
    before = {item.key: item.text for item in first.items}
    assert all(before.get(item.key, item.text) == item.text for item in second.items)
    assert second.comparable_with is not None
    assert second.comparable_with.version == 1
    same = [one.key for one in first.scales if texts(one, first.items) == texts(second.scale(one.key), second.items)]
    assert list(second.comparable_with.scales) == same


@pytest.mark.parametrize("mark", SHAPES, ids=lambda mark: "-".join(map(str, mark)))
def test_has_a_whole_english_translation_that_says_it_was_not_checked(mark: tuple[str, int]) -> None:
    entry = ENTRIES[mark]
    path = library.CONTENT / "instruments" / "translations" / "{}-{}.en.yaml".format(*mark)
    english = read_translation(path.read_text(encoding="utf-8"), source=path.name, of=entry)
    assert (english.status, "nobody else has checked" in english.validity_note) == (Status.TRANSLATED, True)
    assert f"made by Kring, version {mark[1]}, and is not normed and not reviewed by the COTAN" in english.validity_note
    both = list(zip(entry.instrument.items, english.instrument.items, strict=True))
    assert [ours.text for ours, theirs in both if ours.text == theirs.text] == []
    assert len({theirs.text for _, theirs in both}) == len(both)


def test_the_keys_of_its_items_say_which_list_a_file_of_answers_is_of() -> None:
    lists = [ENTRIES[mark].instrument for mark in SHAPES]
    keys = [item.key for instrument in lists for item in instrument.items]
    assert len(keys) == len(set(keys))


def test_the_faces_stand_in_the_same_place_whatever_they_count_for() -> None:
    pictures = library.instrument("kring-leerling-beeld")
    assert {tuple((o.label, o.picture) for o in item.options) for item in pictures.items} == {
        (("niet goed", "sip"), ("gaat wel", "middel"), ("goed", "blij"))
    }
    happy = {item.key: item.options[-1].code for item in pictures.items}
    assert {key for key, code in happy.items() if code == 1} == {one.item for one in pictures.scale("internalising").items}


@pytest.mark.parametrize("name", SETS)
def test_every_picture_is_a_plain_drawing_that_is_served(name: str) -> None:
    files = sorted((library.CONTENT / "pictograms" / name).iterdir())
    assert {path.name for path in files} == {f"{one}.svg" for one in SETS[name]}
    for path in files:
        assert finders.find(f"pictograms/{name}/{path.name}") == str(path)
        tags = {part.tag.rpartition("}")[2] for part in ET.parse(path).iter()}
        assert tags <= {"svg", "g", "circle", "ellipse", "path", "rect"}
        colours = set(re.findall(r"#[0-9a-f]{6}", path.read_text(encoding="utf-8")))
        assert colours <= {"#11506a", "#dfedf0", "#a9d0d8"}


def test_the_sets_are_all_there_is() -> None:
    assert {path.name for path in (library.CONTENT / "pictograms").iterdir()} == set(SETS)
    assert {one.pictograms for one in library.instruments() if one.pictograms} <= set(SETS)


@pytest.mark.parametrize("instrument", DEFAULT)
def test_how_somebody_works_is_not_mixed_with_how_somebody_feels(instrument: Instrument) -> None:
    """R091: the items about working stand on one scale, and on none that says something about feelings."""
    of_scale = {scale.key: {one.item for one in scale.items} for scale in instrument.scales}
    others = set().union(*(items for key, items in of_scale.items() if key != "task_approach"))
    assert of_scale["task_approach"]
    assert not of_scale["task_approach"] & others
