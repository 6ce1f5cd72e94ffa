"""The pages beside the drawing: the class, the pupils in careful words, what changed, the board, and what is taken along."""

from datetime import date
from io import BytesIO
from itertools import permutations

import pytest
from openpyxl import load_workbook

from kring.core.sociometry import Participation
from kring.web.models import Entry, Nomination, Pupil, Rating, Sociogram
from kring.web.sociograms.collecting.intake import freeze
from kring.web.sociograms.intake import Choice, take_sociogram
from kring.web.sociograms.queries import sociograms
from kring.web.sociograms.understanding.intake import work_out_groups
from kring.web.sociograms.understanding.sheets import talk, years_of
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import Cast
from tests.measurements import HANDED_IN, classmates, close, round_of, sociogram_round

pytestmark = pytest.mark.django_db
PAGES = ("sociogram_facts", "sociogram_card", "sociogram_change", "sociogram_talk")
FILES = ("sociogram_pdf", "sociogram_xlsx", "sociogram_csv")
BEFORE = date(2025, 9, 8)


def asked(cast: Cast, *, absent: int = 1, more: int = 8) -> Sociogram:
    """Noor, Sem and eight others; the last was not there, and nobody chose the last."""
    return sociogram_round(cast.group_6a, [cast.pupil_noor, cast.pupil_sem, *classmates(cast.group_6a, more)], absent=absent)


def asked_before(cast: Cast, found: Sociogram, opens_on: date) -> Sociogram:
    """The same pupils, in the order of the list turned by one: other choices."""
    listed = [one.pupil for one in found.listed.select_related("pupil").order_by("pupil__sort_name")]
    return sociogram_round(cast.group_6a, [*listed[1:], listed[0]], opens_on=opens_on)


def test_the_facts_say_what_was_possible_and_what_chance_gives(cast: Cast) -> None:
    page = text_of(cast.anna, "sociogram_facts", asked(cast).pk)
    for shown in ("9 van de 10 leerlingen", "Gekozen door", "toeval:", "Noor Test", "wordt door niemand gekozen", "deed niet mee"):
        assert shown in page


@pytest.mark.parametrize("page", PAGES)
def test_the_team_may_look_and_nobody_else(cast: Cast, page: str) -> None:
    assert may_look(cast, page, asked(cast).pk) == {"anna", "bram"}


@pytest.mark.parametrize("page", [*PAGES, *FILES])
def test_nothing_exists_while_the_round_is_open(cast: Cast, page: str) -> None:
    found = asked(cast)
    found.round.closed_at = None
    found.round.save(update_fields=["closed_at"])
    assert look(cast.anna, page, found.pk).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_as_many_questions_for_ten_pupils_as_for_four(cast: Cast, page: str) -> None:
    few = sociogram_round(cast.group_6b, [cast.pupil_lot, *classmates(cast.group_6b, 3)])
    assert queries_for(cast.bram, page, [asked(cast).pk]) == queries_for(cast.bram, page, [few.pk])


def test_what_changed_says_what_chance_gives(cast: Cast) -> None:
    found = asked(cast)
    assert "Nog geen vorige keer" in text_of(cast.anna, "sociogram_change", found.pk)
    asked_before(cast, found, BEFORE)
    page = text_of(cast.anna, "sociogram_change", found.pk)
    for shown in ("Bij blind kiezen zou dat", "september 2025", "november 2025", "Paren die elkaar kozen"):
        assert shown in page


def test_the_card_has_the_last_round_and_what_is_usual(cast: Cast) -> None:
    found = asked(cast)
    page = text_of(cast.anna, "sociogram_card", found.pk)
    for shown in (
        "De klas in vijf getallen",
        "Leerlingen die door niemand zijn gekozen",
        "Als iedereen er was geweest",
        "Kring weet niet wie een jongen",
    ):
        assert shown in page
    asked_before(cast, found, BEFORE)
    asked_before(cast, found, date(2025, 9, 1))
    assert "Gewoon voor deze klas" in text_of(cast.anna, "sociogram_card", found.pk)


def test_a_round_that_asked_something_else_or_others_is_no_last_time(cast: Cast) -> None:
    found = asked(cast)
    sociogram_round(cast.group_6b, [cast.pupil_lot, *classmates(cast.group_6b, 9)], opens_on=BEFORE)
    assert "Nog geen vorige keer" in text_of(cast.bram, "sociogram_change", found.pk)


def test_the_board_has_no_name_and_no_number_of_a_few(cast: Cast) -> None:
    found = asked(cast)
    page = text_of(cast.anna, "sociogram_talk", found.pk, board="")
    assert "Samen kozen we" in page
    assert not any(one.pupil.given_name in page for one in found.listed.select_related("pupil"))
    assert "niemand gekozen" not in page


def test_how_sure_groups_are_is_worked_out_once_and_only_believed_of_these_choices(cast: Cast) -> None:
    found = asked(cast, absent=0)
    found.round.refresh_from_db()
    work_out_groups(at=found.round.closed_at)  # type: ignore[arg-type]
    found.refresh_from_db()
    assert found.sureness
    assert set(found.sureness) == {"of", "n", "n_valid", "left_out", "value"}
    for value, mark, shown in ((1.0, found.sureness["of"], True), (0.0, found.sureness["of"], False), (0.0, "of other choices", None)):
        Sociogram.objects.filter(pk=found.pk).update(sureness={**found.sureness, "value": value, "of": mark})
        page = text_of(cast.anna, "sociogram_card", found.pk)
        assert shown is None or ("Wie elkaar vaak kiezen" in page) is shown
        assert shown is None or ("grouping" in text_of(cast.anna, "sociogram", found.pk, view="web")) is shown


def test_groups_from_one_question_are_a_guess_in_the_drawing_too(cast: Cast) -> None:
    pupils = [cast.pupil_noor, cast.pupil_sem, *classmates(cast.group_6a, 8)]
    made = round_of(cast.group_6a, "kring-sociogram-niet", "Sociogram")
    choices = [Choice("together", 1, one.pk, other.pk) for half in (pupils[:5], pupils[5:]) for one, other in permutations(half, 2)]
    found = take_sociogram(made, cast.group_6a, listed={one.pk: Participation.DONE for one in pupils}, choices=choices, at=HANDED_IN)
    close(made)
    assert "Zie het als een vermoeden" in text_of(cast.anna, "sociogram", found.pk, view="web")
    assert "Zie het als een vermoeden" not in text_of(cast.anna, "sociogram", found.pk)


def test_a_class_of_six_has_counts_and_no_status(cast: Cast) -> None:
    found = asked(cast, absent=0, more=4)
    page = text_of(cast.anna, "sociogram_facts", found.pk)
    assert "kleine groep" in page
    assert "Beeld" not in page
    assert all("lees er weinig in" in text_of(cast.anna, one, found.pk, view="web") for one in ("sociogram", "sociogram_card"))
    assert "grouping" not in look(cast.anna, "sociogram", found.pk, view="web").content.decode()
    assert "geen getal dat u de klas kunt laten zien" in text_of(cast.anna, "sociogram_talk", found.pk)


def test_too_few_took_part_and_no_pupil_is_named(cast: Cast) -> None:
    page = text_of(cast.anna, "sociogram_facts", asked(cast, absent=6).pk)
    assert "Minder dan 60" in page
    assert "Noor" not in page


def test_too_few_took_part_and_no_count_is_taken_along_or_kept_in_view(cast: Cast) -> None:
    found = asked(cast, absent=6)
    freeze(found.round, at=HANDED_IN)
    assert "sociogram.xlsx" not in text_of(cast.anna, "sociogram_facts", found.pk)
    assert {look(cast.anna, file, found.pk).status_code for file in FILES[1:]} == {404}
    let_go(found)
    page = text_of(cast.anna, "sociogram_facts", found.pk)
    assert "te weinig leerlingen mee" in page
    assert "Noor" not in page


def test_choices_that_are_gone_are_no_last_time(cast: Cast) -> None:
    """They would all be 0."""
    found = asked(cast)
    let_go(asked_before(cast, found, BEFORE))
    assert "Nog geen vorige keer" in text_of(cast.anna, "sociogram_change", found.pk)
    assert "Na een volgende keer" in text_of(cast.anna, "sociogram_card", found.pk)


def let_go(found: Sociogram) -> None:
    """As on their day."""
    Nomination.objects.filter(sociogram=found).delete()
    Sociogram.objects.filter(pk=found.pk).update(choices_gone_at=HANDED_IN)


def test_choices_that_are_gone_leave_their_counts(cast: Cast) -> None:
    found = asked(cast)
    let_go(found)
    page = text_of(cast.anna, "sociogram_facts", found.pk)
    assert "is op" in page
    assert "Noor" in page
    assert look(cast.anna, "sociogram_pdf", found.pk).status_code == 404


# ---- what is never told -------------------------------------------------------------------------------------------------


def with_a_no(cast: Cast) -> Sociogram:
    """Ten pupils; the third and the fourth said no to Noor."""
    pupils = [cast.pupil_noor, cast.pupil_sem, *classmates(cast.group_6a, 8)]
    made, n = round_of(cast.group_6a, "kring-sociogram-niet", "Sociogram"), len(pupils)
    choices = [Choice("together", 1, pupils[i].pk, pupils[(i + step) % n].pk) for i in range(n) for step in (1, 3)]
    refused = [Choice("rather_not", -1, pupils[i].pk, cast.pupil_noor.pk) for i in (2, 3)]
    found = take_sociogram(
        made, cast.group_6a, listed={one.pk: Participation.DONE for one in pupils}, choices=[*choices, *refused], at=HANDED_IN
    )
    close(made)
    return found


def test_a_no_is_a_number_and_nobody_is_named_with_it(cast: Cast) -> None:
    page = text_of(cast.anna, "sociogram_facts", with_a_no(cast).pk)
    assert "liever niet" in page
    assert "van 3 rekenwijzen" in page


def test_a_no_that_is_gone_leaves_its_number_and_the_other_choices(cast: Cast) -> None:
    found = with_a_no(cast)
    found.listed.filter(pupil=cast.pupil_noor).update(unfavourable=2)
    Nomination.objects.filter(sociogram=found, polarity=-1).delete()
    found.rejections_gone_at = HANDED_IN
    found.save(update_fields=["rejections_gone_at"])
    page = text_of(cast.anna, "sociogram_facts", found.pk)
    assert "liever niet" in page
    assert "van 3 rekenwijzen" not in page


@pytest.mark.parametrize("page", FILES[1:])
def test_no_file_has_a_status_a_no_or_who_chose(cast: Cast, page: str) -> None:
    answer = look(cast.anna, page, with_a_no(cast).pk)
    assert answer["Content-Disposition"].startswith("attachment")
    assert Entry.objects.filter(name="file.exported", record="sociogram").exists()
    if page == "sociogram_xlsx":
        rows = [[cell.value for cell in row] for row in load_workbook(BytesIO(answer.content)).active.rows]
        assert rows[0] == ["Leerling", "Deed mee", "Gekozen door", "Van hoeveel", "Over en weer", "Kiest zelf"]
        assert ["Noor Test", "ja", 2, 9, 0, 2] in rows
    else:
        assert b'"Noor Test";"ja";"2";"9";"0";"2"' in answer.content


def test_the_paper_is_made_for_the_file(cast: Cast) -> None:
    answer = look(cast.anna, "sociogram_pdf", with_a_no(cast).pk)
    assert answer.content.startswith(b"%PDF")
    assert Entry.objects.filter(name="page.printed", record="sociogram").exists()


def test_who_is_named_for_a_part_is_an_invitation_to_ask(cast: Cast) -> None:
    pupils = [cast.pupil_noor, cast.pupil_sem, *classmates(cast.group_6a, 8)]
    made = round_of(cast.group_6a, "kring-sociogram-rollen", "Rollen")
    found = take_sociogram(made, cast.group_6a, listed={one.pk: Participation.DONE for one in pupils}, choices=[], at=HANDED_IN)
    Nomination.objects.bulk_create(
        Nomination(school=cast.beuk, sociogram=found, question="helps", polarity=0, chooser=one, chosen=cast.pupil_noor)
        for one in pupils[1:]
    )
    close(made)
    page = text_of(cast.anna, "sociogram_facts", found.pk)
    assert "Klasgenoten noemen vaak: Noor Test." in page
    assert "Vraag het deze leerling eerst" in page
    assert "door niemand gekozen" not in page


def test_points_are_counted_and_nobody_reads_who_gave_them(cast: Cast) -> None:
    pupils = [cast.pupil_noor, cast.pupil_sem, *classmates(cast.group_6a, 8)]
    made = round_of(cast.group_6a, "kring-sociogram-punten", "Punten")
    found = take_sociogram(made, cast.group_6a, listed={one.pk: Participation.DONE for one in pupils}, choices=[], at=HANDED_IN)
    gave = ((one, other) for one in pupils for other in pupils if one != other)
    Rating.objects.bulk_create(
        Rating(school=cast.beuk, sociogram=found, question="points", rater=one, rated=other, points=5 if other == pupils[0] else 2)
        for one, other in gave
    )
    close(made)
    page = text_of(cast.anna, "sociogram_facts", found.pk)
    assert "9 van 9" in page
    assert "Wie hoeveel punten gaf, leest niemand" in page


def test_other_activities_can_be_chosen_and_none_for_another_age(cast: Cast) -> None:
    found = asked(cast)
    (seen,) = sociograms(cast.anna, pk=found.pk)
    told = talk(seen, on=date(2025, 9, 1))
    levels = years_of(cast.group_6a)
    assert told.others
    assert not set(told.others) & set(told.activities)
    assert all(one.year_levels[0] <= year <= one.year_levels[1] for one in told.others for year in levels)
    assert all(one.title in text_of(cast.anna, "sociogram_talk", found.pk) for one in told.others)


def test_kring_does_not_know_who_is_a_girl_and_says_so(cast: Cast) -> None:
    assert not {"gender", "sex", "is_girl"} & {field.name for field in Pupil._meta.get_fields()}
    card = text_of(cast.anna, "sociogram_card", asked(cast).pk)
    assert "Keuzes tussen jongens en meisjes" in card
    assert "Kring weet niet" in card
