"""A boy who grows silent and games at night: from what the caretaker sees by the door to support that is not needed any more."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from kring.core.classroom import tidied
from tests.journeys.stories import GOAL, Story, Teller

ALONE = "Staat al twee weken elke pauze alleen bij de fietsen, met zijn telefoon."
TIRED = "Legde in het eerste uur zijn hoofd neer. Vertelde dat hij tot drie uur had gespeeld."
OWN = "Ik weet niet meer hoe ik erbij kom. Online heb ik wel vrienden."
TRIAL = {
    **GOAL,
    "type": "surroundings",
    "text": "Jesper doet in de pauze twee keer per week mee aan een spel",
    "own_words": "Ik wil iemand hebben om mee te staan.",
    "by_pupil": True,
    "measure": "hoe goed het meedoen lukt, in de grote pauze",
    "what": "Samen met Loek en de conciërge de spellenkast doen",
    "core_steps": "kast openen\nspel uitdelen\nzelf meedoen",
    "executor": "Maud en de conciërge",
    "where": "playground",
    **{f"level_{number}": f"doet {number} keer per week mee" for number in range(5)},
}


@pytest.mark.whole("a story from the first signal to the end")
def test_from_a_boy_by_the_door_to_a_boy_with_friends(begin: Callable[[str], Story]) -> None:
    story = begin("gamer")
    maud, ilja = story.at("maud"), story.at("ilja")
    _the_caretaker_saw(story, ilja)
    _maud_saw_too(story, maud)
    _ilja_goes_to_see(story, ilja)
    _nobody_forgets_who_is_quiet(story, maud)
    _first_understood(story, maud)
    _tried_in_small(story, maud)
    _faded_out(story, maud)
    _told_on_one_line(maud)


def _the_caretaker_saw(story: Story, ilja: Teller) -> None:
    """By a paper at the door, without an account and without a list of names; the coordinator knows who is meant."""
    outside = story.outside(on_a_phone=True)
    ilja.open("signals/doors/")
    ilja.fill(name="Conciërge")
    ilja.press("Code maken")
    code = tidied(ilja.main.locator(".paper__code").inner_text())
    outside.open(f"/door/#{code}")
    outside.page.get_by_label("Over wie gaat het?").fill("Die lange jongen uit 2A, altijd met een pet")
    outside.page.get_by_label("Wat zag of hoorde u?").fill(ALONE)
    outside.page.get_by_label("Waar?").select_option(label="bij de deur, bij het brengen en halen")
    outside.page.get_by_role("button", name="Doorgeven").click()
    outside.page.locator(".receipt").wait_for()
    ilja.open("signals/")
    ilja.follow(re.compile("Die lange jongen"))
    ilja.main.get_by_label("Welke leerling?").select_option(label="Jesper Vroom")
    ilja.press("Koppelen")
    expect(ilja.visitor.page.locator("body")).to_contain_text("Gekoppeld")


def _maud_saw_too(story: Story, maud: Teller) -> None:
    """The fact in one field; what she ticks are signs that anybody can see."""
    maud.open("pupils/{Jesper}/signals/new/")
    maud.fill(fact=TIRED)
    maud.main.get_by_text("Aantikken wat u herkent").click()
    for sign in ("is moe, gaapt", "tot laat te gamen", "staat in de pauze alleen"):
        maud.main.get_by_label(re.compile(sign)).check()
    maud.press(re.compile("^(Bewaren|Toch zo bewaren)$"))
    maud.reads(ALONE, TIRED)
    maud.look("signals", "phone")


def _ilja_goes_to_see(story: Story, ilja: Teller) -> None:
    """Two who saw it weigh more than one who saw it twice."""
    ilja.open("pupils/{Jesper}/signals/new/")
    ilja.fill(fact="Stond de hele pauze bij de fietsen. Niemand kwam langs.")
    ilja.main.get_by_text("Aantikken wat u herkent").click()
    ilja.main.get_by_label(re.compile("staat in de pauze alleen")).check()
    ilja.press(re.compile("^(Bewaren|Toch zo bewaren)$"))
    story.days_pass(1)


def _nobody_forgets_who_is_quiet(story: Story, maud: Teller) -> None:
    """He is on the list by what turns inward, and somebody answers."""
    maud.open("groups/{group}/attention/")
    inward = maud.main.locator("section", has=maud.visitor.page.get_by_role("heading", name="Naar binnen gekeerd"))
    expect(inward.last.get_by_role("link", name="Jesper Vroom").first).to_be_visible()
    maud.look("attention", "phone")
    maud.open("signals/")
    maud.follow(re.compile("Jesper"))
    maud.fill(kind="act", judgement="new", reason="Ook ik zie dit nu drie weken. Ik wil weten wat hem helpt.")
    maud.first_steps()
    maud.press("Antwoorden")
    expect(maud.visitor.page.locator("body")).to_contain_text("Uw antwoord staat bij het signaal")
    expect(maud.main.get_by_role("link", name="Korte interventie bedenken")).to_be_visible()


def _first_understood(story: Story, maud: Teller) -> None:
    """What goes well first; two kinds of source; and his own words, typed by himself."""
    maud.open("pupils/{Jesper}/understanding/")
    maud.follow("Beginnen met wat goed gaat")
    maud.fill(
        goes_well="Jesper bedenkt slimme oplossingen en helpt wie vastloopt met een computer.",
        can_be_better="In de pauze staat hij alleen; het eerste uur is hij moe.",
        in_pupil="Hij vindt het lastig om zelf op anderen af te stappen.",
        in_surroundings="Zijn vaste vriend verhuisde in de zomer. Thuis staat de computer op zijn kamer.",
        needs="Jesper heeft nodig dat een taak in de pauze hem bij anderen brengt.",
    )
    maud.press("Bewaren")
    maud.main.get_by_label(re.compile("Legde in het eerste uur")).check()
    maud.press("Bewaren")
    maud.reads("Wat er nog nodig is:")
    understanding = maud.visitor.path()
    maud.follow("Eigen woorden vragen")
    maud.main.get_by_label("Wie vraagt u om eigen woorden?").select_option(label="Jesper Vroom")
    maud.press("Vragen")
    jesper = story.at("jesper", on_a_phone=True)
    jesper.open("my-words/")
    jesper.follow(re.compile("Vertellen"))
    jesper.fill(overview=OWN, outlook="Iemand om in de pauze mee te staan.")
    jesper.look("own-words", "dark")
    jesper.press("Bewaren")
    maud.visitor.open(understanding)
    maud.reads(OWN)
    maud.follow("Bronnen kiezen")
    maud.fill(pupil="Online heb ik wel vrienden; zei hij deze week in de aula.")
    maud.press("Bewaren")
    maud.press("Vaststellen")
    maud.look("understanding", "phone")


def _tried_in_small(story: Story, maud: Teller) -> None:
    """Measured before, ticked off and measured each week, and judged: execution apart from effect."""
    maud.follow("Korte interventie bedenken")
    maud.fill(**TRIAL)
    maud.both_sides()
    maud.press("Plan bewaren")
    maud.measure_before(2, 3, 2)
    maud.weeks(3, 4, 6, 6, 7, 7)
    maud.reads("6 keer gedaan van de 6 keer dat het kon")
    maud.look("trial", "phone")
    maud.follow("Evalueren en besluiten")
    maud.fill(carried_out="Elke week gedaan, ook in de toetsweek.", quality="4", effect="Hij staat nu met drie jongens bij de kast.")
    maud.fill(reached_0="1", pupil_view="agrees", pupil_words="Het gaat nu vanzelf.", by_pupil=True, guardians_view="agrees")
    maud.press("Toon het voorstel")
    maud.reads("Het doel is bereikt")
    maud.fill(decision="fade-out")
    maud.press("Besluit bewaren")
    maud.reads("Nu: 50 procent")


def _faded_out(story: Story, maud: Teller) -> None:
    """Half, a quarter, nothing; and weeks later somebody looks whether it stayed."""
    for weeks, value in ((3, 7), (3, 6), (4, 7)):
        story.days_pass(7 * weeks)
        maud.measure(value)
    maud.reads("Nu: gestopt")
    maud.look("faded-out", "phone")
    maud.press("Afsluiten: het blijft zo")
    expect(maud.visitor.page.locator("body")).to_contain_text("Afgesloten")


def _told_on_one_line(maud: Teller) -> None:
    """From the bicycles to the games: by who saw it."""
    maud.open("pupils/{Jesper}/timeline/")
    maud.reads(ALONE, TIRED, "Jesper doet in de pauze twee keer per week mee aan een spel", "begrijpen")
    maud.look("timeline", "phone")
