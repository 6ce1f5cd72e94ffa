"""A class that is hard to handle: from many signals to a class of which nobody is the cause, and a plan that begins with everybody."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.stories import Story, Teller, day

SEEN = (
    "Na de gymles duurde het een kwartier voor iedereen zat; drie groepjes riepen door elkaar.",
    "Bij het naar buiten gaan duwden kinderen elkaar; twee jassen lagen op de grond.",
)
CLASS_FIRST = "Elke overgang oefenen wij samen: teken, stilte, lopen. Elke vrijdag een klassenkring."


@pytest.mark.whole("a story from the first signal to the end")
def test_from_many_signals_to_a_class_plan_and_the_next(begin: Callable[[str], Story]) -> None:
    story = begin("class")
    job, saar = story.at("job"), story.at("saar")
    _several_saw_it(job, saar)
    _no_child_is_the_cause(job, saar)
    _serious_asks_more_than_one_action(job)
    _class_comes_first(job)
    _looked_back_and_next(story, job)


def _several_saw_it(job: Teller, saar: Teller) -> None:
    """About the class: one note, and not six about six children."""
    for teller, fact in ((job, SEEN[0]), (saar, SEEN[1])):
        teller.open("groups/{group}/signals/new/")
        teller.main.locator(".chips--names label").filter(has_text="de hele groep").click()
        teller.visitor.page.get_by_label("Wat zag of hoorde u?").fill(fact)
        teller.press(re.compile("^(Bewaren|Toch zo bewaren)$"))
    job.open("signals/")
    job.reads(*SEEN)
    job.look("signals", "phone")


def _no_child_is_the_cause(job: Teller, saar: Teller) -> None:
    """Job writes a name where something is explained; the class is never one child."""
    job.open("groups/{group}/understanding/")
    job.follow("Beginnen met wat goed gaat")
    job.fill(
        goes_well="Samen toneel maken lukt prachtig; jongere kinderen helpen zij graag.",
        going_on="Owen begint steeds, en dan doet iedereen mee.",
        helps="Een vast teken en een rustige start met een verhaal.",
        strong_pupils="Lieke en Mats kunnen een overgang voordoen.",
        needs="De klas heeft nodig dat elke overgang voorspelbaar is.",
    )
    job.press("Bewaren")
    for box in job.main.locator("[name=picked]").all():
        box.check()
    job.fill(colleague="Saar keek mee bij het naar buiten gaan: het loopt mis waar drie groepjes tegelijk bij de kapstok zijn.")
    job.press("Bewaren")
    job.reads("Een klas is nooit één kind", "Wat er nog nodig is:")
    job.look("class-is-no-child", "phone")
    job.main.get_by_label("Wie vraagt u om mee te kijken?").select_option(label="Saar de Wit, intern begeleider")
    job.press("Vragen mee te kijken")
    job.follow("Verder schrijven")
    job.fill(going_on="Bij elke overgang wachten drie groepjes op elkaar, en niemand weet wie begint.")
    job.press("Bewaren")
    job.misses("Een klas is nooit één kind")
    job.press("Vaststellen")
    saar.open("tasks/")
    saar.reads("Kijk mee in groep 7")


def _serious_asks_more_than_one_action(job: Teller) -> None:
    """One loose action for what is serious is refused; with the parents it becomes a plan."""
    job.follow("Activiteitenplan van de klas maken")
    job.fill(title="Rust bij het naar buiten gaan", need="heeft bij elke overgang een vast teken nodig", is_serious=True, ends_on=day(56))
    job.press(re.compile("^(Verder|Bewaren|Maken|Plan maken)"))
    _action(job, "Elke dag drie overgangen oefenen", "group")
    job.refused("Vaststellen en beginnen", re.compile("ouders|acties", re.IGNORECASE))
    _action(job, "Ouders vertellen welk teken wij gebruiken, en vragen het thuis te noemen", "family")
    _action(job, "Bij de kapstok staat elke dag een tweede collega", "staff_school")
    job.press("Vaststellen en beginnen")
    job.reads("loopt")
    job.look("activities", "phone")
    job.press(re.compile("^Gedaan ?: Ouders vertellen"))
    job.reads("gedaan op")


def _action(job: Teller, text: str, level: str) -> None:
    if not job.main.locator("[name=text]").is_visible():
        job.main.get_by_text("Actie toevoegen", exact=True).click()
    job.fill(text=text, level=level)
    job.press("Toevoegen")


def _class_comes_first(job: Teller) -> None:
    """So many on level 3 that the class itself is the question: Kring says so, and the plan begins with everybody."""
    job.open("groups/{group}/plan/")
    job.follow("Eerste groepsplan maken")
    job.press("Verder")
    job.follow(re.compile("Naar het plan|Zonder voorstel verder"))
    job.follow("Cluster toevoegen")
    job.fill(
        need="een rustige plek bij de start van de dag", level="3", partner="geen: eerst in de klas", escalation="Saar komt dezelfde dag"
    )
    for name in ("Owen", "Nina", "Quinten"):
        job.main.get_by_label(name).check()
    job.press("Bewaren")
    job.reads("Dan vraagt de groep zelf iets")
    job.refused("Vaststellen", re.compile("hele groep|klas|groep", re.IGNORECASE))
    job.look("class-first", "phone")
    job.follow(re.compile("^Schrijf de aanpak"))
    job.fill(class_part=CLASS_FIRST, works="Een verhaal na de pauze.")
    job.press("Bewaren")
    job.follow(re.compile("^Aanpassen ?: een rustige plek"))
    for name in ("Nina", "Quinten"):
        job.main.get_by_label(name).uncheck()
    job.press("Bewaren")
    job.fill(because="Eén kind op niveau 3 is in een kleine klas al veel; de hele groep begint.")
    job.press("Vaststellen")
    job.press("Van start")
    job.reads(CLASS_FIRST, "loopt")
    job.look("group-plan", "phone")


def _looked_back_and_next(story: Story, job: Teller) -> None:
    """What was done, whether it helped; and the next plan may not say the same word for word."""
    plan = job.visitor.path()
    story.days_pass(56)
    job.open("groups/{group}/plan/")
    job.follow("Rust bij het naar buiten gaan")
    job.follow("Terugkijken")
    _judge(job, "continue")
    job.reads("Terugblik")
    job.visitor.open(plan)
    job.follow("Evalueren")
    _judge(job, "adapt")
    job.reads("Evaluatie")
    job.open("groups/{group}/plan/")
    job.follow("Nieuw groepsplan")
    job.fill(goes_on=True)
    job.press("Verder")
    job.reads(CLASS_FIRST)
    job.fill(because="Eén kind op niveau 3 is in een kleine klas al veel; de hele groep begint.")
    job.refused("Vaststellen", re.compile("hetzelfde|woord voor woord|veranderd", re.IGNORECASE))
    job.follow(re.compile("^Aanpassen ?: aanpak"))
    job.fill(class_part=f"{CLASS_FIRST} De kinderen leiden de kring nu zelf.")
    job.press("Bewaren")
    job.fill(because="Eén kind op niveau 3 is in een kleine klas al veel; de hele groep begint.")
    job.press("Vaststellen")
    expect(job.visitor.page.locator("body")).to_contain_text("Vastgesteld")
    job.look("next-plan", "phone")


def _judge(job: Teller, decision: str) -> None:
    job.fill(carried_out="Elke dag geoefend, behalve in de week van de musical.", quality="3", decision=decision)
    job.fill(effect="De klas zit binnen drie minuten; in acht weken geen jassen op de grond.")
    job.press(re.compile("^(Bewaren|Evaluatie bewaren|Evalueren|Terugkijken|Terugblik bewaren)"))
