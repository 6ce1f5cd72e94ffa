"""Thinking before acting: what goes well first, on two kinds of source, with everybody's own words; and never one pupil as the cause."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

import kring
from kring.core.access import Role
from kring.web.models import (
    Assignment,
    Case,
    CaseMember,
    Entry,
    Factor,
    Group,
    Notice,
    Signal,
    Task,
    Understanding,
    UnderstandingSource,
    Voice,
)
from kring.web.understanding.factors.intake import look_again
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import START, Cast, client_of, guardian, member, move
from tests.measurements import TEACHER_LIST, classmates, result_round

pytestmark = pytest.mark.django_db
STEPS = {
    "goes_well": "Noor helpt graag met opruimen.",
    "can_be_better": "Zij begint laat aan haar werk.",
    "not_yet": "Bij rekenen, drie keer per week.",
    "works_already": "Bij tekenen begint zij meteen.",
    "in_pupil": "Zij vindt rekenen spannend.",
    "in_surroundings": "Zij zit bij het raam.",
    "needs": "Noor heeft nodig dat de eerste som samen gaat.",
}
CLASS = {"goes_well": "Zij zorgen voor elkaar.", "going_on": "Na de pauze is het onrustig.", "helps": "Rustig beginnen.", "needs": ""}


def press(actor: Any, route: str, *keys: object, **given: Any) -> Any:
    return client_of(actor).post(reverse(route, args=[actor.pk, *keys]), given)


def signal(cast: Cast, **about: Any) -> Signal:
    now = timezone.now()
    about = about or {"pupil": cast.pupil_noor}
    on = timezone.localdate()
    return Signal.objects.create(
        school=cast.beuk,
        kind="observation",
        fact="Zat alleen op de bank.",
        seen_at=now,
        made_at=now,
        counts_until_on=on,
        author=cast.anna,
        **about,
    )


@pytest.fixture
def thought(cast: Cast) -> Understanding:
    assert press(cast.anna, "pupil_understanding_new", cast.pupil_noor.pk, **STEPS).status_code == 302
    return Understanding.objects.get()


def read(found: Understanding) -> str:
    return Understanding.objects.get(pk=found.pk).edited_at.isoformat()


def test_what_goes_well_is_first_and_nobody_skips_it(cast: Cast) -> None:
    assert "Beginnen met wat goed gaat" in text_of(cast.anna, "pupil_understanding", cast.pupil_noor.pk)
    page = text_of(cast.anna, "pupil_understanding_new", cast.pupil_noor.pk)
    assert page.index("Wat gaat al goed?") < page.index("Wat kan nog beter?") < page.index("Wat is er nodig?")
    only_problems = press(cast.anna, "pupil_understanding_new", cast.pupil_noor.pk, **{**STEPS, "goes_well": " "})
    assert only_problems.status_code == 200
    assert "Zij begint laat aan haar werk." in only_problems.content.decode()
    assert not Understanding.objects.exists()


def test_it_is_settled_on_two_kinds_of_source_that_are_linked_and_not_before(cast: Cast, thought: Understanding) -> None:
    seen = signal(cast)
    assert "Kies minstens 2 verschillende soorten bronnen" in text_of(cast.anna, "understanding", thought.pk)
    assert press(cast.anna, "understanding_settle", thought.pk, read=read(thought)).status_code == 409
    one_kind = {"picked": [f"signal:{seen.pk}"], "colleague": "", "pupil": ""}
    assert press(cast.anna, "understanding_sources", thought.pk, read=read(thought), **one_kind).status_code == 302
    assert press(cast.anna, "understanding_settle", thought.pk, read=read(thought)).status_code == 409
    two = {**one_kind, "pupil": "Ik vind rekenen eng."}
    assert press(cast.anna, "understanding_sources", thought.pk, read=read(thought), **two).status_code == 302
    assert set(UnderstandingSource.objects.values_list("kind", "words")) == {("signal", ""), ("pupil", "Ik vind rekenen eng.")}
    assert "Zat alleen op de bank." in text_of(cast.anna, "understanding", thought.pk)
    assert press(cast.anna, "understanding_settle", thought.pk, read=read(thought)).status_code == 302
    thought.refresh_from_db()
    assert thought.settled_at is not None
    again = press(cast.anna, "understanding_steps", thought.pk, read=read(thought), **STEPS)
    assert again.status_code == 409
    assert "Dit is al vastgesteld" in again.content.decode()
    assert Entry.objects.filter(name="understanding.settled", pupil_id=cast.pupil_noor.pk).exists()


def test_a_row_of_another_pupil_cannot_be_picked(cast: Cast, thought: Understanding) -> None:
    other = signal(cast, pupil=cast.pupil_lot)
    given = {"picked": [f"signal:{other.pk}"], "colleague": "", "pupil": "", "read": read(thought)}
    assert press(cast.anna, "understanding_sources", thought.pk, **given).status_code == 200
    assert not UnderstandingSource.objects.exists()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"needs": "Noor heeft ADHD en is druk."}, "zegt wat iemand heeft"),
        ({"in_surroundings": ""}, "nog maar aan één kant"),
        ({"can_be_better": "Noor is lui."}, "“lui”"),
    ],
)
def test_the_page_holds_up_a_mirror_and_the_writer_decides(cast: Cast, changed: dict[str, str], said: str) -> None:
    assert press(cast.anna, "pupil_understanding_new", cast.pupil_noor.pk, **{**STEPS, **changed}).status_code == 302
    assert said in text_of(cast.anna, "understanding", Understanding.objects.get().pk)


def test_who_saves_second_sees_both_texts_and_loses_nothing(cast: Cast, thought: Understanding) -> None:
    before = read(thought)
    assert press(cast.bram, "understanding_steps", thought.pk, read=before, **{**STEPS, "not_yet": "Vooral op maandag."}).status_code == 302
    second = press(cast.anna, "understanding_steps", thought.pk, read=before, **{**STEPS, "not_yet": "Na de pauze."})
    page = second.content.decode()
    assert second.status_code == 409
    assert "Vooral op maandag." in page
    assert page.count("Na de pauze.") == 2
    assert press(cast.anna, "understanding_steps", thought.pk, read=read(thought), **{**STEPS, "not_yet": "Beide."}).status_code == 302


def test_one_is_open_at_a_time(cast: Cast, thought: Understanding) -> None:
    again = press(cast.bram, "pupil_understanding_new", cast.pupil_noor.pk, **STEPS)
    assert again.status_code == 409
    assert STEPS["not_yet"] in again.content.decode()
    assert Understanding.objects.count() == 1
    assert look(cast.bram, "pupil_understanding_new", cast.pupil_noor.pk).status_code == 302


def test_a_class_is_never_one_pupil(cast: Cast) -> None:
    blaming = {**CLASS, "going_on": "Noor begint altijd.", "strong_pupils": "Sem kan een maatje zijn."}
    assert press(cast.anna, "group_understanding_new", cast.group_6a.pk, **blaming).status_code == 302
    found = Understanding.objects.get()
    page = text_of(cast.anna, "understanding", found.pk)
    assert "Een klas is nooit één kind" in page
    assert "Sem" not in page[page.index("nog eens naar te kijken") : page.index("U beslist zelf")]
    told = {"picked": [f"signal:{signal(cast, group=cast.group_6a).pk}"], "colleague": "De muziekles is rustig.", "pupil": ""}
    assert press(cast.anna, "understanding_sources", found.pk, read=read(found), **told).status_code == 302
    assert press(cast.anna, "understanding_settle", found.pk, read=read(found)).status_code == 409
    assert press(cast.anna, "understanding_steps", found.pk, read=read(found), **CLASS).status_code == 302
    assert press(cast.anna, "understanding_settle", found.pk, read=read(found)).status_code == 302


def test_the_coordinator_and_a_colleague_of_an_earlier_year_look_along(cast: Cast) -> None:
    earlier = Group.objects.create(school=cast.beuk, year=cast.year, name="5A", year_levels=[5])
    vera = member(cast.beuk, Role.TEACHER, "vera")
    Assignment.objects.create(school=cast.beuk, membership=vera, group=earlier, from_at=START)
    cast.pupil_noor.enrolments.create(school=cast.beuk, group=earlier, year_level=5, from_at=START, until_at=START + timedelta(days=1))
    assert press(cast.anna, "group_understanding_new", cast.group_6a.pk, **CLASS).status_code == 302
    found = Understanding.objects.get()
    page = text_of(cast.anna, "understanding", found.pk)
    assert "Vera van de Test" in page
    assert "Bram van de Test" in page
    assert "Carla van de Test" not in page
    assert press(cast.anna, "understanding_observer", found.pk, whom=str(cast.carla.pk)).status_code == 200
    assert press(cast.anna, "understanding_observer", found.pk, whom=str(vera.pk)).status_code == 302
    assert Task.objects.get(kind="understanding.observe").owner == vera
    assert "Kijk mee in een groep" in text_of(vera, "tasks")
    assert look(vera, "understanding", found.pk).status_code == 404


# ---- own words ------------------------------------------------------------------------------------------------------------


def asked(cast: Cast, found: Understanding, whose: str) -> Voice:
    assert press(cast.anna, "voice_ask", found.pk, whose=whose).status_code == 302
    return Voice.objects.order_by("-asked_at").first() or pytest.fail("nothing was asked")


def write_down(actor: Any, voice: Voice, **given: str) -> Any:
    now = Voice.objects.get(pk=voice.pk)
    return press(actor, "voice", voice.pk, **{"read": (now.written_at or now.asked_at).isoformat(), **given})


def test_two_colleagues_who_write_down_one_talk_see_both_texts(cast: Cast, thought: Understanding) -> None:
    of_school = asked(cast, thought, "school")
    before = of_school.asked_at.isoformat()
    assert write_down(cast.bram, of_school, overview="Zij lacht vaker.", insight="", outlook="").status_code == 302
    second = write_down(cast.anna, of_school, overview="Zij komt graag.", insight="", outlook="", read=before)
    assert second.status_code == 409
    assert "Zij lacht vaker." in second.content.decode()
    assert second.content.decode().count("Zij komt graag.") == 2


def test_pupil_and_guardian_tell_it_in_their_own_words_and_each_reads_only_the_own(cast: Cast, thought: Understanding) -> None:
    els = str(cast.pupil_noor.guardianships.get(has_authority=True).guardian_id)
    of_noor, of_els, of_school = (asked(cast, thought, whose) for whose in ("pupil", els, "school"))
    assert set(Notice.objects.filter(event="voice.asked").values_list("receiver", flat=True)) == {cast.noor.pk, cast.els.pk}
    assert reverse("my_voice", args=[cast.noor.pk, of_noor.pk]) in text_of(cast.noor, "home")
    without_overview = press(cast.els, "my_voice", of_els.pk, overview="", insight="Zij slaapt slecht.", outlook="")
    assert without_overview.status_code == 409
    assert "Vertel eerst hoe het gaat" in without_overview.content.decode()
    assert press(cast.els, "my_voice", of_els.pk, overview="Thuis gaat het goed.", insight="", outlook="").status_code == 302
    assert press(cast.noor, "my_voice", of_noor.pk, overview="Ik zit achterin.", insight="", outlook="Vooraan.").status_code == 302
    assert write_down(cast.anna, of_school, overview="Wij zien haar aarzelen.", insight="", outlook="").status_code == 302
    for actor, other in ((cast.noor, of_els), (cast.noor, of_school), (cast.els, of_noor), (cast.pim, of_els), (cast.sem, of_noor)):
        assert look(actor, "my_voice", other.pk).status_code == 404
        assert press(actor, "my_voice", other.pk, overview="x").status_code == 404
    assert all(text in text_of(cast.anna, "understanding", thought.pk) for text in ("Thuis gaat het goed.", "Ik zit achterin."))
    assert "Wij zien haar aarzelen." not in text_of(cast.noor, "my_voices") + text_of(cast.els, "my_voices")
    assert press(cast.anna, "voice_ask", thought.pk, whose="pupil").status_code == 200  # once


def test_nobody_of_the_school_changes_what_somebody_wrote_and_what_was_written_down_says_so(cast: Cast, thought: Understanding) -> None:
    of_noor = asked(cast, thought, "pupil")
    assert write_down(cast.bram, of_noor, overview="Zij vertelt dat het goed gaat.", insight="", outlook="").status_code == 302
    assert "Opgeschreven door Bram van de Test" in text_of(cast.anna, "understanding", thought.pk)
    assert press(cast.noor, "my_voice", of_noor.pk, overview="Het gaat niet goed.", insight="", outlook="").status_code == 302
    refused = write_down(cast.anna, of_noor, overview="Het gaat best goed.", insight="", outlook="")
    assert refused.status_code == 409
    of_noor.refresh_from_db()
    assert (of_noor.overview, of_noor.written_down_by) == ("Het gaat niet goed.", None)


def test_a_guardian_of_another_child_cannot_be_asked(cast: Cast, thought: Understanding) -> None:
    mia = member(cast.beuk, Role.GUARDIAN, "mia")
    guardian(cast.pupil_lot, mia, has_authority=True)
    other = str(cast.pupil_lot.guardianships.get().guardian_id)
    pim = str(cast.pupil_noor.guardianships.get(has_authority=False).guardian_id)
    for whose in (other, pim):
        assert press(cast.anna, "voice_ask", thought.pk, whose=whose).status_code == 200
    assert not Voice.objects.exists()


# ---- what protects and what weighs ------------------------------------------------------------------------------------------


def known(**changed: str) -> dict[str, str]:
    soon = (timezone.localdate() + timedelta(days=100)).isoformat()
    given = {"protects": "Oma woont om de hoek.", "protects_side": "surroundings", "weighs": "", "weighs_side": ""}
    return {**given, "source": "Van moeder", "review_on": soon, **changed}


def test_what_weighs_never_stands_alone_and_goes_on_its_day(cast: Cast) -> None:
    alone = known(protects="", weighs="Verhuisd in de zomer.", weighs_side="pupil")
    assert press(cast.anna, "factor_new", cast.pupil_noor.pk, **alone).status_code == 200
    assert not Factor.objects.exists()
    assert press(cast.anna, "factor_new", cast.pupil_noor.pk, **known(weighs="Verhuisd.", weighs_side="surroundings")).status_code == 302
    page = text_of(cast.anna, "pupil_factors", cast.pupil_noor.pk)
    assert page.index("Oma woont om de hoek.") < page.index("Verhuisd.")
    assert "U keek nog niet naar wat er in de leerling zit" in page
    protects = Factor.objects.get(protects=True)
    now = timezone.now()
    look_again(at=now)
    assert not Task.objects.exists()
    look_again(at=now + timedelta(days=90))
    assert Task.objects.get().kind == "factor.review"
    later = (timezone.localdate() + timedelta(days=200)).isoformat()
    assert press(cast.bram, "factor", protects.pk, review_on=later).status_code == 302
    assert Task.objects.get().done_at is not None
    assert {row.review_on.isoformat() for row in Factor.objects.all()} == {later}
    look_again(at=now + timedelta(days=201))
    assert Factor.objects.filter(gone_at=None).count() == 0


def test_what_weighs_can_go_and_what_protects_takes_it_along(cast: Cast) -> None:
    for _each in range(2):
        press(cast.anna, "factor_new", cast.pupil_noor.pk, **known(weighs="Verhuisd.", weighs_side="surroundings"))
    first, second = Factor.objects.filter(protects=True)
    assert press(cast.anna, "factor_drop", first.weighs.get().pk).status_code == 302
    assert press(cast.anna, "factor_drop", second.pk).status_code == 302
    assert list(Factor.objects.filter(gone_at=None)) == [first]
    assert press(cast.anna, "factor_drop", second.pk).status_code == 404


# ---- all sides beside each other ----------------------------------------------------------------------------------------


def test_sides_that_contradict_propose_a_talk_and_no_total(cast: Cast) -> None:
    page = text_of(cast.anna, "triangulation", cast.pupil_noor.pk)
    assert "Nog te weinig om naast elkaar te leggen" in page
    assert page.count("Waar komt dit vandaan?") == 6
    others, opens_on = classmates(cast.group_6a, 13), (timezone.localdate() - timedelta(days=40)).replace(day=1)
    result_round(cast.group_6a, [*others, cast.pupil_noor], "Najaarslijst", opens_on=opens_on)
    result_round(cast.group_6a, [cast.pupil_noor, *others], "Over de klas", key=TEACHER_LIST, opens_on=opens_on)
    page = text_of(cast.anna, "triangulation", cast.pupil_noor.pk)
    assert "De kanten zien iets anders" in page
    assert page.index("Goed gaat het volgens:") < page.index("De leerkracht") < page.index("Aandacht vraagt het volgens:")
    assert "rekent daar geen gemiddelde van uit" in page
    assert reverse("gathering_new", args=[cast.anna.pk, cast.pupil_noor.pk]) in page
    assert "Vier vragen beantwoorden" in page
    assert page.count("te weinig om iets te zeggen") >= 3  # classmates, safety, absence, home


def test_what_somebody_saw_stands_beside_a_list_that_says_all_is_well(cast: Cast) -> None:
    opens_on = (timezone.localdate() - timedelta(days=40)).replace(day=1)
    result_round(cast.group_6a, [cast.pupil_noor, *classmates(cast.group_6a, 13)], "Over de klas", key=TEACHER_LIST, opens_on=opens_on)
    signal(cast)
    page = text_of(cast.anna, "triangulation", cast.pupil_noor.pk)
    assert "gemengd beeld" in page
    assert "Er is 1 observatie die nog telt." in page
    assert "Zat alleen op de bank." in page


# ---- who, and how much ----------------------------------------------------------------------------------------------------


def test_who_sees_it(cast: Cast, thought: Understanding) -> None:
    press(cast.anna, "factor_new", cast.pupil_noor.pk, **known())
    for route, key in (
        ("triangulation", cast.pupil_noor.pk),
        ("pupil_understanding", cast.pupil_noor.pk),
        ("understanding", thought.pk),
        ("pupil_factors", cast.pupil_noor.pk),
    ):
        assert may_look(cast, route, key) == {"anna", "bram"}, route
    assert may_look(cast, "group_understanding", cast.group_6a.pk) == {"anna", "bram"}
    assert may_look(cast, "my_voices") == {"els", "pim", "noor", "sem"}
    assert press(cast.carla, "understanding_steps", thought.pk, read=read(thought), **STEPS).status_code == 404


def test_the_specialist_of_a_case_thinks_along_and_asks_nobody(cast: Cast, thought: Understanding) -> None:
    gabi = member(cast.beuk, Role.BEHAVIOUR_SPECIALIST, "gabi")
    case = Case.objects.create(school=cast.beuk, pupil=cast.pupil_noor, purpose="Kijken", opened_by=cast.bram, from_at=START)
    CaseMember.objects.create(school=cast.beuk, case=case, membership=gabi, from_at=START)
    assert press(gabi, "understanding_steps", thought.pk, read=read(thought), **STEPS).status_code == 302
    assert look(gabi, "voice_ask", thought.pk).status_code == 404
    assert look(gabi, "pupil_factors", cast.pupil_noor.pk).status_code == 200
    assert look(gabi, "factor_new", cast.pupil_noor.pk).status_code == 404


def test_what_went_with_a_group_goes_with_it(cast: Cast, thought: Understanding) -> None:
    move(cast.pupil_noor, cast.group_6b, timezone.now() - timedelta(minutes=1))
    assert look(cast.anna, "understanding", thought.pk).status_code == 404
    assert look(cast.carla, "understanding", thought.pk).status_code == 200


def test_three_rows_ask_as_much_as_one(cast: Cast, thought: Understanding) -> None:
    def counted() -> list[int]:
        pages = [("understanding", [thought.pk]), ("understanding_sources", [thought.pk]), ("pupil_factors", [cast.pupil_noor.pk])]
        pages += [("pupil_understanding", [cast.pupil_noor.pk]), ("triangulation", [cast.pupil_noor.pk])]
        return [queries_for(cast.anna, route, keys) for route, keys in pages] + [queries_for(cast.els, "my_voices")]

    def more() -> None:
        signal(cast)
        press(cast.anna, "factor_new", cast.pupil_noor.pk, **known(weighs="Verhuisd.", weighs_side="surroundings"))
        rows = Signal.objects.values_list("pk", flat=True)
        picked = {"picked": [f"signal:{key}" for key in rows], "colleague": "Een", "pupil": "Twee"}
        press(cast.anna, "understanding_sources", thought.pk, read=read(thought), **picked)

    more()
    asked(cast, thought, "pupil")
    one = counted()
    more()
    asked(cast, thought, str(cast.pupil_noor.guardianships.get(has_authority=True).guardian_id))
    asked(cast, thought, "school")
    more()
    assert counted() == one


FACTOR = re.compile(r"understanding\.models import [^)]*\bFactor\b|\bmodels\.Factor\b")


def files_that_know_of_factors(root: Path) -> set[str]:
    return {str(one.relative_to(root)) for one in root.rglob("*.py") if FACTOR.search(one.read_text("utf-8"))}


def test_what_weighs_is_in_no_points_and_no_list_of_a_class(tmp_path: Path) -> None:
    """Nobody outside this feature reads it, but for the models, the access table, the demo, and what a trial of that pupil asks first."""
    ours = files_that_know_of_factors(Path(kring.__path__[0]))
    elsewhere = {one for one in ours if not one.startswith(("web/understanding/", "web/migrations/"))}
    assert elsewhere == {"web/access.py", "web/models.py", "web/demo/thinking/rows.py", "web/plans/trials/both_sides.py"}
    (tmp_path / "points.py").write_text("from kring.web.understanding.models import Factor\n", "utf-8")
    assert files_that_know_of_factors(tmp_path) == {"points.py"}
