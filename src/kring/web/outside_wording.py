"""The sentences of the rules of help from outside: requests to experts, arrangements and what a school offers. See wording.py."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

OF_OUTSIDE: Mapping[str, object] = {
    "NoRealQuestion": _(
        "Stel een echte vraag, in minstens %(least)s woorden en met een vraagteken, "
        "zoals “hoe helpen wij dit kind om in de kring iets te durven zeggen?”."
    ),
    "ResearchWithoutConsent": _(
        "Voor deze vraag is er nog geen toestemming om iets te delen met %(organisation)s. Vraag eerst toestemming; "
        "kies daarbij “Vraag aan een deskundige van buiten”. Er is nog niets gevraagd."
    ),
    "KindNeedsName": _("Dit kan niet zonder naam. Kies meedenken of een gesprek, of vraag toestemming."),
    "PlacementWithoutPlan": _("Vraag pas een andere plek als er een plan is geprobeerd en bekeken. Kies bij deze vraag het plan."),
    "AnswerDayOutside": _("Kies een dag vanaf morgen, en binnen een jaar."),
    "RequestNotInState": _("Dit kan nu niet: de vraag staat er inmiddels anders voor. Kijk hieronder hoe het staat."),
    "PlannedDayPast": _("Die dag is voorbij. Kies een dag vanaf vandaag."),
    "ReasonToDeclineMissing": _("Schrijf in een zin op waarom het niet lukt. Dan kan de school verder zoeken."),
    "ReportEmpty": _("Schrijf op wat u zag en wat u aanraadt, of voeg een bestand toe."),
    "ReaderNotOfPupil": _("Deze collega werkt nu niet met deze leerling, of leest al mee. Er is niets veranderd."),
    "HourEndsBeforeStart": _("Het inloopuur eindigt voor het begint. Kijk naar de tijden. Er is niets bewaard."),
    "ConsultWithoutOutcome": _(
        "Kies met wie u overlegde, en schrijf op wat het opleverde en wat u nu doet. Pas dan kunt u het consult afsluiten."
    ),
    "GrantWithoutAmount": _("Vul in hoeveel uren of euro’s zijn toegekend."),
    "GrantAmountUnlikely": _("Dit aantal kan niet kloppen. Vul meer dan 0 in, en kijk of er geen cijfer te veel staat."),
    "GrantPeriodWrong": _("De laatste dag komt na de eerste, en hooguit vier jaar later."),
    "GrantWithoutGoals": _("Schrijf op waarvoor de hulp is toegekend."),
    "GrantResultMissing": _("Schrijf in een zin op wat het opleverde."),
    "OfferWithoutPlaces": _("Vul in hoeveel plaatsen er zijn, van 1 tot en met %(most)s. Zonder plaats is het geen aanbod."),
    "OfferWithoutEnd": _("Kies tot en met welke dag dit geldt, vanaf morgen. Daarna kijkt u of het nog klopt."),
}
