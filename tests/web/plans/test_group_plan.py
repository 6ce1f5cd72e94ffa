"""The group plan: from data to agreed and running, what is refused on the way, and who sees what of it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from kring.core.access import Role
from kring.web.models import Assignment, AttentionTable, Cluster, ClusteredPupil, Entry, Plan, PlanVersion, Pupil, PupilAttention, Task
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import Cast, client_of, member
from tests.cast import pupil as new_pupil

pytestmark = pytest.mark.django_db
MONDAY = datetime(2025, 11, 10, 10, tzinfo=UTC)
STARTS, ENDS = date(2025, 11, 10), date(2026, 1, 30)
CLASS = "Elke ochtend een vaste start met de kring."


HABITS = {"least_weeks": 4, "most_weeks": 8, "phase_names": "signal"}


@pytest.fixture(autouse=True)
def _monday() -> Any:
    with time_machine.travel(MONDAY) as travel:
        yield travel


def post(actor: Any, route: str, *keys: object, **sent: Any) -> Any:
    return client_of(actor).post(reverse(route, args=[actor.pk, *keys]), sent)


def begun(cast: Cast, **more: Any) -> Plan:
    sent = {"starts_on": STARTS, "ends_on": ENDS, **more}
    assert post(cast.anna, "group_plan_new", cast.group_6a.pk, **sent).status_code == 302
    return Plan.objects.get(group=cast.group_6a, state="draft")


def write_class(cast: Cast, plan: Plan, text: str = CLASS, *, read: datetime | None = None, by: Any = None) -> Any:
    plan.refresh_from_db()
    sent = {"class_part": text, "works": "Kort en rustig praten.", "starts_on": STARTS, "ends_on": ENDS}
    return post(by or cast.anna, "group_plan_class", plan.pk, read=(read or plan.edited_at).isoformat(), **sent)


def cluster(cast: Cast, plan: Plan, need: str = "korte opdrachten", **more: Any) -> Cluster:
    sent = {"need": need, "level": 2, "pupils": [cast.pupil_noor.pk], "until_on": date(2025, 12, 19), **more}
    answer = post(cast.anna, "cluster_new", plan.pk, **sent)
    assert answer.status_code == 302, answer.content.decode()
    return Cluster.objects.get(plan=plan, need=need)


def agree(cast: Cast, plan: Plan, because: str = "") -> Any:
    return post(cast.anna, "group_plan_agree", plan.pk, because=because)


def running(cast: Cast) -> Plan:
    plan = begun(cast)
    write_class(cast, plan)
    cluster(cast, plan)
    assert agree(cast, plan).status_code == 302
    assert post(cast.anna, "group_plan_start", plan.pk).status_code == 302
    plan.refresh_from_db()
    return plan


def refused(answer: Any) -> str:
    assert answer.status_code == 409
    return str(answer.content.decode())


def test_from_nothing_to_a_plan_that_runs_with_a_version_that_stays(cast: Cast) -> None:
    assert "Eerste groepsplan maken" in text_of(cast.anna, "group_plans", cast.group_6a.pk)
    plan = running(cast)
    assert (plan.state, plan.seen_as, plan.stage, plan.support_layer) == ("running", "groupplan", "group_approach", "basic")
    page = text_of(cast.anna, "group_plan", plan.pk)
    assert [text in page for text in (CLASS, "Korte opdrachten", ">Noor<", "In geen cluster: 1 leerling", ">Sem<")] == [True] * 5
    assert "Evalueer het groepsplan van groep 6A" in text_of(cast.anna, "tasks")
    version = PlanVersion.objects.get(plan=plan)
    write_class(cast, plan, "Iets heel anders.")
    assert CLASS in text_of(cast.anna, "group_plan_version", version.pk)
    assert post(cast.anna, "group_plan_adjust", plan.pk, reason="De start werkte niet, nu buiten beginnen.").status_code == 302
    assert [one.number for one in PlanVersion.objects.filter(plan=plan).order_by("number")] == [1, 2]
    assert Entry.objects.filter(name="group_plan.started", group_id=cast.group_6a.pk).count() == 1


def test_who_sees_a_group_plan_and_the_leader_without_names(cast: Cast) -> None:
    plan = running(cast)
    version = PlanVersion.objects.get(plan=plan)
    assert may_look(cast, "group_plans", cast.group_6a.pk) == {"anna", "bram", "rik"}
    assert may_look(cast, "group_plan", plan.pk) == {"anna", "bram", "rik"}
    assert may_look(cast, "group_plan_version", version.pk) == {"anna", "bram", "rik"}
    assert may_look(cast, "group_plan_pdf", plan.pk) == {"anna", "bram"}
    assert may_look(cast, "cluster", plan.clusters.get().pk) == {"anna", "bram"}
    for page in (text_of(cast.rik, "group_plan", plan.pk), text_of(cast.rik, "group_plan_version", version.pk)):
        assert "Noor" not in page
        assert "1 leerling" in page
    assert "In het groepsplan" in text_of(cast.bram, "pupil_help", cast.pupil_noor.pk)
    assert "In het groepsplan" not in text_of(cast.bram, "pupil_help", cast.pupil_sem.pk)
    assert "Noor" in text_of(member(cast.beuk, Role.BEHAVIOUR_SPECIALIST, "gabi"), "group_plan", plan.pk)
    assert look(cast.anna, "group_plan_pdf", plan.pk).content.startswith(b"%PDF")


def test_who_reads_without_names_reads_none_in_what_was_written(cast: Cast) -> None:
    plan = begun(cast)
    write_class(cast, plan, "Met Noor en Sem elke dag even praten, en met de groep een kring.")
    cluster(cast, plan, "een maatje voor Noor", approach="Noor werkt met Lot")
    assert agree(cast, plan, "Omdat Noor dit vroeg.").status_code == 302
    version = PlanVersion.objects.get(plan=plan)
    for page in (text_of(cast.rik, "group_plan", plan.pk), text_of(cast.rik, "group_plan_version", version.pk)):
        assert [name in page for name in ("Noor", "Sem ", "Lot")] == [False] * 3
        assert "met de groep een kring" in page
    assert "Met Noor en Sem" in text_of(cast.anna, "group_plan", plan.pk)
    plan.refresh_from_db()
    assert "Noor" in plan.parts["class"]


def test_a_word_that_a_child_is_called_after_stays_a_word_for_who_reads_without_names(cast: Cast) -> None:
    for number, (group, name) in enumerate(((cast.group_6a, "Roos"), (cast.group_6b, "Storm")), start=1001):
        Pupil.objects.filter(pk=new_pupil(group, name, 6).pk).update(admin_key=str(number))
    plan = begun(cast)
    write_class(cast, plan, "Na een storm in de pauze rustig beginnen. roos en Storm helpen bij de roos op het bord.")
    page = text_of(cast.rik, "group_plan", plan.pk)
    assert "Na een storm in de pauze rustig beginnen. … en … helpen bij de roos op het bord." in page


def test_the_same_questions_for_three_as_for_one(cast: Cast) -> None:
    plan = begun(cast)
    cluster(cast, plan)
    asked = [queries_for(cast.anna, route, [plan.pk]) for route in ("group_plan", "group_plan_proposals")]
    desk = queries_for(cast.anna, "desk_view", [cast.group_6a.pk])
    others = [new_pupil(cast.group_6a, name, 6) for name in ("Ida", "Jip")]
    cluster(cast, plan, "rust", pupils=[one.pk for one in others])
    cluster(cast, plan, "een maatje", pupils=[cast.pupil_sem.pk])
    assert [queries_for(cast.anna, route, [plan.pk]) for route in ("group_plan", "group_plan_proposals")] == asked
    assert queries_for(cast.anna, "desk_view", [cast.group_6a.pk]) == desk


def test_a_class_part_comes_before_help_for_a_few_and_help_has_an_end_and_a_partner(cast: Cast) -> None:
    plan = begun(cast)
    heavy = cluster(cast, plan, "rust en overzicht", level=3, until_on="")
    assert "Er staat nog niets bij de aanpak voor de hele groep" in refused(agree(cast, plan))
    write_class(cast, plan)
    assert "welke partner van buiten meedenkt" in refused(agree(cast, plan))
    Cluster.objects.filter(pk=heavy.pk).update(partner="wijkteam gebeld")
    assert "wat u doet als het erger wordt" in refused(agree(cast, plan))
    Cluster.objects.filter(pk=heavy.pk).update(escalation="Dezelfde dag overleg met de coördinator.")
    short = cluster(cast, plan, until_on="", pupils=[cast.pupil_sem.pk])
    assert "staat geen einddatum" in refused(agree(cast, plan))
    Cluster.objects.filter(pk=short.pk).update(until_on=date(2026, 2, 1))
    assert "eindigt na de laatste dag" in refused(agree(cast, plan))
    Cluster.objects.filter(pk=short.pk).update(until_on=date(2025, 12, 19))
    assert "50 procent van de groep staat op niveau 3" in refused(agree(cast, plan))
    assert agree(cast, plan, "Het is een groep van twee leerlingen.").status_code == 302
    plan.refresh_from_db()
    assert plan.support_layer == "extra"


def test_nobody_says_yes_to_what_a_colleague_changed_after_it_was_read(cast: Cast) -> None:
    plan = begun(cast)
    write_class(cast, plan)
    found, read = cluster(cast, plan), timezone.now().isoformat()
    text = {"need": "korte opdrachten", "level": 2, "goal": "Begint binnen vijf minuten", "until_on": date(2025, 12, 19)}
    changed = post(cast.bram, "cluster", found.pk, pupils=[cast.pupil_noor.pk], read=found.edited_at.isoformat(), **text)
    assert changed.status_code == 302
    page = refused(post(cast.anna, "group_plan_agree", plan.pk, because="", read=read))
    assert "Een collega veranderde dit plan nadat u het las: korte opdrachten" in page
    assert "<dt>Korte opdrachten</dt><dd>Begint binnen vijf minuten</dd>" in page
    assert 'name="read"' in page
    assert post(cast.anna, "group_plan_agree", plan.pk, because="", read=timezone.now().isoformat()).status_code == 302


def test_who_stands_in_gets_the_desk_view_and_not_the_plan(cast: Cast) -> None:
    plan = running(cast)
    stand_in = member(cast.beuk, Role.TEACHER, "ivo")
    Assignment.objects.create(
        school=cast.beuk, membership=stand_in, group=cast.group_6a, replaces=cast.anna, from_at=MONDAY - timedelta(days=1)
    )
    desk = text_of(stand_in, "desk_view", cast.group_6a.pk)
    assert "Korte opdrachten" in desk
    assert "Noor" in desk
    for route, row in (("group_plan", plan), ("group_plan_pdf", plan), ("group_plans", cast.group_6a)):
        assert look(stand_in, route, row.pk).status_code == 404, route
    page = text_of(stand_in, "group", cast.group_6a.pk)
    assert reverse("desk_view", args=[stand_in.pk, cast.group_6a.pk]) in page
    assert f'href="{reverse("group_plans", args=[stand_in.pk, cast.group_6a.pk])}"' not in page


def test_the_share_of_goals_with_the_group_stands_per_period(cast: Cast) -> None:
    plan = running(cast)
    assert "nog geen doelen" in text_of(cast.anna, "group_progress", cast.group_6a.pk)
    asked = queries_for(cast.anna, "group_progress", [cast.group_6a.pk])
    Cluster.objects.filter(plan=plan).update(goal="Samen beginnen")
    for _one in range(2):
        Plan.objects.filter(pk=plan.pk).update(state="evaluated")
        fields = {"kind": "group", "seen_as": "groupplan", "state": "evaluated", "stage": "group_approach", "support_layer": "basic"}
        days = {"starts_on": STARTS, "ends_on": ENDS, "made_at": MONDAY, "edited_at": MONDAY}
        Plan.objects.create(school=cast.beuk, group=cast.group_6a, title="Eerder", made_by=cast.anna, **fields, **days)
    page = text_of(cast.anna, "group_progress", cast.group_6a.pk)
    assert "Doelen voor de groep, per periode" in page
    assert "100 procent" in page
    assert queries_for(cast.anna, "group_progress", [cast.group_6a.pk]) == asked


def test_the_line_is_that_of_the_school_and_so_is_the_layer(cast: Cast) -> None:
    AttentionTable.objects.create(school=cast.beuk, version="eigen", class_line=60, made_by=cast.bram, from_at=MONDAY)
    assert post(cast.rik, "plan_layers", level_1="basic", level_2="basic", level_3="basic_plus", **HABITS).status_code == 302
    plan = begun(cast)
    write_class(cast, plan)
    cluster(cast, plan, level=3, partner="niemand nodig", escalation="bellen")
    assert agree(cast, plan).status_code == 302
    plan.refresh_from_db()
    assert (plan.support_layer, plan.has_legal_label) == ("basic_plus", False)
    assert may_look(cast, "plan_layers") == {"rik"}


def test_one_plan_is_written_and_one_runs_and_the_last_is_evaluated_first(cast: Cast) -> None:
    first = running(cast)
    second = begun(cast, goes_on="on")
    assert "al een nieuw groepsplan in de maak" in refused(
        post(cast.anna, "group_plan_new", cast.group_6a.pk, starts_on=STARTS, ends_on=ENDS)
    )
    Cluster.objects.filter(plan=second).update(until_on=ENDS)
    assert "nog niet geëvalueerd" in refused(agree(cast, second))
    judged = {"carried_out": "De kring elke dag.", "quality": 3, "effect": "Rustiger.", "decision": "adapt"}
    assert post(cast.anna, "group_plan_evaluate", first.pk, **judged).status_code == 302
    assert Task.objects.get(record_id=first.pk).done_at is not None
    assert "precies hetzelfde als het vorige" in refused(agree(cast, second))
    write_class(cast, second, "De kring nu na de pauze, want dat werkte.")
    assert agree(cast, second).status_code == 302
    assert "Misschien was een collega u voor" in refused(post(cast.anna, "cluster_new", second.pk, need="rust", level=2))
    assert post(cast.anna, "group_plan_take_back", second.pk).status_code == 302


def test_with_a_reason_the_next_plan_starts_and_the_last_stops(cast: Cast) -> None:
    first = running(cast)
    second = begun(cast)
    write_class(cast, second, "Heel iets anders.")
    assert agree(cast, second, "De vorige leerkracht is ziek.").status_code == 302
    Plan.objects.filter(pk=second.pk).update(because="")
    assert "loopt al een groepsplan" in refused(post(cast.anna, "group_plan_start", second.pk))
    Plan.objects.filter(pk=second.pk).update(because="De vorige leerkracht is ziek.")
    assert post(cast.anna, "group_plan_start", second.pk).status_code == 302
    assert [Plan.objects.get(pk=one.pk).state for one in (first, second)] == ["evaluated", "running"]


def test_moving_with_the_menu_as_with_the_mouse(cast: Cast) -> None:
    plan = begun(cast)
    one, other = cluster(cast, plan), cluster(cast, plan, "een maatje", pupils=[])
    noor = cast.pupil_noor.pk
    page = text_of(cast.anna, "group_plan", plan.pk, pupil=f"{one.pk}.{noor}")
    assert "is gekozen. Kies een cluster." in page
    assert f'value="{other.pk}"' in page

    def move(start: object, to: object, **more: str) -> int:
        return int(post(cast.anna, "cluster_move", plan.pk, pupil=f"{start}.{noor}", to=to, **more).status_code)

    def inside() -> set[Any]:
        return set(ClusteredPupil.objects.filter(pupil=noor).values_list("cluster_id", flat=True))

    assert move(one.pk, other.pk, also="on") == 302
    assert inside() == {one.pk, other.pk}
    assert move(one.pk, "") == 302
    assert inside() == {other.pk}
    assert move(other.pk, one.pk) == 302
    assert inside() == {one.pk}
    heavy = cluster(cast, plan, "Korte opdrachten.", level=3, pupils=[])
    assert "op twee niveaus" in refused(post(cast.anna, "cluster_move", plan.pk, pupil=f"{one.pk}.{noor}", to=heavy.pk, also="on"))
    assert inside() == {one.pk}
    stranger = post(cast.anna, "cluster_move", plan.pk, pupil=f".{cast.pupil_lot.pk}", to=one.pk)
    assert stranger.status_code == 200
    assert not ClusteredPupil.objects.filter(pupil=cast.pupil_lot).exists()
    assert post(cast.carla, "cluster_move", plan.pk, pupil=f".{noor}", to=one.pk).status_code == 404
    assert post(cast.rik, "cluster_move", plan.pk, pupil=f".{noor}", to=one.pk).status_code == 404


def test_the_second_of_two_writers_gets_both_texts_and_loses_nothing(cast: Cast) -> None:
    plan = begun(cast)
    read = plan.edited_at
    assert write_class(cast, plan, "De tekst van Anna.", read=read).status_code == 302
    answer = write_class(cast, plan, "De tekst van Bram.", read=read, by=cast.bram)
    page = refused(answer)
    assert page.count("De tekst van Bram.") == 2  # beside that of Anna, and in the form
    assert page.count("De tekst van Anna.") == 1
    again = answer.context["form"]["read"].value()
    assert write_class(cast, plan, "Van ons samen.", read=datetime.fromisoformat(again), by=cast.bram).status_code == 302
    plan.refresh_from_db()
    assert plan.parts["class"] == "Van ons samen."
    row = cluster(cast, plan)
    sent = {"need": row.need, "level": 2, "pupils": [cast.pupil_sem.pk], "read": row.edited_at.isoformat()}
    assert post(cast.anna, "cluster", row.pk, **{**sent, "approach": "elke dag"}).status_code == 302
    page = refused(post(cast.bram, "cluster", row.pk, **{**sent, "approach": "elke week", "pupils": [cast.pupil_noor.pk]}))
    assert [text in page for text in ("elke dag", "elke week", "Noor", "Sem")] == [True] * 4


def test_a_move_while_somebody_writes_in_the_cluster_is_not_lost(cast: Cast) -> None:
    plan = begun(cast)
    row = cluster(cast, plan)
    read = row.edited_at.isoformat()
    with time_machine.travel(MONDAY + timedelta(minutes=1)):
        assert post(cast.anna, "cluster_move", plan.pk, pupil=f".{cast.pupil_sem.pk}", to=row.pk).status_code == 302
    sent = {"need": row.need, "level": 2, "until_on": row.until_on, "pupils": [cast.pupil_noor.pk], "read": read}
    assert "Noor, Sem" in refused(post(cast.bram, "cluster", row.pk, **sent))
    assert row.clustered.count() == 2


def test_proposals_come_from_points_and_lead_to_clusters_with_a_reason(cast: Cast) -> None:
    for number in range(8):
        new_pupil(cast.group_6a, f"Kind{number}", 6)
    told = {"inward_points": 6, "inward_level": 3, "outward_points": None, "outward_level": None, "table": "1", "worked_out_at": MONDAY}
    PupilAttention.objects.create(school=cast.beuk, pupil=cast.pupil_noor, **told)
    plan = begun(cast)
    page = text_of(cast.anna, "group_plan_proposals", plan.pk)
    assert "Overnemen als cluster op niveau 3" in page
    assert "Uit de signalenlijst" in page
    assert post(cast.anna, "group_plan_proposals", plan.pk, taken="3:internalising").status_code == 302
    row = Cluster.objects.get(plan=plan)
    assert (row.prevention_level, [one.pupil for one in row.clustered.all()]) == (3, [cast.pupil_noor])
    assert may_look(cast, "group_plan_proposals", plan.pk) == {"anna", "bram"}


def test_the_desk_of_a_substitute_has_needs_and_no_levels_scores_or_history(cast: Cast) -> None:
    assert "Er loopt nu geen groepsplan" in text_of(cast.anna, "desk_view", cast.group_6a.pk)
    plan = running(cast)
    Cluster.objects.filter(plan=plan).update(approach="Een taak tegelijk\nComplimenten", goal="geheim doel", escalation="geheime weg")
    page = text_of(cast.anna, "desk_view", cast.group_6a.pk).split("<main", 1)[1]
    assert [text in page for text in ("Korte opdrachten", "Noor", "Een taak tegelijk", "Kort en rustig praten.", CLASS)] == [True] * 5
    for hidden in ("niveau", "Niveau", "geheim", "Versie", "procent", "concept"):
        assert hidden not in page, hidden
    assert may_look(cast, "desk_view", cast.group_6a.pk) == {"anna", "bram"}


def test_a_need_is_no_verdict_and_a_cluster_can_go(cast: Cast) -> None:
    plan = begun(cast)
    assert "Dit zegt wat er mis is" in refused(post(cast.anna, "cluster_new", plan.pk, need="is lui", level=2))
    row = cluster(cast, plan)
    assert post(cast.anna, "cluster_remove", row.pk).status_code == 302
    assert "In geen cluster: 2 leerlingen" in text_of(cast.anna, "group_plan", plan.pk)
