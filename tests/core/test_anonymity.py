"""What in a text says who it is about: reference texts, invented, with everything that must be found in them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.anonymity import (
    FEW,
    MUST_GO,
    NOBODY,
    ONE_IN,
    SMALL,
    ConsultationClosed,
    Kind,
    Recognition,
    Roster,
    StillNamed,
    findings,
    folded,
    recognisability,
    refuse_closed,
    refuse_named,
    strangers_to,
    unmarked,
)

ROSTER = Roster(
    given_names=frozenset({"Noor", "Roos", "Sterre", "Alexander", "Jean-Pierre", "Ömer", "Bo", "Ben", "Anna"}),
    family_names=frozenset({"van Dalen", "Wolf", "Yıldırım", "Smit-Jansen", "de Lange"}),
    people=frozenset({("Noor", "van Dalen"), ("Jean-Pierre", "Smit-Jansen"), ("", "Zonder")}),
    admin_keys=frozenset({"B001", "12", "104477"}),
    groups=frozenset({"6A", "5", "Geel"}),
    places=frozenset({"De Beuk", "Stichting Tweeluik", "Basisschool"}),
)
AGES = range(8, 12)


def found(text: str) -> list[tuple[Kind, str]]:
    return [(one.kind, one.text) for one in findings(text, ROSTER, ages=AGES)]


def must_go(text: str) -> list[tuple[Kind, str]]:
    return [(kind, part) for kind, part in found(text) if kind in MUST_GO]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Noor is stil.", ["Noor"]),
        ("Ik zag dat noor stil was.", ["noor"]),
        ("NOOR! Noors jas, Noor's tas en Noortje.", ["NOOR", "Noors", "Noor", "Noortje"]),
        ("Alex wil niet, alex blijft thuis.", ["Alex", "alex"]),
        ("Ale en ale.", ["Ale"]),  # three letters: only with a capital
        ("Omer en Ömer Yildirim.", ["Omer", "Ömer", "Yildirim"]),
        ("Jean-Pierre, jeanpierre en Jean Pierre Smit.", ["Jean", "Pierre", "jeanpierre", "Jean", "Pierre", "Smit"]),
        ("smitjansen en smit jansen", ["smitjansen", "smit", "jansen"]),
        ("Een roos, een sterre, een wolf.", ["roos", "sterre", "wolf"]),
        ("Ik ben er, zegt Ben.", ["Ben"]),  # “ben” is in every text
        ("Bo speelt.", ["Bo"]),
        ("Het kind van de buren.", []),
        ("An na is geen naam hier.", ["An na"]),
        ("No\u200bor, N\u0336o\u0336o\u0336r, O\u0308mer.", ["No\u200bor", "N\u0336o\u0336o\u0336r", "O\u0308mer"]),  # to pass unseen
        ("No\u034for, \U0001d40door.", ["No\u034for", "\U0001d40door"]),
        ("NoorVanDalen, noorwolf, Noor2; no2 en noorden.", ["NoorVanDalen", "noorwolf", "Noor2"]),  # as accounts are called
        ("\uff2e\uff4f\uff4f\uff52.", ["\uff2e\uff4f\uff4f\uff52"]),
    ],
)
def test_the_names_of_the_school_are_found(text: str, names: list[str]) -> None:
    assert must_go(text) == [(Kind.NAME, name) for name in names]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Ik sprak met NvD en met JP.", [(Kind.INITIALS, "NvD"), (Kind.INITIALS, "JP")]),
        ("Dan loopt N. weg.", [(Kind.INITIALS, "N.")]),
        ("De vader van N zegt dat.", [(Kind.INITIALS, "N")]),
        ("Heeft U het met X. besproken in de IB?", []),
        ("Nvd klein geschreven.", []),
        ("leerling b001, 104477 en 12", [(Kind.ADMIN_KEY, "b001"), (Kind.ADMIN_KEY, "104477")]),
        ("Op de beuk en bij Tweeluik", [(Kind.PLACE, "beuk"), (Kind.PLACE, "Tweeluik")]),
        ("Uit 6a, groep 5, klas geel en Groep 7.", [(Kind.GROUP, "6a"), (Kind.GROUP, "groep 5"), (Kind.GROUP, "klas geel")]),
        ("In de groep: geel.", []),
        ("Dorpsstraat 12a, naast het plein 3", [(Kind.ADDRESS, "Dorpsstraat 12a")]),
        (
            "Op 3-4-2015, 3/4, 2015-04-03 en 3 april.",
            [(Kind.DATE, "3-4-2015"), (Kind.DATE, "3/4"), (Kind.DATE, "2015-04-03"), (Kind.DATE, "3 april")],
        ),
        ("Mail els.b+school@voorbeeld.nl", [(Kind.EMAIL, "els.b+school@voorbeeld.nl")]),
        ("In 1234 AB of 1234ab, en 2024 in de klas", [(Kind.POSTCODE, "1234 AB"), (Kind.POSTCODE, "1234ab")]),
        (
            "06-12345678, +31 (0)20 123 45 67, 123456782",
            [(Kind.LONG_NUMBER, "06-12345678"), (Kind.LONG_NUMBER, "+31 (0)20 123 45 67"), (Kind.LONG_NUMBER, "123456782")],
        ),
    ],
)
def test_what_else_says_it_outright(text: str, wanted: list[tuple[Kind, str]]) -> None:
    assert must_go(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Een kind van 9 jaar, met een broer van 14 jaar.", [(Kind.AGE, "9 jaar"), (Kind.OTHER_AGE, "14 jaar")]),
        ("Een negenjarige en een zestien jaar oude zus.", [(Kind.AGE, "negenjarig"), (Kind.OTHER_AGE, "zestien jaar")]),
        ("Drie keer, 3 keer.", [(Kind.NUMBER, "3")]),
        ("Sinds september rustig.", [(Kind.MONTH, "september")]),
        ("Ging met de trein naar Utrecht. De trein. Het was De trein.", [(Kind.CAPITAL, "Utrecht")]),
        (
            "Heeft autisme en is van Marokkaanse afkomst.",
            [(Kind.ILLNESS, "autisme"), (Kind.ORIGIN, "Marokkaanse"), (Kind.ORIGIN, "afkomst")],
        ),
        ("Vader is overleden, heeft twee moeders.", [(Kind.FAMILY_EVENT, "overleden"), (Kind.FAMILY_EVENT, "twee moeders")]),
        ("Rijdt pony, is de enige, helft van een tweeling.", [(Kind.HOBBY, "pony"), (Kind.ONLY_ONE, "enige"), (Kind.TWIN, "tweeling")]),
        ("Dit komt nog nooit voor.", [(Kind.ONLY_ONE, "nog nooit")]),
        ("", []),
    ],
)
def test_the_clues_that_are_left(text: str, wanted: list[tuple[Kind, str]]) -> None:
    assert found(text) == wanted


@given(st.sampled_from(sorted(ROSTER.given_names | {"Dalen", "Wolf"})), st.text(max_size=80), st.text(max_size=80))
def test_a_name_is_found_in_whatever_text_it_stands(name: str, before: str, after: str) -> None:
    text = f"{before} {name} {after}"
    spans = [(one.start, one.end) for one in findings(text, ROSTER, ages=AGES) if one.must_go]
    at = len(before) + 1
    assert any(start < at + len(name) and at < end for start, end in spans)


@given(st.text(max_size=200))
def test_the_places_lie_in_the_text_in_order_and_apart(text: str) -> None:
    places = findings(text, ROSTER, ages=AGES)
    assert all(one.text == text[one.start : one.end] and one.text for one in places)
    assert all(one.end <= other.start for one, other in pairwise(places))


def test_a_word_that_is_also_a_name_is_marked_place_by_place() -> None:
    places = findings("Een roos in de vaas. Roos huilt. Mail a@b.nl.", ROSTER, ages=AGES)
    assert [one.text for one in unmarked(places, ())] == ["roos", "Roos", "a@b.nl"]
    marked = [places[0].around, "Mail [a@b.nl] ."]
    assert marked[0] == "Een [roos] in"
    with pytest.raises(StillNamed) as refusal:
        refuse_named(places, marked)
    assert [one.text for one in refusal.value.places] == ["Roos", "a@b.nl"]  # an address is never a word
    refuse_named(places[:1], marked)
    assert [one.may_be_a_word for one in places] == [True, True, False]


def test_an_adviser_from_outside_learns_nothing_from_a_refusal() -> None:
    known, unknown = strangers_to("Ik denk aan Noor, in 2020."), strangers_to("Ik denk aan Zoë, in 2020.")
    assert [one.kind for one in known] == [one.kind for one in unknown] == [Kind.NAME]
    assert [one.kind for one in strangers_to("Bel 06-12345678.")] == [Kind.LONG_NUMBER]
    assert findings("Noor", NOBODY, ages=AGES) == ()


# ---- how well somebody would recognise the child


def test_each_kind_of_clue_thins_out_once() -> None:
    assert recognisability(600, [Kind.HOBBY, Kind.HOBBY]).left == 60
    assert recognisability(600, [Kind.HOBBY, Kind.ORIGIN]).left == 6
    assert recognisability(600, [Kind.NAME]).clues == ()
    assert recognisability(600, [Kind.HOBBY, Kind.ORIGIN, Kind.TWIN]).left == 1  # the child self
    assert recognisability(0, [Kind.HOBBY]).left == 0


@pytest.mark.parametrize(
    ("pupils", "clues", "level"),
    [
        (FEW * 10, [], Recognition.HARD),
        (SMALL - 1, [], Recognition.PERHAPS),
        (1, [], Recognition.EASY),
        (0, [], Recognition.EASY),
        (90, [Kind.HOBBY], Recognition.PERHAPS),
        (100, [Kind.HOBBY], Recognition.HARD),
        (600, [Kind.TWIN, Kind.HOBBY], Recognition.EASY),
    ],
)
def test_the_level_in_words(pupils: int, clues: list[Kind], level: Recognition) -> None:
    assert recognisability(pupils, clues).level is level


def test_a_small_school_is_said_to_be_small() -> None:
    assert recognisability(SMALL - 1, []).is_small
    assert not recognisability(SMALL, []).is_small


@given(st.integers(0, 2000), st.lists(st.sampled_from(sorted(ONE_IN))), st.sampled_from(sorted(ONE_IN)))
def test_one_more_clue_never_hides_a_child(pupils: int, clues: list[Kind], more: Kind) -> None:
    order = [Recognition.EASY, Recognition.PERHAPS, Recognition.HARD]
    before, after = recognisability(pupils, clues), recognisability(pupils, [*clues, more])
    assert after.left <= before.left
    assert order.index(after.level) <= order.index(before.level)


def test_every_kind_either_must_go_or_counts() -> None:
    assert set(Kind) == MUST_GO | set(ONE_IN)


def test_a_closed_consultation_takes_nothing_more() -> None:
    refuse_closed(None)
    with pytest.raises(ConsultationClosed):
        refuse_closed("yesterday")


def test_folding_is_for_comparing() -> None:
    assert folded("Yıldırım") == "yildirim"
