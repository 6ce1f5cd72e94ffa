"""A serious suspicion: the notice first, a file that only named people open, and no hint of it anywhere else."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.urls import reverse

from kring.core.access import Role
from kring.web.models import (
    Entry,
    Guardian,
    Membership,
    Notice,
    ReportingCodeFile,
    ReportingCodeNote,
    ReportingCodeSeat,
    ReportingCodeStep,
    Task,
)
from kring.web.reporting_code.intake import watch_over_suspicions
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import Cast, client_of, member

pytestmark = pytest.mark.django_db
MONDAY = datetime(2025, 11, 10, 10, tzinfo=UTC)
WORD = "blauweplekqz"


@pytest.fixture(autouse=True)
def _monday() -> Any:
    with time_machine.travel(MONDAY):
        yield


@pytest.fixture
def daan(cast: Cast) -> Membership:
    return member(cast.beuk, Role.DESIGNATED_CONTACT, "daan")


def told(**more: Any) -> dict[str, Any]:
    return {
        "fact": f"Een {WORD} op de arm.",
        "source": "Zelf gezien",
        "seen_on": "2025-11-10",
        "interpretation": "Ik maak me zorgen",
        **more,
    }


def post(actor: Membership, route: str, *keys: object, **data: Any) -> Any:
    return client_of(actor).post(reverse(route, args=[actor.pk, *keys]), data)


def handed_in(cast: Cast, actor: Membership | None = None) -> ReportingCodeFile:
    who = actor or cast.anna
    assert post(who, "suspicion_new", pupil=cast.pupil_noor.pk, called="", **told()).status_code == 302
    return ReportingCodeFile.objects.latest("opened_at")


def test_whom_one_calls_stands_before_the_form(cast: Cast, daan: Membership) -> None:
    page = text_of(cast.anna, "suspicion_new")
    assert page.index("0800-2000") < page.index("Daan van de Test") < page.index('name="fact"')
    assert "vijf stappen" in page
    assert may_look(cast, "suspicion_new") == {"anna", "carla", "bram", "rik", "frans", "gijs"}


def test_it_becomes_a_file_of_the_author_and_the_designated_contact_alone(cast: Cast, daan: Membership) -> None:
    file = handed_in(cast)
    assert set(file.seats.values_list("membership", flat=True)) == {cast.anna.pk, daan.pk}
    assert list(Notice.objects.values_list("receiver", "event")) == [(daan.pk, "suspicion.handed_in")]
    assert may_look(cast, "suspicion", file.pk) == {"anna"}
    page = text_of(daan, "suspicion", file.pk)
    assert [said in page for said in (WORD, "Zelf gezien", "Ik maak me zorgen", "Noor Test", "0800-2000")] == [True] * 5


def test_who_is_a_parent_of_the_child_never_reads_it_in_a_hat_of_the_school(cast: Cast, daan: Membership) -> None:
    """A suspicion may be about them."""
    Guardian.objects.filter(person=cast.els.person).update(person=daan.person)
    Guardian.objects.filter(person=cast.pim.person).update(person=cast.bram.person)  # without authority, and a parent all the same
    file = handed_in(cast)
    assert set(file.seats.values_list("membership", flat=True)) == {cast.anna.pk, cast.rik.pk}  # then who leads is the first
    assert not Notice.objects.filter(receiver=daan).exists()
    for parent in (daan, cast.bram):
        assert post(cast.rik, "suspicion_let_in", file.pk, whom=parent.pk).status_code == 200
        assert look(parent, "suspicion", file.pk).status_code == 404


def test_without_a_designated_contact_who_leads_reads_it_and_the_page_says_so(cast: Cast) -> None:
    assert "Uw school heeft nog geen aandachtsfunctionaris" in text_of(cast.anna, "suspicion_new")
    file = handed_in(cast)
    assert "Noor" in text_of(cast.rik, "suspicion", file.pk)
    assert post(cast.rik, "suspicion_let_in", file.pk, whom=cast.bram.pk).status_code == 302
    assert "Noor" in text_of(cast.bram, "suspicion", file.pk)


def test_nothing_else_of_kring_knows_of_it(cast: Cast, daan: Membership) -> None:
    handed_in(cast)
    assert not Task.objects.exists()
    for actor in (cast.anna, daan, cast.bram, cast.rik, cast.els, cast.noor):
        pages = [
            ("home", ()),
            ("pupil", (cast.pupil_noor.pk,)),
            ("group", (cast.group_6a.pk,)),
            ("tasks", ()),
            ("who_looked", (cast.pupil_noor.pk,)),
        ]
        for route, keys in pages:
            found = look(actor, route, *keys).content.decode()
            assert WORD not in found, (route, actor.role)
            assert "dossier meldcode" not in found, (route, actor.role)
        assert WORD not in look(actor, "find", q=WORD[:6]).content.decode()
    assert Entry.objects.filter(name="suspicion.handed_in", pupil_id=cast.pupil_noor.pk).count() == 1  # the log knows


def test_who_looked_says_nothing_of_it_at_home(cast: Cast, daan: Membership) -> None:
    file = handed_in(cast)
    text_of(daan, "suspicion", file.pk)
    text_of(cast.anna, "suspicions")
    assert Entry.objects.filter(name="page.read", record="reportingcodefile", pupil_id=cast.pupil_noor.pk).count() == 2
    for actor in (cast.els, cast.noor):
        page = text_of(actor, "who_looked", cast.pupil_noor.pk)
        assert ("Daan" in page, "meldcode" in page.lower()) == (False, False), actor.role


def test_notes_are_added_and_never_changed_also_a_consultation_without_a_name(cast: Cast, daan: Membership) -> None:
    file = handed_in(cast)
    answer = post(
        daan, "suspicion_note", file.pk, kind="consulted_without_name", **told(fact="Advies: praat met het kind.", source="Veilig Thuis")
    )
    assert answer.status_code == 302
    assert list(ReportingCodeNote.objects.values_list("kind", "author")) == [("noted", cast.anna.pk), ("consulted_without_name", daan.pk)]
    page = text_of(cast.anna, "suspicion", file.pk)
    assert ("Overleg zonder naam" in page, "Advies: praat met het kind." in page) == (True, True)
    late = post(daan, "suspicion_note", file.pk, kind="noted", **told(seen_on="2025-11-11"))
    assert (late.status_code, "Die dag moet nog komen" in late.content.decode(), WORD in late.content.decode()) == (409, True, True)
    assert post(daan, "suspicion_note", file.pk, kind="noted", **told(fact="")).status_code == 200
    assert post(cast.bram, "suspicion_note", file.pk, kind="noted", **told()).status_code == 404


def test_who_decides_lets_in_and_out_and_the_author_does_not(cast: Cast, daan: Membership) -> None:
    file = handed_in(cast)
    assert post(cast.anna, "suspicion_let_in", file.pk, whom=cast.bram.pk).status_code == 404  # no teacher decides
    assert post(daan, "suspicion_let_in", file.pk, whom=cast.els.pk).status_code == 200  # nobody of the family
    assert post(daan, "suspicion_let_in", file.pk, whom=cast.carla.pk).status_code == 302
    assert may_look(cast, "suspicion", file.pk) == {"anna", "carla"}
    of_carla = ReportingCodeSeat.objects.get(membership=cast.carla)
    of_daan = ReportingCodeSeat.objects.get(membership=daan)
    assert post(daan, "suspicion_let_out", of_carla.pk).status_code == 302
    assert may_look(cast, "suspicion", file.pk) == {"anna"}
    last = post(daan, "suspicion_let_out", of_daan.pk)
    assert (last.status_code, "Dan blijft er niemand over" in last.content.decode()) == (409, True)
    assert post(cast.rik, "suspicion_let_out", of_daan.pk).status_code == 404


def test_who_sees_no_pupils_types_a_name_and_the_designated_contact_ties_it(cast: Cast, daan: Membership) -> None:
    emma = member(cast.beuk, Role.EMPLOYEE, "emma")
    assert "Kies een leerling" not in text_of(emma, "suspicion_new")
    nobody = post(emma, "suspicion_new", called="", **told())
    assert (nobody.status_code, WORD in nobody.content.decode()) == (409, True)
    assert post(emma, "suspicion_new", called="Noor uit groep 6", **told()).status_code == 302
    file = ReportingCodeFile.objects.get()
    assert post(emma, "suspicion_tie", file.pk, pupil=cast.pupil_noor.pk).status_code == 404
    assert post(daan, "suspicion_tie", file.pk, pupil=cast.pupil_fien.pk).status_code == 200  # of another school
    assert post(daan, "suspicion_tie", file.pk, pupil=cast.pupil_noor.pk).status_code == 302
    assert "Getypt als “Noor uit groep 6”" in text_of(daan, "suspicion", file.pk)
    assert "Noor Test" in text_of(daan, "suspicions")


def called(cast: Cast) -> ReportingCodeFile:
    """About somebody who was only called by name, so that nobody knew who the parents are."""
    emma = member(cast.beuk, Role.EMPLOYEE, "emma")
    assert post(emma, "suspicion_new", called="Noor uit groep 6", **told()).status_code == 302
    return ReportingCodeFile.objects.get()


def seated(file: ReportingCodeFile) -> set[str]:
    return set(file.seats.filter(until_at=None).values_list("membership__person__username", flat=True))


def test_a_contact_who_turns_out_to_be_the_parent_leaves_the_file(cast: Cast, daan: Membership) -> None:
    """When the name is tied to a pupil: also when the parent ties it. The other contact stays, and nobody has to come in the place."""
    member(cast.beuk, Role.DESIGNATED_CONTACT, "dora")
    Guardian.objects.filter(person=cast.els.person).update(person=daan.person)
    file = called(cast)
    assert seated(file) == {"emma", "daan", "dora"}
    answer = post(daan, "suspicion_tie", file.pk, pupil=cast.pupil_noor.pk)
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("suspicions", args=[daan.pk]))
    assert seated(file) == {"emma", "dora"}
    assert look(daan, "suspicion", file.pk).status_code == 404
    assert "Noor" not in text_of(daan, "suspicions")


def test_the_only_contact_is_the_parent_then_who_leads_reads_it_in_the_place(cast: Cast, daan: Membership) -> None:
    Guardian.objects.filter(person=cast.pim.person).update(person=daan.person)  # without authority, and a parent all the same
    file = called(cast)
    assert post(daan, "suspicion_tie", file.pk, pupil=cast.pupil_noor.pk).status_code == 302
    assert seated(file) == {"emma", "rik"}
    assert list(Notice.objects.filter(receiver=cast.rik).values_list("event", flat=True)) == ["suspicion.handed_in"]
    assert WORD in text_of(cast.rik, "suspicion", file.pk)


def test_with_nobody_else_to_read_it_the_name_is_not_tied_and_nobody_leaves(cast: Cast, daan: Membership) -> None:
    Membership.objects.filter(pk=cast.rik.pk).update(until_at=MONDAY)
    Guardian.objects.filter(person=cast.els.person).update(person=daan.person)
    file = called(cast)
    refused = post(daan, "suspicion_tie", file.pk, pupil=cast.pupil_noor.pk)
    assert (refused.status_code, "blijft er niemand over" in refused.content.decode()) == (409, True)
    file.refresh_from_db()
    assert (seated(file), file.pupil) == ({"emma", "daan"}, None)


def test_who_handed_it_in_keeps_the_own_word_also_as_a_parent(cast: Cast, daan: Membership) -> None:
    file = called(cast)
    emma = file.opened_by
    Guardian.objects.filter(person=cast.els.person).update(person=emma.person)
    assert post(daan, "suspicion_tie", file.pk, pupil=cast.pupil_noor.pk).status_code == 302
    assert seated(file) == {"emma", "daan"}


def test_who_becomes_a_parent_later_leaves_the_file_by_itself(cast: Cast, daan: Membership) -> None:
    """Nobody who keeps the ties at home knows of the file, so nobody else can see to it."""
    file = handed_in(cast)
    watch_over_suspicions(at=MONDAY + timedelta(minutes=30))
    assert seated(file) == {"anna", "daan"}
    Guardian.objects.filter(person=cast.els.person).update(person=daan.person)
    for _again in range(2):
        watch_over_suspicions(at=MONDAY + timedelta(hours=1))
        assert seated(file) == {"anna", "rik"}
    with time_machine.travel(MONDAY + timedelta(hours=2)):
        assert look(daan, "suspicion", file.pk).status_code == 404
        assert WORD in text_of(cast.rik, "suspicion", file.pk)


def test_when_the_last_who_read_it_leaves_the_school_somebody_else_does(cast: Cast, daan: Membership) -> None:
    file = handed_in(cast)
    Membership.objects.filter(pk=daan.pk).update(until_at=MONDAY + timedelta(minutes=1))
    watch_over_suspicions(at=MONDAY + timedelta(hours=1))
    assert seated(file) == {"anna", "daan", "rik"}
    assert list(Notice.objects.filter(receiver=cast.rik).values_list("event", flat=True)) == ["suspicion.handed_in"]


def test_with_nobody_to_read_it_the_chore_waits_until_somebody_comes(cast: Cast, daan: Membership) -> None:
    file = handed_in(cast)
    Membership.objects.filter(pk__in=[daan.pk, cast.rik.pk]).update(until_at=MONDAY + timedelta(minutes=1))
    watch_over_suspicions(at=MONDAY + timedelta(hours=1))
    member(cast.beuk, Role.DESIGNATED_CONTACT, "dora")
    watch_over_suspicions(at=MONDAY + timedelta(hours=2))
    assert seated(file) == {"anna", "daan", "dora"}


def test_three_files_ask_as_much_of_the_database_as_one(cast: Cast, daan: Membership) -> None:
    for_one = [handed_in(cast)] and queries_for(daan, "suspicions")
    for hours in (1, 2):
        with time_machine.travel(MONDAY + timedelta(hours=hours)):
            handed_in(cast)
    assert queries_for(daan, "suspicions") == for_one


# ---- the five steps -------------------------------------------------------------------------------------------


def step(**more: Any) -> dict[str, Any]:
    return {"done_on": "2025-11-10", "who": "Anna en Daan", "weighed": f"Alles samen bekeken, ook de {WORD}", **more}


def test_the_five_steps_are_taken_in_order_and_passed_over_with_a_reason(cast: Cast, daan: Membership) -> None:
    file = handed_in(cast)
    assert text_of(cast.anna, "suspicion", file.pk).count("Deze stap vastleggen") == 1
    early = post(daan, "suspicion_step", file.pk, 2, **step(asked="Veilig Thuis"))
    assert early.status_code == 409
    assert "Stap 1 is nog niet gezet" in early.content.decode()
    assert WORD in early.content.decode()  # what was typed is not lost
    assert post(cast.anna, "suspicion_step", file.pk, 1, **step()).status_code == 302
    assert post(daan, "suspicion_step", file.pk, 2, **step()).status_code == 409
    assert post(daan, "suspicion_step", file.pk, 2, **step(asked="Veilig Thuis", advice="Praat eerst met moeder")).status_code == 302
    assert post(daan, "suspicion_step", file.pk, 3, **step(is_skipped="on", skipped_because="kort")).status_code == 409
    why = "Praten is nu niet veilig volgens Veilig Thuis"
    assert post(daan, "suspicion_step", file.pk, 3, **step(is_skipped="on", skipped_because=why)).status_code == 302
    assert post(daan, "suspicion_step", file.pk, 4, **step()).status_code == 302
    answers = {"is_safe_now": "Ja, het is nu onveilig", "can_help_ourselves": "Nee", "decision": "report"}
    assert post(daan, "suspicion_step", file.pk, 5, **step(is_safe_now="Ja")).status_code == 409
    assert post(daan, "suspicion_step", file.pk, 5, **step(**answers)).status_code == 302
    page = text_of(cast.anna, "suspicion", file.pk)
    for said in ("Overgeslagen op", why, "Praat eerst met moeder", "wij melden bij Veilig Thuis", "Ja, het is nu onveilig"):
        assert said in page
    assert "Deze stap vastleggen" not in page
    assert post(daan, "suspicion_step", file.pk, 1, **step(weighed="Nog iets dat ik later zag, op dinsdag")).status_code == 302
    assert ReportingCodeStep.objects.count() == 6  # added to, never changed
    assert ReportingCodeStep.objects.get(number=3).weighed == ""
    assert Entry.objects.filter(name="suspicion.step_taken").count() == 6


def test_a_step_is_of_named_people_alone_and_stands_nowhere_else(cast: Cast, daan: Membership) -> None:
    file = handed_in(cast)
    assert may_look(cast, "suspicion_step", file.pk, 1) == {"anna"}
    assert post(cast.bram, "suspicion_step", file.pk, 1, **step()).status_code == 404
    assert post(cast.anna, "suspicion_step", file.pk, 1, **step(done_on="")).status_code == 200
    assert post(cast.anna, "suspicion_step", file.pk, 1, **step(done_on="2025-11-11")).status_code == 409
    assert look(cast.anna, "suspicion_step", file.pk, 6).status_code == 404
    assert post(cast.anna, "suspicion_step", file.pk, 1, **step()).status_code == 302
    for actor, route in ((cast.anna, "pupil"), (cast.bram, "pupil"), (cast.bram, "pupil_help"), (cast.bram, "pupil_timeline")):
        page = text_of(actor, route, cast.pupil_noor.pk)
        assert WORD not in page
        assert "eldcode" not in page.partition("<main")[2]


def test_what_was_written_of_a_step_stands_still(cast: Cast, daan: Membership) -> None:
    file = handed_in(cast)
    post(cast.anna, "suspicion_step", file.pk, 1, **step())
    with pytest.raises(DatabaseError), transaction.atomic():
        ReportingCodeStep.objects.update(weighed="iets anders")


def test_steps_cost_as_much_for_three_as_for_one(cast: Cast, daan: Membership) -> None:
    file = handed_in(cast)
    post(cast.anna, "suspicion_step", file.pk, 1, **step())
    once = queries_for(daan, "suspicion", [file.pk])
    for _more in range(2):
        post(daan, "suspicion_step", file.pk, 1, **step())
    assert queries_for(daan, "suspicion", [file.pk]) == once


def test_a_day_that_no_clock_knows_keeps_what_was_typed(cast: Cast, daan: Membership) -> None:
    page = post(cast.anna, "suspicion_new", **told(pupil=str(cast.pupil_noor.pk), seen_on="0001-01-01"))
    assert (page.status_code, WORD in page.content.decode()) == (200, True)
    assert not ReportingCodeFile.objects.exists()
