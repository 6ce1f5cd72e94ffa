"""The words of the region: an edition from a day, begun from a pack; the one before stays as it was."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kring.core.region import EditionBeforeLast, Layer, Terms, Word
from kring.core.school_types import SPECIAL, SchoolType
from kring.library import packs
from kring.web.access import NotPermitted
from kring.web.models import RegionalTerms
from kring.web.school_years.region.actions import NewEdition, make_edition
from kring.web.school_years.region.queries import packs_at, packs_for, terms_of, usual_terms
from tests.asking import may_look, queries_for, text_of
from tests.cast import Cast, client_of

pytestmark = pytest.mark.django_db
WORDS = {
    "coordinator": "kwaliteitscoördinator",
    "support_team": "zorgteam",
    "support_plan": "groeiplan",
    "request": "hulpvraag",
    "adviser": "consulent",
}
GIVEN = {
    **WORDS,
    "partnership": "SWV Ergens",
    "from_on": "2026-08-01",
    "layers": "Basis: wat de school doet\n\nMeer: hulp van buiten",
    "request_fields": "Wat is de vraag? *\nSinds wanneer?",
    "procedure": "Bel eerst.",
}


def send(actor: object, **given: str) -> tuple[int, str]:
    answer = client_of(actor).post(reverse("region_new", args=[actor.pk]), {**GIVEN, **given})  # type: ignore[arg-type, attr-defined]
    return answer.status_code, answer.content.decode()


def edition(cast: Cast, from_on: date, word: str = "maatje") -> RegionalTerms:
    terms = Terms({Word.COORDINATOR: word}, (Layer("Basis", "x"),))
    return make_edition(cast.rik, cast.beuk, NewEdition(from_on, "SWV Ergens", "", terms), at=timezone.now())


def test_an_edition_is_written_and_holds_from_its_day(cast: Cast) -> None:
    assert send(cast.bram)[0] == 302
    before, after = terms_of(cast.beuk, on=date(2026, 7, 31)), terms_of(cast.beuk, on=date(2026, 8, 1))
    assert before == usual_terms(SchoolType.PRIMARY)
    assert after.words[Word.COORDINATOR] == "kwaliteitscoördinator"
    assert after.layers == (Layer("Basis", "wat de school doet"), Layer("Meer", "hulp van buiten"))
    assert [(asked.label, asked.is_required) for asked in after.request_fields] == [("Wat is de vraag?", True), ("Sinds wanneer?", False)]


def test_the_edition_before_stays_to_be_read(cast: Cast) -> None:
    old = edition(cast, date(2025, 8, 1), "interne begeleider van toen")
    edition(cast, timezone.localdate() - timedelta(days=1), "iets nieuws")
    assert "Iets nieuws" in text_of(cast.anna, "region")
    page = text_of(cast.anna, "region_edition", old.pk)
    assert "Interne begeleider van toen" in page
    assert "U leest een andere editie" in page


def test_the_past_is_not_rewritten_and_a_slip_is_mended_the_same_day(cast: Cast) -> None:
    edition(cast, date(2026, 8, 1))
    with pytest.raises(EditionBeforeLast):
        edition(cast, date(2026, 7, 31), "x")
    edition(cast, date(2026, 8, 1), "beter")
    assert terms_of(cast.beuk, on=date(2026, 8, 1)).words[Word.COORDINATOR] == "beter"
    status, page = send(cast.rik, from_on="2026-07-01")
    assert (status, "niet ingaan vóór de vorige" in page, "kwaliteitscoördinator" in page) == (409, True, True)


def test_the_same_again_is_no_edition(cast: Cast) -> None:
    send(cast.rik)
    status, page = send(cast.rik, from_on="2026-09-01")
    assert (status, "Er is niets veranderd" in page, RegionalTerms.objects.count()) == (409, True, 1)


@pytest.mark.parametrize(
    "given", [{"layers": "Basis zonder uitleg"}, {"layers": ""}, {"from_on": "ooit"}, {"adviser": ""}, {"request": "x" * 81}]
)
def test_a_form_that_is_not_good_changes_nothing(cast: Cast, given: dict[str, str]) -> None:
    status, page = send(cast.rik, **given)
    assert (status, "Dit is nog niet goed" in page, RegionalTerms.objects.exists()) == (200, True, False)


def test_one_begins_from_a_pack_of_the_right_kind_of_school(cast: Cast) -> None:
    page = text_of(cast.rik, "region")
    assert ("De Vuurtoren" in page, "De Veerpont" in page) == (True, False)
    filled = text_of(cast.rik, "region_new", pack="swv-vuurtoren-1")
    assert "Basisondersteuning plus: Kortdurende hulp" in filled
    assert "swv-vuurtoren-1" in filled
    assert "Niveau 1" not in text_of(cast.rik, "region_new", pack="swv-veerpont-1")


def test_two_procedures_are_never_mixed(cast: Cast) -> None:
    ferry, lighthouse = packs()
    for pack in (ferry, lighthouse):
        new = NewEdition(date(2026, 8, 1), pack.name, pack.mark, pack.terms)
        make_edition(cast.rik, cast.beuk, new, at=timezone.now())
        assert terms_of(cast.beuk, on=date(2026, 8, 1)) == pack.terms


def test_the_packs_of_where_a_pupil_lives(cast: Cast) -> None:
    on = date(2026, 9, 1)
    assert [pack.key for pack in packs_at("rivierdam", SchoolType.SECONDARY, on=on)] == ["swv-veerpont"]
    assert packs_at("Rivierdam", SchoolType.PRIMARY, on=on) == []
    cast.beuk.municipality = "Zilverhaven"
    assert [pack.key for pack in packs_for(cast.beuk, on=on)] == ["swv-vuurtoren"]


def test_who_reads_and_who_writes(cast: Cast) -> None:
    made = edition(cast, date(2025, 8, 1))
    assert may_look(cast, "region") == {"anna", "carla", "bram", "rik", "olga", "frans", "gijs"}
    assert may_look(cast, "region_new") == {"bram", "rik", "olga", "frans", "gijs"}
    assert may_look(cast, "region_edition", made.pk) == {"anna", "carla", "bram", "rik", "olga"}
    with pytest.raises(NotPermitted):
        make_edition(cast.anna, cast.beuk, NewEdition(date(2027, 1, 1), "x", "", Terms()), at=timezone.now())


def test_as_many_questions_for_three_editions_as_for_one(cast: Cast) -> None:
    edition(cast, date(2025, 8, 1))
    one = queries_for(cast.rik, "region")
    for number in (2, 3):
        edition(cast, date(2025, 8, number), f"woord {number}")
    assert queries_for(cast.rik, "region") == one


@pytest.mark.parametrize("one", sorted(SchoolType))
def test_every_type_of_school_has_words_of_its_own(one: SchoolType) -> None:
    terms = usual_terms(one)
    assert set(terms.words) == set(Word)
    assert len(terms.layers) == 3
    partners = any("ketenpartners" in layer.name for layer in terms.layers)
    assert partners == (one in SPECIAL) == ("Curatieve ondersteuning" in {layer.name for layer in terms.layers})
