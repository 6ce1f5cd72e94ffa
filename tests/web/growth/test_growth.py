"""One page that grows: what is settled drops off, and what one parent said is printed for nobody else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kring.web.models import Agreement, Gathering, Goal, Plan, Understanding, Voice
from tests.asking import may_look, queries_for, text_of
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def plan(cast: Cast, title: str, *, state: str = "running") -> Plan:
    now = timezone.now()
    by = {"made_by": cast.anna, "made_at": now, "edited_at": now}
    kind = {"kind": "trial", "seen_as": "intervention", "stage": "small_trial", "support_layer": "basic"}
    return Plan.objects.create(school=cast.beuk, pupil=cast.pupil_noor, state=state, title=title, **kind, **by)


def goal(of: Plan, text: str, **more: object) -> Goal:
    return Goal.objects.create(school=of.school, plan=of, level="pupil", type="skill", text=text, **more)


def agreement(cast: Cast, text: str, **more: object) -> Agreement:
    now = timezone.now()
    about = {"kind": "pupil_talk", "purpose": "Samen kijken", "planned_at": now, "made_by": cast.anna, "made_at": now, "edited_at": now}
    talk = Gathering.objects.create(school=cast.beuk, pupil=cast.pupil_noor, **about)
    return Agreement.objects.create(school=cast.beuk, gathering=talk, text=text, who="Juf Anna", **more)


def understanding(cast: Cast) -> Understanding:
    now = timezone.now()
    by = {"made_by": cast.anna, "made_at": now, "edited_by": cast.anna, "edited_at": now}
    return Understanding.objects.create(school=cast.beuk, pupil=cast.pupil_noor, goes_well="Zij helpt graag.", **by)


def test_what_is_settled_drops_off(cast: Cast) -> None:
    assert "Het groeidocument is nog leeg" in text_of(cast.anna, "growth_document", cast.pupil_noor.pk)
    understanding(cast)
    running = plan(cast, "Nu")
    goal(running, "Noor vraagt om hulp.")
    goal(running, "Noor steekt haar vinger op.", met_at=timezone.now())
    goal(plan(cast, "Toen", state="evaluated"), "Noor zwaait bij de deur.")
    agreement(cast, "Vooraan zitten.")
    agreement(cast, "Een maatje vragen.", kept_at=timezone.now())
    page = text_of(cast.anna, "growth_document", cast.pupil_noor.pk)
    assert all(text in page for text in ("Zij helpt graag.", "Noor vraagt om hulp.", "Vooraan zitten."))
    assert not any(text in page for text in ("vinger op", "zwaait", "maatje"))


def test_what_pupil_and_parents_said_goes_on_paper_only_when_somebody_says_so(cast: Cast) -> None:
    found, now = understanding(cast), timezone.now()
    els = cast.pupil_noor.guardianships.get(has_authority=True).guardian
    about = {
        "school": cast.beuk,
        "pupil": cast.pupil_noor,
        "understanding": found,
        "asked_by": cast.anna,
        "asked_at": now,
        "written_at": now,
    }
    of_els = Voice.objects.create(whose="guardian", guardian=els, overview="Zij slaapt slecht.", **about)
    Voice.objects.create(whose="pupil", overview="Ik droom veel.", **about)
    page = text_of(cast.anna, "growth_document", cast.pupil_noor.pk)
    assert page.count('class="card stack stack--close no-print"') == 2
    assert f"?with={of_els.pk}" in page
    chosen = text_of(cast.anna, "growth_document", cast.pupil_noor.pk, **{"with": str(of_els.pk)})
    assert chosen.count('class="card stack stack--close no-print"') == 1
    assert "Geef dat papier niet aan een andere ouder" in chosen


def test_who_sees_it_and_how_much_it_asks(cast: Cast) -> None:
    assert may_look(cast, "growth_document", cast.pupil_noor.pk) == {"anna", "bram"}
    understanding(cast)

    def more() -> int:
        goal(plan(cast, "Nu"), "Noor vraagt om hulp.")
        agreement(cast, "Vooraan zitten.", by_on=timezone.localdate() + timedelta(days=7))
        return queries_for(cast.anna, "growth_document", [cast.pupil_noor.pk])

    one = more()
    more()
    assert more() == one
