"""Plans of 6A: one that runs with Noor in a cluster, one that is being written, and an activity plan with an action."""

from datetime import timedelta
from typing import Any

from django.db.models import Model
from django.utils import timezone

from kring.web.models import Cluster, ClusteredPupil, Plan, PlanVersion, Step
from tests.access.people import Town


def planned(town: Town) -> dict[str, Model]:
    today = timezone.localdate(town.now)
    told: dict[str, Any] = {"school": town.cast.beuk, "group": town.groups["6a"], "seen_as": "groupplan", "stage": "group_approach"}
    told |= {"support_layer": "basic", "made_by": town.actors["anna"], "made_at": town.now, "edited_at": town.now}
    told |= {"starts_on": today, "ends_on": today + timedelta(weeks=12)}
    running = Plan.objects.create(kind="group", state="running", title="Groepsplan", parts={"class": "Elke dag een kring."}, **told)
    written = Plan.objects.create(kind="group", state="draft", title="Volgend groepsplan", previous=running, **told)
    agreed = Plan.objects.create(kind="group", state="agreed", title="Vastgesteld plan", because="De eerste leerkracht is ziek.", **told)
    Plan.objects.filter(pk=agreed.pk).update(previous=running)
    need = {"prevention_level": 2, "need": "rust", "until_on": today + timedelta(weeks=4)}
    cluster = Cluster.objects.create(school=town.cast.beuk, plan=running, edited_at=town.now, **need)
    ClusteredPupil.objects.create(school=town.cast.beuk, cluster=cluster, pupil=town.pupils["noor"])
    body = {"title": "Groepsplan", "class": "", "clusters": [{"level": 2, "need": "rust", "pupils": [str(town.pupils["noor"].pk)]}]}
    kept = {"made_by": town.actors["anna"], "made_at": town.now}
    version = PlanVersion.objects.create(school=town.cast.beuk, plan=running, number=1, body=body, **kept)
    activity = Plan.objects.create(kind="activity", state="draft", title="Rust op het plein", parts={"need": "rust"}, **told)
    step = Step.objects.create(school=town.cast.beuk, plan=activity, text="Samen oefenen", level="group", executor="Anna")
    at_work = Plan.objects.create(kind="activity", state="running", title="Rust op de gang", parts={"need": "rust"}, **told)
    return {
        "plan_6a": running,
        "plan_6a_draft": written,
        "plan_6a_agreed": agreed,
        "plan_version_6a": version,
        "cluster_6a": cluster,
        "activity_6a": activity,
        "activity_6a_running": at_work,
        "step_6a": step,
    }
