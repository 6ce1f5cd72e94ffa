"""Advice about a child without saying which: nothing kept that says it, and gone after ninety days."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db.models import DateField, ForeignKey
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kring.core.access import Record, Role, Verb
from kring.core.anonymity import ConsultationClosed, StillNamed
from kring.core.consulting import outcome_of
from kring.web.access import NotPermitted, may
from kring.web.consultations import queries
from kring.web.consultations.actions import Sheet, close_consultation, end_seat, give_advice, give_seat, open_consultation
from kring.web.drafts.seal import HALF, LOCKED, unlocked
from kring.web.home.intake import make_due_tasks
from kring.web.models import (
    Consultation,
    ConsultationReply,
    ConsultationSeat,
    Draft,
    Entry,
    Guardian,
    Membership,
    Notice,
    Organisation,
    Partner,
    Pupil,
    School,
    Task,
)
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import Cast, client_of, group, member, pupil

pytestmark = pytest.mark.django_db
SITUATION = "Het kind zegt in de kring bijna niets en speelt op het plein alleen."
SHEET = Sheet("8-11", "Hoe help ik een kind dat bijna niet praat?", SITUATION, "Een vast maatje gekozen.")
KEY = re.compile(r'name="draft" value="([^"]+)" data-draft')
CAME = outcome_of(["colleague"], "Rust helpt.", "Morgen praten.")
OUTCOME: dict[str, Any] = {
    "asked": ["neighbourhood_team", "colleague"],
    "outcome": "Tekenen geeft dit kind rust.",
    "next_step": "Maandag beginnen wij met tekenen.",
}
FORM = {"age_band": SHEET.age_band, "question": SHEET.question, "situation": SHEET.situation, "tried": SHEET.tried}


@pytest.fixture
def smw(cast: Cast) -> Membership:
    """A partner with an account."""
    partner = member(cast.beuk, Role.SOCIAL_WORKER, "smw")
    organisation = Organisation.objects.create(school=cast.beuk, name="Maatwerk Zuid", kind="social_work")
    Partner.objects.create(school=cast.beuk, membership=partner, organisation=organisation)
    return partner


def opened(cast: Cast, by: Membership | None = None) -> Consultation:
    author = by or cast.anna
    return open_consultation(author, author, SHEET, words=(), at=timezone.now())


def seated(consultation: Consultation, *whom: Membership) -> None:
    for one in whom:
        give_seat(consultation.author, consultation, one, until=None, at=timezone.now())


def send(actor: Membership, step: str = "keep", words: tuple[str, ...] = (), **other: str) -> tuple[int, str, Client]:
    client = client_of(actor)
    answer = client.post(reverse("consultation_new", args=[actor.pk]), {**FORM, "step": step, "words": list(words), **other})
    return answer.status_code, answer.content.decode(), client


# ---- what is kept


def test_the_rows_hold_no_key_to_a_child_and_no_day_of_birth() -> None:
    for model in (Consultation, ConsultationSeat, ConsultationReply):
        pointed = {field.related_model for field in model._meta.get_fields() if isinstance(field, ForeignKey)}
        assert pointed <= {School, Membership, Consultation}
        assert [field for field in model._meta.get_fields() if type(field) is DateField] == []
    fields = {field.name for field in Consultation._meta.local_fields}
    assert fields == {
        *("id", "school", "author", "age_band", "sector", "question", "situation", "tried", "from_at", "until_at", "closed_at"),
        *("asked", "outcome", "next_step"),
    }


def test_the_log_holds_no_key_to_a_child_either(cast: Cast, smw: Membership) -> None:
    made = opened(cast)
    seated(made, cast.bram, smw)
    text_of(cast.anna, "consultation", made.pk)
    give_advice(cast.bram, made, "Begin met tekenen.", words=(), at=timezone.now())
    close_consultation(cast.anna, made, CAME, words=(), at=timezone.now())
    entries = Entry.objects.filter(record__in=["consultation", "consultationseat", "consultationreply"])
    assert entries.count() >= 6
    assert not entries.exclude(pupil_id=None, group_id=None).exists()


def test_anna_looks_first_and_keeps_then(cast: Cast) -> None:
    status, page, _client = send(cast.anna, "look")
    assert (status, Consultation.objects.count()) == (200, 0)
    assert "Kring vond geen naam" in page
    assert "te herkennen door wie de school kent" in page
    assert "anoniem" not in page.casefold()
    status, _page, client = send(cast.anna)
    made = Consultation.objects.get()
    assert (status, made.author, made.sector) == (302, cast.anna, "po")
    assert made.until_at == made.from_at + timedelta(days=90)
    assert SITUATION in client.get(reverse("consultation", args=[cast.anna.pk, made.pk])).content.decode()


def test_nothing_is_kept_while_a_name_of_the_school_stands_in_it(cast: Cast) -> None:
    for name in ("Noor", "noortje", "Lot", "Els", "Carla", "De Beuk", "6A", "NT", "06-12345678", "a@b.nl", "3 mei 2015"):
        status, page, _client = send(cast.anna, situation=f"Het kind zit naast {name} in de klas.")
        assert (status, Consultation.objects.count()) == (409, 0), name
        assert "<mark>" in page, name
    with pytest.raises(StillNamed):
        open_consultation(cast.anna, cast.anna, Sheet("8-11", "Wat nu met Sem?", SITUATION, ""), words=(), at=timezone.now())
    assert not Draft.objects.exists()


def test_the_prefix_of_a_name_belongs_to_it(cast: Cast) -> None:
    zoe = pupil(cast.group_6a, "Zoë", 6)
    zoe.name_prefix, zoe.family_name = "van den", "Akker"
    zoe.save()
    for name in ("ZvdA", "Vandenakker", "ZoeVanDenAkker"):
        status, page, _client = send(cast.anna, situation=f"Het kind zit naast {name} in de klas.")
        assert (status, f"<mark>{name}</mark>" in page) == (409, True), name


def typing(cast: Cast, text: str) -> Client:
    """Anna types, and is logged out before she sends it."""
    client = client_of(cast.anna)
    [key] = KEY.findall(client.get(reverse("consultation_new", args=[cast.anna.pk])).content.decode())
    with time_machine.travel(timezone.now() + timedelta(minutes=30), tick=False):
        answer = client.post(reverse("consultation_new", args=[cast.anna.pk]), {**FORM, "situation": text, "step": "keep", "draft": key})
    assert answer.headers["Location"].startswith("/login/?next=")
    return client


def test_typed_and_logged_out_it_stands_there_for_its_author_in_this_browser_alone(cast: Cast) -> None:
    text, page = "Noor zit naast Lot en zegt niets.", reverse("consultation_new", args=[cast.anna.pk])
    client = typing(cast, text)
    assert text not in client_of(cast.anna).get(page).content.decode()  # another browser
    back = client_of(cast.anna)
    back.cookies[HALF] = client.cookies[HALF].value
    assert text in back.get(page).content.decode()
    bram = client_of(cast.bram)  # somebody else at the same browser
    bram.cookies[HALF] = client.cookies[HALF].value
    assert text not in bram.get(reverse("consultation_new", args=[cast.bram.pk])).content.decode()
    assert bram.get(page).status_code == 404


def test_what_waits_cannot_be_read_on_the_server_and_is_gone_when_it_is_kept(cast: Cast) -> None:
    client = typing(cast, "Noor zit naast Lot en zegt niets.")
    draft = Draft.objects.get()
    assert list(draft.fields) == [LOCKED]
    assert not any(word in str(draft.fields) for word in ("Noor", "Lot", SHEET.question))
    assert unlocked(draft.fields, "") is unlocked(draft.fields, "another half") is None
    with time_machine.travel(draft.expires_at - timedelta(hours=1), tick=False):
        assert "U begon hieraan" not in text_of(cast.anna, "home")
    back = client_of(cast.anna)
    back.cookies[HALF] = client.cookies[HALF].value
    [key] = KEY.findall(back.get(reverse("consultation_new", args=[cast.anna.pk])).content.decode())
    assert back.post(reverse("consultation_new", args=[cast.anna.pk]), {**FORM, "step": "keep", "draft": key}).status_code == 302
    assert not Draft.objects.exists()


def test_an_advice_is_locked_as_well_and_without_a_half_nothing_is_kept(cast: Cast, smw: Membership) -> None:
    made = opened(cast)
    seated(made, smw)
    client = client_of(smw)
    [key] = KEY.findall(client.get(reverse("consultation", args=[smw.pk, made.pk])).content.decode())
    save = reverse("draft_save", args=[smw.pk])
    assert client.post(save, {"draft": key, "text": "Is dit Noor?"}).status_code == 204
    assert list(Draft.objects.get().fields) == [LOCKED]
    assert "Is dit Noor?" in client.get(reverse("consultation", args=[smw.pk, made.pk])).content.decode()
    Draft.objects.all().delete()
    del client.cookies[HALF]
    assert client.post(save, {"draft": key, "text": "Is dit Noor?"}).status_code == 409
    assert not Draft.objects.exists()


def test_a_name_of_another_school_is_no_name_here(cast: Cast) -> None:
    assert send(cast.anna, situation="Het kind noemt zijn knuffel fien.")[0] == 302


def test_a_word_that_is_also_a_name_is_marked_and_then_kept(cast: Cast) -> None:
    pupil(cast.group_6b, "Roos", 6)
    text = "Het kind plukt een roos. Daarna huilt Roos."
    status, page, _client = send(cast.anna, situation=text)
    assert status == 409
    assert 'value="een [roos] ."' in page
    marked = ("een [roos] .",)
    status, page, _client = send(cast.anna, situation=text, words=marked)
    assert (status, "huilt <mark>Roos</mark>" in page) == (409, True)
    assert send(cast.anna, situation="Het kind plukt een roos.", words=marked)[0] == 302


def test_what_may_stay_and_helps_to_recognise_is_told(cast: Cast) -> None:
    for number in range(40):
        pupil(cast.group_6b, f"Xq{number}", 6)
    _status, page, _client = send(cast.anna, "look", situation="Het kind is de helft van een tweeling en rijdt pony.")
    assert "een tweeling of drieling" in page
    assert "makkelijk te herkennen" in page
    assert "Er zijn weinig leerlingen" not in page
    _status, page, _client = send(cast.anna, "look", age_band="12-14")
    assert "zitten 0 leerlingen van 12 tot en met 14 jaar" in page
    assert "Er zijn weinig leerlingen" in page


def test_pupils_are_counted_by_birth_date_and_else_by_year_level(cast: Cast) -> None:
    now = timezone.now()

    def counted(school: School, band: str) -> int:
        return queries.how_recognisable(school, [], band=band, at=now).pupils

    assert (counted(cast.beuk, "8-11"), counted(cast.beuk, "12-14")) == (3, 0)  # level 6: nine years old
    cast.pupil_noor.birth_date = timezone.localdate() - timedelta(days=round(365.25 * 12.5))
    cast.pupil_noor.save()
    assert (counted(cast.beuk, "8-11"), counted(cast.beuk, "12-14")) == (2, 1)
    pupil(group(cast.baken, "4B", [4]), "Bo", 4)
    assert (counted(cast.baken, "12-14"), counted(cast.baken, "15-18")) == (1, 1)


def test_a_form_that_is_not_whole_comes_back(cast: Cast) -> None:
    assert send(cast.anna, question="")[0] == 200
    assert not Consultation.objects.exists()


# ---- who reads it


def test_only_its_author_reads_it_and_who_was_asked(cast: Cast, smw: Membership) -> None:
    made = opened(cast)
    assert may_look(cast, "consultation", made.pk) == {"anna"}
    seated(made, cast.bram, smw)
    assert may_look(cast, "consultation", made.pk) == {"anna", "bram"}
    assert SITUATION in text_of(smw, "consultation", made.pk)
    assert SHEET.question in text_of(smw, "consultations")
    assert SHEET.question not in text_of(cast.carla, "consultations")
    assert {one.receiver for one in Notice.objects.filter(event="consultation.seat_given")} == {cast.bram, smw}


def test_who_has_the_pages(cast: Cast, smw: Membership) -> None:
    assert may_look(cast, "consultations") == {"anna", "carla", "bram", "frans", "gijs"}
    assert may_look(cast, "consultation_new") == {"anna", "carla", "bram", "frans", "gijs"}
    assert look(smw, "consultation_new").status_code == 404
    with pytest.raises(NotPermitted):
        open_consultation(cast.rik, cast.rik, SHEET, words=(), at=timezone.now())
    with pytest.raises(NotPermitted):
        open_consultation(cast.anna, cast.carla, SHEET, words=(), at=timezone.now())


def test_anna_asks_somebody_to_the_table_until_a_day(cast: Cast, smw: Membership) -> None:
    made, client = opened(cast), client_of(cast.anna)
    address = reverse("consultation_seat", args=[cast.anna.pk, made.pk])
    page = client.get(reverse("consultation", args=[cast.anna.pk, made.pk])).content.decode()
    assert "Maatwerk Zuid" in page
    assert "Els van de Test" not in page  # nobody of the family can be asked
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert client.post(address, {"whom": smw.pk, "until_on": tomorrow.isoformat()}).status_code == 302
    seat = ConsultationSeat.objects.get()
    assert seat.until_at is not None
    assert timezone.localdate(seat.until_at) == tomorrow + timedelta(days=1)
    assert client.post(address, {"whom": smw.pk, "until_on": ""}).status_code == 302
    seat.refresh_from_db()
    assert (ConsultationSeat.objects.count(), seat.until_at) == (1, made.until_at)
    yesterday = timezone.localdate() - timedelta(days=1)
    for wrong in (
        {"whom": cast.els.pk},
        {"whom": cast.frans.pk},
        {"whom": smw.pk, "until_on": yesterday.isoformat()},
        {"whom": smw.pk, "until_on": "9999-12-31"},
    ):
        assert client.post(address, wrong).status_code == 200
    with pytest.raises(NotPermitted):
        seated(made, cast.els)


def test_a_seat_that_ends_closes_the_page_at_once(cast: Cast, smw: Membership) -> None:
    made = opened(cast)
    seated(made, smw)
    seat = ConsultationSeat.objects.get()
    assert look(smw, "consultation", made.pk).status_code == 200
    assert client_of(cast.anna).post(reverse("consultation_seat_end", args=[cast.anna.pk, made.pk, seat.pk])).status_code == 302
    assert look(smw, "consultation", made.pk).status_code == 404
    end_seat(cast.anna, made, seat, at=timezone.now())


def test_a_foreign_seat_cannot_be_ended(cast: Cast, smw: Membership) -> None:
    mine, theirs = opened(cast), opened(cast, cast.carla)
    seated(theirs, smw)
    seat = ConsultationSeat.objects.get()
    for consultation in (mine, theirs):
        answer = client_of(cast.anna).post(reverse("consultation_seat_end", args=[cast.anna.pk, consultation.pk, seat.pk]))
        assert answer.status_code == 404
    end_seat(cast.anna, mine, seat, at=timezone.now())
    assert look(smw, "consultation", theirs.pk).status_code == 200


def test_it_is_gone_after_ninety_days_for_everybody(cast: Cast, smw: Membership) -> None:
    made = opened(cast)
    seated(made, smw)
    give_advice(smw, made, "Begin met tekenen.", words=(), at=timezone.now())
    for model in (Consultation, ConsultationSeat, ConsultationReply):
        for actor in (cast.anna, smw):
            assert may(actor, model, Verb.READ, at=made.from_at + timedelta(days=89)).exists()
            assert not may(actor, model, Verb.READ, at=made.from_at + timedelta(days=90)).exists()


def test_closing_sends_everybody_from_the_table_and_leaves_the_author_the_advice(cast: Cast, smw: Membership) -> None:
    made = opened(cast)
    seated(made, smw)
    give_advice(smw, made, "Begin met tekenen.", words=(), at=timezone.now())
    client, address = client_of(cast.anna), reverse("consultation_close", args=[cast.anna.pk, made.pk])
    assert client.post(address, OUTCOME).status_code == 302
    assert look(smw, "consultation", made.pk).status_code == 404
    page = text_of(cast.anna, "consultation", made.pk)
    for said in ("Begin met tekenen.", "een collega, het wijkteam", OUTCOME["outcome"], OUTCOME["next_step"]):
        assert said in page
    assert client.post(address, OUTCOME).status_code == 409
    assert client.post(reverse("consultation_seat", args=[cast.anna.pk, made.pk]), {"whom": smw.pk}).status_code == 409
    with pytest.raises(ConsultationClosed):
        seated(made, smw)


def test_closing_in_the_very_moment_of_asking(cast: Cast, smw: Membership) -> None:
    made, at = opened(cast), timezone.now()
    give_seat(cast.anna, made, smw, until=None, at=at)
    close_consultation(cast.anna, made, CAME, words=(), at=at)
    assert ConsultationSeat.objects.get().until_at == at + timedelta(microseconds=1)


@pytest.mark.parametrize("without", OUTCOME)
def test_bad_input_consult_without_outcome(cast: Cast, without: str) -> None:
    made = opened(cast)
    client, address = client_of(cast.anna), reverse("consultation_close", args=[cast.anna.pk, made.pk])
    answer = client.post(address, {**OUTCOME, without: ""} if without != "asked" else {**OUTCOME, without: []})
    page = answer.content.decode()
    assert (answer.status_code, "Pas dan kunt u het consult afsluiten" in page) == (409, True)
    assert [said in page for name, said in OUTCOME.items() if name not in ("asked", without)].count(False) == 0  # nothing typed is lost
    made.refresh_from_db()
    assert (made.closed_at, made.outcome) == (None, "")


def test_an_outcome_names_nobody_either(cast: Cast) -> None:
    made = opened(cast)
    client, address = client_of(cast.anna), reverse("consultation_close", args=[cast.anna.pk, made.pk])
    answer = client.post(address, {**OUTCOME, "next_step": "Maandag praten wij met Noor."})
    assert (answer.status_code, "<mark>Noor</mark>" in answer.content.decode()) == (409, True)
    made.refresh_from_db()
    assert made.closed_at is None


def test_what_is_open_for_two_weeks_waits_in_the_week_of_who_asked_and_of_nobody_else(cast: Cast, smw: Membership) -> None:
    made, said = opened(cast), "Rond uw consult zonder naam af"
    seated(made, cast.bram)
    make_due_tasks(at=made.from_at + timedelta(days=13))
    assert not Task.objects.filter(kind="consultation.outcome_due").exists()
    with time_machine.travel(made.from_at + timedelta(days=14), tick=False):
        for _turn in range(2):
            make_due_tasks(at=timezone.now())
        task = Task.objects.get(kind="consultation.outcome_due")
        assert (task.owner, task.pupil, task.group) == (cast.anna, None, None)
        page = text_of(cast.anna, "tasks")
        assert (said in page, reverse("consultation", args=[cast.anna.pk, made.pk]) in page) == (True, True)
        assert said not in text_of(cast.bram, "tasks")
        assert "wacht op een uitkomst" in text_of(cast.anna, "consultations")
        client_of(cast.anna).post(reverse("consultation_close", args=[cast.anna.pk, made.pk]), OUTCOME)
        make_due_tasks(at=timezone.now())
        task.refresh_from_db()
        assert task.done_at is not None


def test_who_left_is_asked_for_no_outcome_and_nobody_in_their_place(cast: Cast) -> None:
    made = opened(cast)
    cast.anna.until_at = made.from_at + timedelta(days=15)
    cast.anna.save()
    for days in (14, 16, 17):
        make_due_tasks(at=made.from_at + timedelta(days=days))
    task = Task.objects.get(kind="consultation.outcome_due")
    assert (task.owner, task.dropped_at is None) == (cast.anna, False)


@pytest.mark.parametrize("route", ["consultation_seat", "consultation_close"])
def test_who_sits_at_the_table_may_look_and_not_do(cast: Cast, route: str) -> None:
    made = opened(cast)
    seated(made, cast.bram)
    for actor, status in ((cast.bram, 403), (cast.carla, 404), (cast.frans, 404), (cast.rik, 404)):
        assert client_of(actor).post(reverse(route, args=[actor.pk, made.pk]), {}).status_code == status


# ---- advice


def advise(actor: Membership, made: Consultation, text: str, words: tuple[str, ...] = ()) -> tuple[int, str]:
    answer = client_of(actor).post(reverse("consultation_advise", args=[actor.pk, made.pk]), {"text": text, "words": list(words)})
    return answer.status_code, answer.content.decode()


def test_who_sits_at_the_table_advises(cast: Cast, smw: Membership) -> None:
    made = opened(cast)
    seated(made, smw)
    assert advise(smw, made, "Begin met samen tekenen.")[0] == 302
    assert advise(smw, made, "")[0] == 200
    page = text_of(cast.anna, "consultation", made.pk)
    assert "Begin met samen tekenen." in page
    assert "Smw van de Test" in page
    assert (advise(cast.anna, made, "Zelf.")[0], advise(cast.carla, made, "Ik ook.")[0]) == (403, 404)


def test_a_guess_at_who_it_is_does_not_get_in(cast: Cast) -> None:
    made = opened(cast)
    seated(made, cast.bram)
    status, page = advise(cast.bram, made, "Gaat dit over Noor?")
    assert (status, "<mark>Noor</mark>" in page, "Gaat dit over Noor?" in page) == (409, True, True)
    assert not ConsultationReply.objects.exists()


def test_a_partner_learns_nothing_from_a_refusal(cast: Cast, smw: Membership) -> None:
    made = opened(cast)
    seated(made, smw)
    known, unknown = (advise(smw, made, f"Gaat dit over {name}?") for name in ("Noor", "Zoë"))
    assert known[0] == unknown[0] == 409
    assert known[1].replace("Noor", "Zoë").count("Zoë") == unknown[1].count("Zoë")
    assert advise(smw, made, "Lees eens over noor.")[0] == 302  # small letters: nothing is looked up for who is not of the school


def test_the_school_that_has_a_guardian_with_that_name_refuses_it_too(cast: Cast) -> None:
    Guardian.objects.create(school=cast.beuk, given_name="Wilhelmina", family_name="Zwaluw")
    assert send(cast.anna, situation="Oma Zwaluw haalt het kind op.")[0] == 409
    Pupil.objects.filter(pk=cast.pupil_lot.pk).update(admin_key="QX991")
    assert send(cast.anna, situation="Het gaat om qx991 zei men.")[0] == 409


# ---- lists


def test_empty_pages_say_what_will_come(cast: Cast, smw: Membership) -> None:
    assert "Advies vragen" in text_of(cast.anna, "consultations")
    assert "waarbij u om advies is gevraagd" in text_of(smw, "consultations")


def test_further_with_consent_is_a_new_question_without_a_link(cast: Cast) -> None:
    made = opened(cast, cast.bram)
    page = text_of(cast.bram, "consultation", made.pk)
    assert "Verder met toestemming: kies een leerling" in page
    assert f"{made.pk}" not in page.partition("Verder met toestemming")[2].partition("</section>")[0]
    assert "De intern begeleider vraagt de ouders" in text_of(cast.anna, "consultation", opened(cast).pk)


def test_as_many_questions_for_three_as_for_one(cast: Cast, smw: Membership) -> None:
    made = opened(cast)
    seated(made, smw)
    give_advice(smw, made, "Begin met tekenen.", words=(), at=timezone.now())
    one = [queries_for(cast.anna, "consultations"), queries_for(cast.anna, "consultation", [made.pk])]
    seated(made, cast.bram, cast.carla)
    give_advice(cast.bram, made, "Of met zingen.", words=(), at=timezone.now())
    opened(cast)
    opened(cast)
    assert [queries_for(cast.anna, "consultations"), queries_for(cast.anna, "consultation", [made.pk])] == one


def test_a_consultation_is_a_record_of_the_table() -> None:
    assert {Role.TEACHER, Role.COORDINATOR, Role.SOCIAL_WORKER} <= queries.ADVISERS
    assert Role.LEADER not in queries.ADVISERS
    assert Record.CONSULTATION.value == "consultation"
