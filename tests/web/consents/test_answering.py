"""Yes and no by guardians and pupils: one's own answer, at once, and never that of the other parent."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kring.core.access import Record, Role, Verb
from kring.core.consents import Answer, NothingToWithdraw, NotYoursToAnswer, State, deciders, state
from kring.web.access import NotPermitted, may
from kring.web.consents import queries
from kring.web.consents.actions import answer_request, withdraw_consent
from kring.web.consents.models import holding
from kring.web.models import (
    Consent,
    ConsentItem,
    ConsentRequest,
    Entry,
    Guardian,
    GuardianAccess,
    Guardianship,
    Notice,
    Organisation,
    Partner,
    Pupil,
)
from tests.asking import look, may_look, text_of
from tests.cast import START, Cast, client_of, guardian, member
from tests.web.consents.asking_consent import PURPOSE, Outside, asked, authority, born, outside

pytestmark = pytest.mark.django_db
OPEN = {"pupil_noor", "share"}


@pytest.fixture
def there(cast: Cast) -> Outside:
    return outside(cast)


def press(actor: object, route: str, request: ConsentRequest, **given: str) -> int:
    return client_of(actor).post(reverse(route, args=[actor.pk, request.pk]), given).status_code  # type: ignore[attr-defined,arg-type]


def test_els_reads_in_plain_words_what_is_asked_and_says_yes(cast: Cast, there: Outside) -> None:
    request = asked(cast, there.organisation)
    assert "Er wacht 1 vraag op antwoord" in text_of(cast.els, "home")
    page = text_of(cast.els, "consents_asked")
    for part in (PURPOSE, "Maatwerk Zuid", "Profiel: scores op de schalen", "Bram van de Test", "Ja, dit mag", "Nee, dit mag niet"):
        assert part in page
    assert press(cast.els, "consent_answer", request, answer="given") == 302
    assert there.sees() == {cast.pupil_noor, there.share}
    assert "De school mag dit nu delen" in text_of(cast.els, "consents_asked")
    assert "wacht" not in text_of(cast.els, "home").partition("Mijn kind")[2].partition("Er wacht niets")[0]


def test_taking_it_back_closes_in_the_same_request(cast: Cast, there: Outside) -> None:
    request = asked(cast, there.organisation)
    press(cast.els, "consent_answer", request, answer="given")
    assert look(there.partner, "case", there.case.pk).status_code == 200
    assert press(cast.els, "consent_withdraw", request) == 302
    assert there.sees() == set()
    gone = look(there.partner, "case", there.case.pk)
    assert gone.status_code == 404
    assert b"Noor" not in gone.content
    assert "U trok uw toestemming in" in text_of(cast.els, "consents_asked")
    assert Notice.objects.get(event="consent.withdrawn").receiver == cast.bram
    assert press(cast.els, "consent_withdraw", request) == 409


def test_a_refusal_stays_and_a_change_of_mind_is_a_new_answer(cast: Cast, there: Outside) -> None:
    request = asked(cast, there.organisation)
    press(cast.els, "consent_answer", request, answer="refused")
    assert "U zei nee op" in text_of(cast.els, "consents_asked")
    assert press(cast.els, "consent_answer", request, answer="refused") == 409
    press(cast.els, "consent_answer", request, answer="given")
    assert there.sees() == {cast.pupil_noor, there.share}
    press(cast.els, "consent_answer", request, answer="refused")
    assert there.sees() == set()
    assert [one.answer for one in Consent.objects.order_by("answered_at")] == ["refused", "given", "refused"]


def test_what_is_neither_yes_nor_no_changes_nothing(cast: Cast, there: Outside) -> None:
    request = asked(cast, there.organisation)
    assert press(cast.els, "consent_answer", request, answer="misschien") == 200
    assert not Consent.objects.exists()


def test_one_guardian_is_never_both(cast: Cast, there: Outside) -> None:
    authority(cast.pim, has=True)
    request = asked(cast, there.organisation)
    press(cast.els, "consent_answer", request, answer="given")
    assert there.sees() == set()
    press(cast.pim, "consent_answer", request, answer="given")
    assert there.sees() == {cast.pupil_noor, there.share}


def test_the_answer_of_the_other_parent_is_not_shown(cast: Cast, there: Outside) -> None:
    """Whether the other said no or nothing at all, the page is the same."""
    authority(cast.pim, has=True)
    request = asked(cast, there.organisation)
    press(cast.els, "consent_answer", request, answer="given")
    silent = text_of(cast.els, "consents_asked")
    press(cast.pim, "consent_answer", request, answer="refused")
    refused = text_of(cast.els, "consents_asked")
    assert silent.partition("<main")[2] == refused.partition("<main")[2]
    assert "Nog niet iedereen" in refused
    assert "Pim" not in refused
    assert set(may(cast.els, Consent, Verb.READ)) == set(Consent.objects.filter(guardian__person=cast.els.person))


def test_without_authority_nothing_is_asked(cast: Cast, there: Outside) -> None:
    request = asked(cast, there.organisation)
    assert PURPOSE not in text_of(cast.pim, "consents_asked")
    for actor in (cast.pim, cast.sem, cast.bram, cast.frans):
        assert press(actor, "consent_answer", request, answer="given") == 404
        assert press(actor, "consent_withdraw", request) == 404
    with pytest.raises(NotPermitted):
        answer_request(cast.pim, request, Answer.GIVEN, at=timezone.now())
    assert not Consent.objects.exists()


def test_only_family_has_the_page(cast: Cast) -> None:
    assert may_look(cast, "consents_asked") == {"els", "pim", "noor", "sem"}


# ---- authority and age change by themselves


def test_a_guardian_who_gets_authority_is_needed_from_that_moment_and_not_before(cast: Cast, there: Outside) -> None:
    request = asked(cast, there.organisation)
    press(cast.els, "consent_answer", request, answer="given")
    turn = timezone.now() + timedelta(hours=2)
    of_pim = Guardian.objects.get(person=cast.pim.person)
    Guardianship.objects.create(school=cast.beuk, guardian=of_pim, pupil=cast.pupil_noor, has_authority=True, from_at=turn)
    assert there.sees(turn - timedelta(seconds=1)) == {cast.pupil_noor, there.share}
    assert there.sees(turn) == set()


def test_a_guardian_who_loses_authority_is_not_needed_any_more(cast: Cast, there: Outside) -> None:
    authority(cast.pim, has=True)
    request = asked(cast, there.organisation)
    press(cast.els, "consent_answer", request, answer="given")
    assert there.sees() == set()
    authority(cast.pim, has=False)
    assert there.sees() == {cast.pupil_noor, there.share}
    authority(cast.els, has=False)
    assert there.sees() == set()


def test_on_the_sixteenth_birthday_the_yes_of_the_guardians_ends(cast: Cast, there: Outside) -> None:
    with time_machine.travel(datetime(2026, 3, 3, 12, tzinfo=UTC), tick=False):
        cast.pupil_noor.birth_date = datetime(2010, 3, 5, tzinfo=UTC).date()
        cast.pupil_noor.save()
        request = asked(cast, there.organisation)
        answer_request(cast.els, request, Answer.GIVEN, at=timezone.now())
        there.share.shared_at = timezone.now()
        there.share.save()
    midnight = datetime(2026, 3, 4, 23, tzinfo=UTC)  # 5 March in Amsterdam
    assert there.sees(midnight - timedelta(seconds=1)) == {cast.pupil_noor, there.share}
    assert there.sees(midnight) == set()


def test_from_sixteen_the_pupil_answers_alone(cast: Cast, there: Outside) -> None:
    born(cast.pupil_noor, 16)
    request = asked(cast, there.organisation)
    assert PURPOSE not in text_of(cast.els, "consents_asked")
    assert "Er wacht 1 vraag op antwoord" in text_of(cast.noor, "home")
    assert press(cast.noor, "consent_answer", request, answer="given") == 302
    assert "Jij zei ja op" in text_of(cast.noor, "consents_asked")
    assert there.sees() == {cast.pupil_noor, there.share}
    client = client_of(cast.noor)
    answer = client.post(reverse("consent_withdraw", args=[cast.noor.pk, request.pk]), follow=True)
    assert "Je ja is teruggenomen" in answer.content.decode()  # not: u
    assert there.sees() == set()
    assert "Jij nam je ja terug" in text_of(cast.noor, "consents_asked")


def test_a_guardian_who_reads_along_after_sixteen_sees_it_and_does_not_decide(cast: Cast, there: Outside) -> None:
    born(cast.pupil_noor, 16)
    request = asked(cast, there.organisation)
    care = Guardianship.objects.get(guardian__person=cast.els.person)
    GuardianAccess.objects.create(school=cast.beuk, guardianship=care, from_at=START)
    page = text_of(cast.els, "consents_asked")
    assert "beslist hier zelf over" in page
    assert "Ja, dit mag" not in page
    assert press(cast.els, "consent_answer", request, answer="given") == 409
    assert there.sees() == set()


def test_from_twelve_the_pupil_sees_it_and_does_not_decide(cast: Cast, there: Outside) -> None:
    request = asked(cast, there.organisation)
    assert PURPOSE not in text_of(cast.noor, "consents_asked")  # age not known, in a primary school
    born(cast.pupil_noor, 13)
    page = text_of(cast.noor, "consents_asked")
    assert "Je ouders beslissen hierover" in page
    assert "Ja, dit mag" not in page
    assert press(cast.noor, "consent_answer", request, answer="given") == 409
    with pytest.raises(NotYoursToAnswer):
        answer_request(cast.noor, request, Answer.GIVEN, at=timezone.now())
    with pytest.raises(NothingToWithdraw):
        withdraw_consent(cast.noor, request, at=timezone.now())


def test_a_hat_without_a_guardian_behind_it_cannot_answer(cast: Cast, there: Outside) -> None:
    request = asked(cast, there.organisation)
    Guardian.objects.filter(person=cast.els.person).update(person=None)
    assert press(cast.els, "consent_answer", request, answer="given") == 404


def test_consent_runs_out_at_its_moment(cast: Cast, there: Outside) -> None:
    request = asked(cast, there.organisation)
    press(cast.els, "consent_answer", request, answer="given")
    assert request.until_at is not None
    assert there.sees(request.until_at - timedelta(seconds=1)) == {cast.pupil_noor, there.share}
    assert there.sees(request.until_at) == set()


def test_a_partner_sees_the_request_that_names_them_and_no_other(cast: Cast, there: Outside) -> None:
    other = Organisation.objects.create(school=cast.beuk, name="Jeugdarts", kind="youth_health")
    mine, theirs = asked(cast, there.organisation), asked(cast, other)
    assert set(may(there.partner, ConsentRequest, Verb.READ)) == set()
    for request in (mine, theirs):
        press(cast.els, "consent_answer", request, answer="given")
    assert set(may(there.partner, ConsentRequest, Verb.READ)) == {mine}
    assert set(may(there.partner, ConsentItem, Verb.READ)) == set(mine.items.all())
    assert set(may(there.partner, Consent, Verb.READ)) == set()


def test_the_log_knows_who_answered_and_holds_no_text(cast: Cast, there: Outside) -> None:
    request = asked(cast, there.organisation)
    press(cast.els, "consent_answer", request, answer="given")
    entry = Entry.objects.get(name="consent.answered")
    assert (entry.actor_id, entry.record_id, entry.pupil_id) == (cast.els.pk, request.pk, cast.pupil_noor.pk)


# ---- the rule in the core and the rows agree

PEOPLE = ("els", "pim", "oma", "noor")
MOMENT, HOUR = datetime(2026, 3, 3, 12, tzinfo=UTC), timedelta(hours=1)
Word = tuple[str, str, int, int | None]
WORDS = st.tuples(st.sampled_from(PEOPLE), st.sampled_from(["given", "refused"]), st.integers(-3, 1), st.none() | st.integers(-2, 2))


@dataclass(frozen=True, slots=True)
class Family:
    """What may differ: the school, the age, who has authority, who said what, until when it is asked."""

    school: str
    born_on: date | None
    with_authority: frozenset[str]
    said: list[Word]
    until: int


FAMILIES = st.builds(
    Family,
    school=st.sampled_from(["po", "vo"]),
    born_on=st.none() | st.dates(date(2009, 1, 1), date(2015, 1, 1)),
    with_authority=st.frozensets(st.sampled_from(PEOPLE[:3])),
    said=st.lists(WORDS, max_size=6),
    until=st.integers(-1, 2),
)


@pytest.fixture
def people(cast: Cast) -> dict[str, Guardian | None]:
    oma = member(cast.beuk, Role.GUARDIAN, "oma")
    guardian(cast.pupil_noor, oma, has_authority=False)
    known = {"els": cast.els, "pim": cast.pim, "oma": oma}
    return {**{name: Guardian.objects.get(person=actor.person) for name, actor in known.items()}, "noor": None}


def written(cast: Cast, people: dict[str, Guardian | None], family: Family) -> ConsentRequest:
    """This family in the database."""
    cast.beuk.type, cast.pupil_noor.birth_date = family.school, family.born_on
    cast.beuk.save()
    cast.pupil_noor.save()
    for name, one in people.items():
        if one:
            Guardianship.objects.filter(guardian=one).update(has_authority=name in family.with_authority)
    request = ConsentRequest.objects.create(
        school=cast.beuk,
        pupil=cast.pupil_noor,
        recipient=Organisation.objects.create(school=cast.beuk, name="Maatwerk", kind="other"),
        purpose=PURPOSE,
        asked_by=cast.bram,
        from_at=MOMENT - 9 * HOUR,
        until_at=MOMENT + family.until * HOUR,
    )
    for name, answer, at, back in family.said:
        Consent.objects.create(
            school=cast.beuk,
            request=request,
            guardian=people[name],
            answer=answer,
            answered_at=MOMENT + at * HOUR,
            withdrawn_at=None if back is None else MOMENT + max(at, back) * HOUR,
            recorded_by=cast.bram,
        )
    return request


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(family=FAMILIES)
def test_the_rule_and_the_rows_agree_in_every_world(cast: Cast, people: dict[str, Guardian | None], family: Family) -> None:
    with transaction.atomic():
        request = written(cast, people, family)
        pupil = Pupil.objects.get(pk=request.pupil_id)
        needed = deciders(queries.age(pupil, MOMENT), [one.pk for name, one in people.items() if one and name in family.with_authority])
        said = [queries.said_in(row) for row in request.consents.all()]
        by_rule = state(needed, said, until=MOMENT + family.until * HOUR, at=MOMENT) is State.HOLDS
        assert queries.deciders_of(pupil, at=MOMENT) == needed
        assert ConsentRequest.objects.filter(holding(MOMENT), pk=request.pk).exists() == by_rule
        transaction.set_rollback(True)


def test_records_are_named_in_the_words_of_the_school() -> None:
    assert queries.record_word(Record.PLAN) == "Vastgesteld plan of OPP"


def test_whose_partner_a_recipient_is_hangs_on_the_organisation(cast: Cast, there: Outside) -> None:
    press(cast.els, "consent_answer", asked(cast, there.organisation), answer="given")
    Partner.objects.update(organisation=Organisation.objects.create(school=cast.beuk, name="Elders", kind="other"))
    assert there.sees() == set()


def test_a_partner_reads_what_was_agreed_to_and_not_by_whom(cast: Cast, there: Outside) -> None:
    assert "Er is nu geen toestemming" in text_of(there.partner, "consents_given")
    request = asked(cast, there.organisation)
    press(cast.els, "consent_answer", request, answer="given")
    asked(cast, there.organisation, purpose="Nog iets dat niemand beantwoordde")
    page = text_of(there.partner, "consents_given")
    assert PURPOSE in page
    assert "Nog iets" not in page
    assert "Els" not in page
    press(cast.els, "consent_withdraw", request)
    assert PURPOSE not in text_of(there.partner, "consents_given")
    assert look(cast.bram, "consents_given").status_code == 404
