"""A girl whose marks fall and whose mother speaks little Dutch: no child interprets, and the plan is the family's plan too."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.stories import GOAL, Story, Teller, day

HER_OWN = "Ik durf niet te vragen als ik het niet snap."
PLANS = "pupils/{Elif}/plans/"
ASKS = {
    **GOAL,
    "text": "Elif vraagt in elke les wiskunde een keer om uitleg",
    "own_words": HER_OWN,
    "by_pupil": True,
    "measure": "hoe goed het vragen lukt, bij wiskunde",
    "what": "Voor de les samen één vraag bedenken",
    "executor": "Koen",
    **{f"level_{number}": f"vraagt het {number} van de 4 keer" for number in range(5)},
}
AT_HOME = {
    **GOAL,
    "level": "family",
    "type": "surroundings",
    "text": "Elif heeft drie middagen een rustige plek voor huiswerk",
    "measure": "hoe vaak de plek er is, op schooldagen",
    "what": "Drie middagen in de bibliotheek, met haar nicht van twintig",
    "executor": "moeder en Elif",
    "where": "home",
    **{f"level_{number}": f"{number} middagen per week" for number in range(5)},
}


@pytest.mark.whole("a story from the first signal to the end")
def test_from_falling_marks_to_a_document_without_old_goals(begin: Callable[[str], Story]) -> None:
    story = begin("girl")
    koen = story.at("koen")
    _seen_and_counted(story, koen)
    _talked_in_two_languages(koen)
    _agreed_at_home(story)
    _planned_with_the_family(koen)
    _goals_met(story, koen)


def _seen_and_counted(story: Story, koen: Teller) -> None:
    """Late five times in a week, and signs that anybody can see."""
    koen.open("groups/{group}/absence/")
    row = koen.main.get_by_role("row", name=re.compile("Elif"))
    row.get_by_label(re.compile("[Tt]e laat")).fill("5")
    koen.press("Week bewaren")
    koen.reads("De week is bewaard.")
    koen.open("pupils/{Elif}/signals/new/")
    koen.fill(fact="Drie toetsen onder de vijf; in september waren het achten. Leverde twee keer geen huiswerk in.")
    koen.main.get_by_text("Aantikken wat u herkent").click()
    for sign in ("haalt lagere cijfers", "heeft het huiswerk vaak niet af"):
        koen.main.get_by_label(re.compile(sign)).check()
    koen.press(re.compile("^(Bewaren|Toch zo bewaren)$"))
    story.days_pass(1)
    koen.open("groups/{group}/attention/")
    koen.reads("Elif")


def _talked_in_two_languages(koen: Teller) -> None:
    """The first whom Koen thinks of is Elif herself: that is refused; then a woman of the neighbourhood is asked."""
    koen.open("signals/")
    koen.follow(re.compile("Elif"))
    koen.fill(kind="act", judgement="new", reason="Ik wil van Elif en haar moeder horen hoe het gaat.")
    koen.first_steps()
    koen.press("Antwoorden")
    koen.follow("Een gesprek plannen")
    koen.reads("Denk aan een tolk", "Turks")
    koen.fill(kind="three_way_talk", purpose="Samen kijken hoe Elif weer met plezier leert", day=day(), clock="00:00")
    koen.main.get_by_label("Hatice Kaya").check()
    koen.fill(
        first_with="pupil", first_why="Elif wil eerst zelf vertellen", bridge_kind="adult", bridge="Elif, zij spreekt goed Nederlands"
    )
    koen.refused("Plannen", "Een kind tolkt niet voor zijn eigen ouders")
    expect(koen.main.locator("[name=purpose]")).to_have_value("Samen kijken hoe Elif weer met plezier leert")
    koen.look("no-child-interprets", "phone")
    koen.fill(bridge_kind="key_figure", bridge="mevrouw Demir van het buurthuis")
    koen.press("Plannen")
    koen.follow("Uitnodiging")
    koen.reads("mevrouw Demir")
    koen.visitor.page.go_back()
    koen.follow("Verslag schrijven")
    for box in koen.main.locator("[name=came]").all():
        box.check()
    koen.fill(text="Elif tekent prachtig en helpt haar broertje. Thuis is het druk; bij wiskunde durft zij niets te vragen.")
    koen.fill(pupil_words=HER_OWN)
    koen.press("Verslag bewaren")
    koen.fill(text="Drie middagen een rustige plek zoeken", who="moeder en mevrouw Demir", by_on=day(14))
    koen.press("Toevoegen")
    koen.main.get_by_label("Ouders met gezag mogen het verslag in Kring lezen.").check()
    koen.press("Laten lezen")
    koen.look("talk", "phone")


def _agreed_at_home(story: Story) -> None:
    """Her mother reads what was said, and says that it is right."""
    hatice = story.at("hatice", on_a_phone=True)
    hatice.open("my-talk-reports/")
    hatice.follow(re.compile("Samen kijken hoe Elif"))
    hatice.reads(HER_OWN, "Drie middagen een rustige plek zoeken")
    hatice.press("Dit klopt")
    hatice.reads("U zei: dit klopt")
    hatice.look("at-home", "dark")


def _planned_with_the_family(koen: Teller) -> None:
    """Without a small trial there is a reason; without the yes of the family nothing is agreed upon."""
    koen.open("pupils/{Elif}/plans/deepened/")
    koen.fill(title="Weer met plezier leren", ends_on=day(56))
    koen.refused("Beginnen", re.compile("korte interventie|reden|waarom", re.IGNORECASE))
    koen.fill(because="School en thuis willen dit meteen samen doen, dat bleek in het gesprek.")
    koen.press("Beginnen")
    for goal in (ASKS, AT_HOME):
        koen.follow("Doel toevoegen")
        koen.fill(**goal)
        koen.press(re.compile("Doel (bewaren|toevoegen)|^Bewaren"))
    koen.follow("Schrijven")
    koen.fill(overview="Elif tekent graag en werkte tot de herfst met plezier.", insight="Thuis is weinig rust, en vragen durft zij niet.")
    koen.fill(
        outlook="Elif wil weer een zeven; moeder wil dat zij lacht.", transfer="Ook bij Engels en thuis; mevrouw Demir vraagt ernaar."
    )
    koen.fill(outside="no", outside_because="Eerst kijken of een plek en een vraag genoeg zijn.")
    koen.press("Bewaren")
    koen.refused("Plan vaststellen", re.compile("gezin|ouders", re.IGNORECASE))
    koen.follow("Antwoord van een ouder opschrijven")
    koen.main.get_by_label("Hatice Kaya").check()
    koen.fill(answer="yes", note="Met mevrouw Demir erbij: graag, en ik wil het ook aan haar vader vertellen.")
    koen.main.locator("[name=method]").first.check()
    koen.press("Bewaren")
    koen.press("Plan vaststellen")
    expect(koen.visitor.page.locator("body")).to_contain_text("Vastgesteld")
    koen.look("plan", "phone")


def _goals_met(story: Story, koen: Teller) -> None:
    """What is reached travels along no longer: the next talk lies on the table with what is still to do."""
    nel, document = story.at("nel"), koen.visitor.path()  # what was agreed upon is kept by who overlooks the help of the school
    koen.open("pupils/{Elif}/growth/")
    koen.reads(str(ASKS["text"]), str(AT_HOME["text"]), "Drie middagen een rustige plek zoeken")
    nel.visitor.open(document.replace(koen.visitor.hat(), nel.visitor.hat()))
    nel.press(re.compile(f"^Dit is bereikt ?: {AT_HOME['text']}"))
    koen.open("pupils/{Elif}/growth/")
    koen.reads(str(ASKS["text"]))
    koen.misses(str(AT_HOME["text"]))
    koen.look("growth", "phone", "paper")
    story.days_pass(21)
    nel.press(re.compile(f"^Dit is bereikt ?: {ASKS['text']}"))
    nel.reads("2 doelen zijn bereikt")
    koen.open("pupils/{Elif}/growth/")
    koen.misses(str(ASKS["text"]), str(AT_HOME["text"]))
