"""What the drawing of a sociogram can be asked for: one question, mutual choices, the last round beside it, one pupil; and what is odd."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from kring.core.sociometry import Participation
from kring.web.models import Entry, Group, Nomination, Pupil, Round, Sociogram
from kring.web.sociograms.collecting.intake import freeze
from kring.web.sociograms.intake import Choice, take_sociogram
from tests.asking import look, queries_for, text_of
from tests.cast import Cast, client_of, pupil
from tests.measurements import HANDED_IN, OPENS, SOCIOGRAM, classmates, close, round_of

pytestmark = pytest.mark.django_db
EARLIER, LATER = OPENS - timedelta(days=90), OPENS + timedelta(days=1)


@pytest.fixture
def children(cast: Cast) -> list[Pupil]:
    return [cast.pupil_noor, cast.pupil_sem, *classmates(cast.group_6a, 8)]


def chosen(group: Group, children: list[Pupil], pairs: str, *, key: str = SOCIOGRAM, opens_on: date = OPENS) -> Sociogram:
    """A closed round; `work:0:1` means that the first chose the second in answer to `work`."""
    made = round_of(group, key, key, opens_on=opens_on)
    choices = []
    for pair in pairs.split():
        question, one, other = pair.split(":")
        choices.append(Choice(question, -1 if question == "rather_not" else 1, children[int(one)].pk, children[int(other)].pk))
    kept = take_sociogram(
        made, group, listed=dict.fromkeys((one.pk for one in children), Participation.DONE), choices=choices, at=HANDED_IN
    )
    close(made)
    freeze(made, at=HANDED_IN)
    return kept


def expected(found: Sociogram, one: Pupil, other: Pupil) -> None:
    """Somebody thinks to be chosen by somebody."""
    ends = {"chooser": one, "chosen": other}
    Nomination.objects.create(school=found.school, sociogram=found, question="chosen_by", polarity=0, **ends)


def drawn(page: str) -> set[frozenset[str]]:
    """Every line of the page, by the keys of the two pupils."""
    return {frozenset((part.split('"')[0], part.split('data-to="')[1].split('"')[0])) for part in page.split('data-from="')[1:]}


def keys(children: list[Pupil], *pairs: tuple[int, int]) -> set[frozenset[str]]:
    return {frozenset((str(children[one].pk), str(children[other].pk))) for one, other in pairs}


def test_one_question_alone_has_its_own_choices_and_numbers(cast: Cast, children: list[Pupil]) -> None:
    found = chosen(cast.group_6a, children, "together:0:1 work:2:1 work:1:2")
    expected(found, children[5], children[6])
    everything = text_of(cast.anna, "sociogram", found.pk, view="web")
    assert drawn(everything) == keys(children, (0, 1), (1, 2))  # whom one expects is no choice; a mutual tie is one line
    assert "Gekozen door 2 van 9" in everything
    work = text_of(cast.anna, "sociogram", found.pk, view="web", question="work")
    assert drawn(work) == keys(children, (1, 2))
    assert "U ziet alleen de antwoorden op de vraag “Met wie werk je graag samen?”" in work
    assert "Gekozen door 2 van 9" not in work
    assert drawn(text_of(cast.anna, "sociogram", found.pk, view="web", question="chosen_by")) == drawn(everything)


def test_mutual_choices_alone(cast: Cast, children: list[Pupil]) -> None:
    found = chosen(cast.group_6a, children, "work:0:1 work:2:1 work:1:2")
    for view in ("target", "web"):
        assert drawn(text_of(cast.anna, "sociogram", found.pk, view=view, mutual="1")) == keys(children, (1, 2))


def test_the_last_round_stands_beside_it_with_who_is_new(cast: Cast, children: list[Pupil]) -> None:
    chosen(cast.group_6a, children[:9], "work:0:1 work:1:2", opens_on=EARLIER)
    found = chosen(cast.group_6a, children, "work:0:1 work:2:3")
    assert "De vorige keer ernaast" in text_of(cast.anna, "sociogram", found.pk)
    page = text_of(cast.anna, "sociogram", found.pk, beside="1", pupil=str(cast.pupil_sem.pk))
    assert page.count("chart__picture--web") == 2
    assert drawn(page) == keys(children, (0, 1), (1, 2), (2, 3))
    assert page.count("nieuw sinds de vorige keer") == 1
    assert "Iedereen staat in beide tekeningen op dezelfde plaats" in page


def test_without_an_earlier_round_there_is_nothing_to_stand_beside_it(cast: Cast, children: list[Pupil]) -> None:
    found = chosen(cast.group_6a, children, "work:0:1")
    page = text_of(cast.anna, "sociogram", found.pk, beside="1")
    assert "De vorige keer ernaast" not in page
    assert page.count('<figure class="chart">') == 1


def test_a_script_that_picks_somebody_gets_the_choices_and_leaves_a_reading(cast: Cast, children: list[Pupil]) -> None:
    found = chosen(cast.group_6a, children, "together:1:0 work:1:2 work:2:1")
    expected(found, children[1], children[5])
    read = Entry.objects.filter(record="pupil", record_id=cast.pupil_sem.pk)
    text_of(cast.anna, "sociogram", found.pk)
    assert not read.exists()
    told = text_of(cast.anna, "sociogram_pupil", found.pk, cast.pupil_sem.pk)
    assert read.count() == 1
    assert "<html" not in told
    assert "Noor Test" in told
    assert "Kind 06" not in told
    assert "Noor Test" not in text_of(cast.anna, "sociogram_pupil", found.pk, cast.pupil_sem.pk, question="work")


def test_nobody_else_gets_what_the_script_gets(cast: Cast, children: list[Pupil]) -> None:
    found = chosen(cast.group_6a, children, "work:0:1")
    for name, actor in cast.actors().items():
        answer = look(actor, "sociogram_pupil", found.pk, cast.pupil_noor.pk)
        assert (answer.status_code == 200) == (name in {"anna", "bram"}), name
        assert answer.status_code in {200, 404}
    elsewhere = look(cast.anna, "sociogram_pupil", found.pk, cast.pupil_lot.pk)
    assert elsewhere.status_code == 404


def test_a_no_is_in_nothing_that_can_be_asked_for(cast: Cast, children: list[Pupil]) -> None:
    refused = "rather_not:0:3 rather_not:1:4 rather_not:2:5 rather_not:6:0"
    for opens_on in (EARLIER, OPENS):
        found = chosen(
            cast.group_6a, children, f"together:0:1 together:1:2 together:5:4 {refused}", key="kring-sociogram-niet", opens_on=opens_on
        )
    assert Nomination.objects.filter(polarity=-1).count() == 8
    for asked in ({}, {"view": "web"}, {"mutual": "1"}, {"beside": "1"}, {"question": "rather_not"}, {"pupil": str(cast.pupil_noor.pk)}):
        page = text_of(cast.anna, "sociogram", found.pk, **asked)
        assert drawn(page) <= keys(children, (0, 1), (1, 2), (5, 4)), asked
    assert "Kind 02" not in text_of(cast.anna, "sociogram_pupil", found.pk, cast.pupil_noor.pk)


def test_an_open_round_has_no_sociogram_yet(cast: Cast, children: list[Pupil]) -> None:
    found = chosen(cast.group_6a, children, "work:0:1")
    Round.objects.update(closed_at=None)
    assert look(cast.anna, "sociogram", found.pk).status_code == 404
    assert look(cast.anna, "sociogram_pupil", found.pk, cast.pupil_noor.pk).status_code == 404


def test_when_the_choices_are_gone_the_numbers_are_there_and_no_drawing(cast: Cast, children: list[Pupil]) -> None:
    found = chosen(cast.group_6a, children, "work:0:1")
    Nomination.objects.all().delete()
    Sociogram.objects.update(choices_gone_at=HANDED_IN)
    page = text_of(cast.anna, "sociogram", found.pk)
    assert "chart__picture" not in page
    assert "Noor Test" in page
    assert look(cast.anna, "sociogram_pupil", found.pk, cast.pupil_noor.pk).status_code == 404


@pytest.mark.parametrize(
    ("key", "pairs", "said"),
    [
        (SOCIOGRAM, "", "Niemand koos iemand."),
        (SOCIOGRAM, " ".join(f"work:{i}:{j}" for i in range(6) for j in range(6) if i != j), "Iedereen koos iedereen."),
        (SOCIOGRAM, "work:0:1", "Dit is een kleine groep."),
        ("kring-sociogram-punten", "", "Deze lijst vraagt niet wie er gekozen wordt"),
    ],
)
def test_a_page_says_what_is_odd_about_it(cast: Cast, children: list[Pupil], key: str, pairs: str, said: str) -> None:
    found = chosen(cast.group_6a, children[:6], pairs, key=key)
    assert said in text_of(cast.anna, "sociogram", found.pk)


def test_two_pupils_of_one_name_are_two(cast: Cast, children: list[Pupil]) -> None:
    twin = pupil(cast.group_6a, cast.pupil_noor.sort_name or "Noor Test", 6)
    Pupil.objects.filter(pk=twin.pk).update(given_name=cast.pupil_noor.given_name, family_name=cast.pupil_noor.family_name)
    found = chosen(cast.group_6a, [*children, twin], f"work:0:1 work:1:{len(children)}")
    page = text_of(cast.anna, "sociogram", found.pk, view="web")
    assert drawn(page) == keys([*children, twin], (0, 1), (1, len(children)))
    assert page.count("Noor Test</a></strong>") == 2


def test_a_larger_class_and_an_earlier_round_ask_the_database_as_much(cast: Cast, children: list[Pupil]) -> None:
    chosen(cast.group_6a, children[:6], "work:0:1", opens_on=EARLIER)
    few = chosen(cast.group_6a, children[:6], "work:0:1")
    many = chosen(cast.group_6a, children, "work:0:1 work:1:2", opens_on=LATER)
    assert queries_for(cast.bram, "sociogram", [few.pk]) == queries_for(cast.bram, "sociogram", [many.pk])
    picks = [queries_for(cast.bram, "sociogram_pupil", [one.pk, cast.pupil_noor.pk]) for one in (few, many)]
    assert picks[0] == picks[1]


def test_the_address_keeps_what_was_asked_when_somebody_is_picked(cast: Cast, children: list[Pupil]) -> None:
    found = chosen(cast.group_6a, children, "work:0:1 work:2:1 work:1:2")
    page = text_of(cast.anna, "sociogram", found.pk, view="web", question="work", mutual="1")
    link = f"?view=web&amp;question=work&amp;mutual=1&amp;pupil={cast.pupil_noor.pk}"
    assert link in page
    address = reverse("sociogram", args=[cast.anna.pk, found.pk]) + link.replace("&amp;", "&")
    assert 'class="is-picked"' in client_of(cast.anna).get(address).content.decode()
