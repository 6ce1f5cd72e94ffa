"""The group plan of Anna for 6A, begun four weeks ago, and what the team does about the way to the playground: through the actions."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from kring.web.plans.activities.actions import NewStep, Question, add_step, finish_step, make_activity_plan
from kring.web.plans.activities.actions import start as start_activities
from kring.web.plans.groups.actions import Begin, ClusterText, add_cluster, agree, make_group_plan, start, write_class_part
from kring.web.plans.models import Step
from kring.web.schools.models import Enrolment, Group, Membership, Pupil, School, live

FOR_ALL = (
    "Elke ochtend tien minuten kring, met om de beurt een vraag aan elkaar.\n"
    "Drie afspraken voor de overgang van plein naar klas; de groep bedacht ze zelf.\n"
    "Op vrijdag kijken we samen terug: wat ging goed, wat oefenen we volgende week?"
)
WORKS = (
    "Wacht bij de deur tot het stil is, en begin dan met een verhaal.\nGeef één opdracht tegelijk.\nZeg wat goed gaat, met de naam erbij."
)
CLUSTERS = (
    (ClusterText(2, "werk in kleine stukken, en vooraf weten wat er komt", "Begint binnen vijf minuten",
                 "Elke taak in twee of drie stukken op een kaartje.\nNa het eerste stuk even langs: wat is gelukt?"), ("Sem", 3)),
    (ClusterText(2, "een vast maatje om mee te werken", "Werkt elke dag een keer met een klasgenoot naar eigen keuze",
                 "Dinsdag en donderdag een half uur samenwerken in vaste tweetallen.\nOm de twee weken een ander tweetal."), ("Noor", 2)),
    (ClusterText(3, "een plek en woorden om weer rustig te worden", "Kiest zelf de rustplek, zonder dat iemand het zegt",
                 "Elke ochtend kort samen de dag doornemen.\nBij oplopende spanning: kaart, rustplek, na tien minuten terug.",
                 partner="De gedragsspecialist kijkt een ochtend mee.",
                 escalation="Dezelfde dag overleg met Bram, en bellen naar huis."), ("", 1)),
)  # fmt: skip
WEEKS = timedelta(weeks=4)


def cluster_6a(school: School, members: Mapping[str, Membership], *, now: datetime) -> None:
    """At the school of Anna alone."""
    anna, bram = members.get("anna"), members.get("bram")
    if anna is None or anna.school_id != school.pk or bram is None:
        return
    group = Group.objects.filter(school=school, name="6A", year__starts_on__lte=now.date()).order_by("-year__starts_on")[0]
    sits = Enrolment.objects.filter(live(now), group=group).select_related("pupil").order_by("pupil__sort_name", "pupil_id")
    _plan(anna, group, [one.pupil for one in sits], now - WEEKS)
    _activities(anna, bram, group, now)


def _plan(anna: Membership, group: Group, pupils: list[Pupil], at: datetime) -> None:
    first, last = at.date(), at.date() + 3 * WEEKS
    plan = make_group_plan(anna, group, Begin("Groepsplan van dit najaar", first, last), at=at)
    texts: dict[str, object] = {"class": FOR_ALL, "works": WORKS, "programme": ["werk-in-stukken", "vaste-kringmomenten"]}
    write_class_part(anna, plan, texts=texts, period=(first, last), read_at=plan.edited_at, at=at)
    left = list(pupils)
    for text, (named, several) in CLUSTERS:
        chosen = [one for one in left if one.given_name == named] + [one for one in left if one.given_name not in {"Noor", "Sem"}]
        inside = chosen[:several]
        left = [one for one in left if one not in inside]
        until_on = last - timedelta(weeks=2) if text.level == 2 else None
        add_cluster(anna, plan, replace(text, until_on=until_on), inside, at=at)
    agree(anna, plan, because="", at=at)
    start(anna, plan, at=at)


def _activities(anna: Membership, bram: Membership, group: Group, now: datetime) -> None:
    begun, later = now - timedelta(days=9), now.date() + timedelta(weeks=5)
    asked = Question("Rustig van het plein naar de klas", "vooraf weten wie wanneer naar binnen gaat", is_serious=False, ends_on=later)
    plan = make_activity_plan(anna, group, asked, on=begun.date(), at=begun)
    for text, level, owner, days in (
        ("Met de groep drie afspraken maken en ophangen", "group", anna, -2),
        ("Ouders in de nieuwsbrief vertellen wat we oefenen", "family", anna, 6),
        ("Met de pleinwacht afspreken wie bij de deur staat", "staff_school", bram, 8),
    ):
        add_step(anna, plan, NewStep(text, level, owner, now.date() + timedelta(days=days)), at=begun)
    start_activities(anna, plan, because="", at=begun)
    finish_step(anna, Step.objects.filter(plan=plan).order_by("place")[0], at=now - timedelta(days=2))
