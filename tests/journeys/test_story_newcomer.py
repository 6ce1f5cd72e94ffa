"""A newcomer who is bullied: followed from the first day, seen by a classmate, tried without effect, deepened, and on to an OPP."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.stories import GOAL, Story, Teller, day

WORRY = "Ze zeggen in de kleedkamer dat ze stinkt. Ze lacht mee, en daarna huilt ze op de wc."
HER_OWN = "Ik wil dat iemand naast me komt zitten zonder dat de juf het zegt."
TRIAL = {
    **GOAL,
    "level": "group",
    "type": "surroundings",
    "text": "Meike zit in de pauze bij een groepje dat haar vroeg",
    "own_words": HER_OWN,
    "by_pupil": True,
    "measure": "hoe goed de pauze ging, volgens Meike zelf",
    "what": "Elke dag een spel met een vast groepje, met rollen",
    "executor": "Bas",
    "where": "playground",
    **{f"level_{number}": f"{number} pauzes per week bij een groepje" for number in range(5)},
}
DEEPER = {**TRIAL, "text": "De groep spreekt elkaar aan op kwetsende woorden", "measure": "hoe vaak de groep het zelf zegt, per dag"}


@pytest.mark.whole("a story from the first signal to the end")
def test_from_the_first_day_and_a_failed_trial_to_an_opp(begin: Callable[[str], Story]) -> None:
    story = begin("newcomer")
    bas = story.at("bas")
    _followed_from_the_first_day(bas)
    story.days_pass(21)
    _a_classmate_worries(story, bas)
    _the_list_about_bullying(story)
    _tried_as_planned_without_effect(story, bas)
    _deepened_with_everybody(bas)
    _to_an_opp(_measured_with_the_coordinator(story, bas.visitor.path().removeprefix(bas.visitor.hat())))


def _followed_from_the_first_day(bas: Teller) -> None:
    """Nobody is made a buddy; and why she left her last school stands nowhere."""
    bas.open("newcomers/")
    bas.follow("Meike Roos")
    bas.reads("Een nieuw begin")
    bas.main.get_by_label("Wie loopt de eerste weken mee?").select_option(label="Jip van Loon")
    bas.refused("Vastleggen", re.compile("ja", re.IGNORECASE))
    bas.fill(both_said_yes=True)
    bas.press("Vastleggen")
    bas.reads("Jip van Loon", "Beiden zeiden ja")
    bas.main.locator("section", has=bas.visitor.page.get_by_role("heading", name="Collega’s kijken mee")).get_by_role("button").click()
    bas.reads("Gevraagd op")
    bas.look("newcomer", "phone")


def _a_classmate_worries(story: Story, bas: Teller) -> None:
    """Sofie tells Bas by name; Meike, her mother and the coordinator find her nowhere."""
    sofie = story.at("sofie", on_a_phone=True)
    sofie.follow("Zorgen over een vriend")
    sofie.main.get_by_role("radio", name=re.compile("^Bas")).check()
    sofie.main.get_by_label("Over wie maak je je zorgen?").fill("Meike")
    sofie.main.get_by_label("Wat zie of hoor je?").fill(WORRY)
    sofie.main.get_by_role("radio", name=re.compile("met mijn naam")).check()
    sofie.press("Vertel het")
    sofie.reads("Jij vertelde dit aan Bas")
    bas.open("worries/")
    bas.follow(re.compile("Sofie"))
    bas.reads(WORRY, "Zeg het nooit tegen de vriend of vriendin")
    worry = bas.visitor.path()
    bas.visitor.page.get_by_label("Uw antwoord aan deze leerling").fill("Wat goed dat je dit zegt. Ik let morgen zelf op bij de gymzaal.")
    bas.press("Antwoord versturen")
    bas.look("worry", "phone")
    meike, tirza, marleen = story.at("meike"), story.at("tirza"), story.at("marleen")
    for teller in (meike, tirza, marleen):
        with teller.visitor.refused(404):
            teller.visitor.open(worry.replace(bas.visitor.hat(), teller.visitor.hat()))
        teller.open("pupils/{Meike}/timeline/")
        teller.misses("Sofie", "stinkt")
    tirza.open("worries/")
    tirza.misses("Sofie", "stinkt")


def _the_list_about_bullying(story: Story) -> None:
    """Who follows up reads that she said so; her teacher reads numbers."""
    story.tell("bullied", 4)
    vera = story.at("vera")
    vera.reads(re.compile("Meike|pesten", re.IGNORECASE))
    vera.look("bullying")


def _tried_as_planned_without_effect(story: Story, bas: Teller) -> None:
    """Eight weeks, every week as planned, and nothing changed: that is no failure, and it asks a reason to go deeper at once."""
    bas.open("pupils/{Meike}/plans/")
    bas.follow("Korte interventie bedenken")
    bas.fill(**TRIAL, starts_on=day(7), ends_on=day(7 + 56))
    bas.first_steps()
    bas.both_sides()
    bas.press("Plan bewaren")
    bas.measure_before(3, 4, 3)
    bas.weeks(3, 4, 3, 4, 3, 3, 4, 3)
    bas.reads("8 keer gedaan van de 8 keer dat het kon")
    bas.follow("Evalueren en besluiten")
    bas.fill(carried_out="Elke week gedaan zoals bedoeld.", quality="4", effect="Meike zit even vaak alleen als ervoor.")
    bas.fill(reached_0="-1", pupil_view="objects", pupil_words="Ze vragen me alleen als u kijkt.", by_pupil=True, guardians_view="agrees")
    bas.press("Toon het voorstel")
    bas.look("no-effect", "phone")
    bas.fill(decision="deepen")
    bas.refused("Besluit bewaren", re.compile("waarom|reden", re.IGNORECASE))
    bas.fill(reason="Er wordt gepest; wij gaan met de ouders en de groep verder kijken.")
    bas.press("Besluit bewaren")
    bas.follow("Verdiepte cyclus beginnen")
    bas.reads(str(TRIAL["text"]))


def _deepened_with_everybody(bas: Teller) -> None:
    """What was tried stands there; a goal of the group; talked with her and her mother."""
    bas.press("Beginnen")
    document = bas.visitor.path()
    bas.reads("Wat wij eerder probeerden", "Meike zit even vaak alleen als ervoor.")
    bas.follow("Doel toevoegen")
    bas.fill(**DEEPER)
    bas.press("Doel bewaren")
    bas.follow("Schrijven")
    bas.fill(overview="Meike kan goed vertellen en zingt in een koor.", insight="De groep bleef na haar komst in vaste groepjes.")
    bas.fill(outlook="Iedereen hoort erbij.", transfer="Ook in de gymzaal, en bij het koor.", outside="yes")
    bas.fill(outside_because="De schoolmaatschappelijk werker praat met de groep.")
    bas.press("Bewaren")
    bas.refused("Plan vaststellen", re.compile("gesprek|gesproken", re.IGNORECASE))
    _talked(bas)
    bas.visitor.open(document)
    bas.press("Plan vaststellen")
    bas.look("deepened", "phone")
    bas.follow("Uitvoeren en meten")
    bas.reads("Eerst meten, dan beginnen")


def _measured_with_the_coordinator(story: Story, plan: str) -> Teller:
    """A plan that was agreed upon is begun and judged by who overlooks the help of the school."""
    tirza = story.at("tirza")
    tirza.visitor.open(f"{tirza.visitor.hat()}{plan}")
    tirza.measure_before(2, 2, 3)
    tirza.weeks(2, 3, 2, 2, 3, 2, 2, 3)
    tirza.follow("Evalueren en besluiten")
    tirza.fill(carried_out="Alle acht weken gedaan, ook door de gymleraar.", quality="4", effect="De groep zegt het nog niet zelf.")
    tirza.fill(reached_0="-1", pupil_view="agrees", pupil_words="Ik wil meer hulp.", by_pupil=True, guardians_view="agrees", danger=True)
    tirza.press("Toon het voorstel")
    tirza.fill(decision="deepen", reason="Met de ouders besloten: dit vraagt meer dan de groep alleen kan.")
    tirza.press("Besluit bewaren")
    tirza.follow("Naar het plan")
    return tirza


def _to_an_opp(tirza: Teller) -> None:
    """It grows from what was tried, and is not adopted before Meike was heard about it."""
    tirza.follow("Naar extra ondersteuning")
    tirza.reads("Dit OPP bouwt voort op")
    tirza.fill(layer="extra", legal="yes")
    tirza.press("OPP beginnen")
    tirza.refused("OPP vaststellen", re.compile(r"\w+"))
    tirza.reads(str(DEEPER["text"]))
    tirza.look("opp", "phone")


def _talked(bas: Teller) -> None:
    """With Meike first, and then with her mother too."""
    bas.open("pupils/{Meike}/gatherings/new/")
    bas.fill(kind="three_way_talk", purpose="Samen kijken hoe Meike zich veilig voelt", day=day(), clock="00:00")
    bas.main.get_by_label("Marleen Roos").check()
    bas.fill(first_with="pupil", first_why="Meike wil eerst zelf vertellen")
    bas.press("Plannen")
    bas.follow("Verslag schrijven")
    for box in bas.main.locator("[name=came]").all():
        box.check()
    bas.fill(text="Meike zingt weer, dat ging lang niet. In de pauze is zij alleen.", pupil_words=HER_OWN)
    bas.press("Verslag bewaren")
    expect(bas.main).to_contain_text("Meike Roos zei zelf")
