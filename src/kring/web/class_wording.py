"""The sentences of rules about classmates: choosing, sociograms, photos, expectations, who sits where. See wording.py."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

OF_CLASSMATES: Mapping[str, object] = {
    "ChoiceRule": _("Een van de keuzes kan zo niet. Er is niets bewaard."),
    "ChoosesOneself": _("Een leerling kan niet zichzelf kiezen. Er is niets bewaard."),
    "PupilNotOnList": _("Er is een leerling gekozen die niet op de lijst staat. Er is niets bewaard."),
    "NominationTwice": _("Een leerling koos dezelfde klasgenoot twee keer. Er is niets bewaard."),
    "ChoosesAndRejects": _("Een leerling koos een klasgenoot bij een gunstige én een ongunstige vraag. Er is niets bewaard."),
    "AbsentPupilChooses": _("Een leerling die er niet was, heeft toch keuzes. Er is niets bewaard."),
    "EmptyPupilChooses": _("Een leerling die niemand koos, heeft toch keuzes. Er is niets bewaard."),
    "TooManyChoices": _("Een leerling koos meer klasgenoten dan de vraag toelaat. Er is niets bewaard."),
    "RatingOutsideScale": _("Een leerling gaf een klasgenoot een cijfer dat de vraag niet heeft. Er is niets bewaard."),
    "PlacesDoNotFit": _("De groepen of plaatsen (%(places)s) passen niet bij %(pupils)s leerlingen. Kies andere aantallen."),
    "WishesClash": _("Deze wensen kunnen niet allemaal tegelijk. Laat een van de genoemde wensen los en probeer het opnieuw."),
    "NoPlanInTime": _("Er is binnen de tijd geen indeling gevonden die alle wensen houdt. Laat een wens los en probeer het opnieuw."),
    "TooFewTookPart": _("Er deden te weinig leerlingen mee om iets te zeggen."),
    "ClassTooLargeForWeb": _("Dit beeld is er voor hooguit %(most)s leerlingen. Kijk bij “Wie staat waar”."),
    "NoPhoto": _("“%(file)s” is geen foto, of niet heel. Kies een JPG, PNG of WebP. Van dit bestand is niets bewaard."),
    "PhotoTooLarge": _("“%(file)s” is groter dan %(most)s MB, of heeft te veel beeldpunten. Kies een kleinere foto."),
    "TooManyPhotos": _("Kies hooguit %(most)s foto’s tegelijk. Er is niets bewaard."),
    "PairOfOneself": _("Kies twee verschillende leerlingen. Er is niets bewaard."),
    "NeitherWasAsked": _("Vraag het eerst aan een van de twee. Zonder vragen bewaart Kring niets over een maatje."),
    "AskedAfterNo": _("Een van de twee zei al nee. Dan hoeft de ander niet gevraagd te worden. Er is niets bewaard."),
    "PhotoRefusedAtHome": _("Van %(pupil)s wil de leerling of iemand thuis geen foto. Er is niets bewaard. Laat die foto weg."),
    "TwoPhotosOfOne": _("Bij %(pupil)s staan twee foto’s. Kies er een. Er is niets bewaard."),
    "PhotoNobodys": _("Kies bij minstens één foto van wie hij is. Er is niets bewaard."),
    "NumberNotOnSheet": _("Nummer %(number)s staat niet op dit blad. Kijk het na."),
    "NumberOfOneself": _("Nummer %(number)s is de leerling zelf. Laat het weg."),
    "NumberTwice": _("Nummer %(number)s staat er twee keer. Laat er een weg."),
    "NobodyAndSomebody": _("0 is niemand. Typ 0, of de nummers die omcirkeld zijn."),
    "MoreNumbersThanAsked": _("Bij deze vraag horen hooguit %(most)s nummers."),
    "PredictionSealed": _("U hebt uw verwachting al vastgezet. Zo kunt u straks eerlijk vergelijken. Er is niets veranderd."),
    "PredictionTooLate": _("De afname is afgesloten. Een verwachting opschrijven kan alleen daarvoor. Er is niets veranderd."),
    "ExpectedOfNobody": _("Kies minstens één leerling voordat u uw verwachting vastzet."),
    "PolicyPurposeTooShort": _("Schrijf in een hele zin op waarvoor u deze vragen nodig hebt, in minstens %(least)s letters."),
    "GuardiansNotToldYet": _("Die dag moet nog komen. Vertel het eerst thuis, en zet deze vragen daarna aan."),
    "KeptLongerThanAllowed": _("Kies een aantal dagen van 1 tot en met %(most)s. Langer mag Kring deze antwoorden niet bewaren."),
    "FollowUpNotPossible": _("Deze collega kan dit nu niet opvolgen. Kies iemand die hier staat."),
    "PolicyOver": _("Dit besluit geldt niet meer. Er is niets veranderd."),
    "SensitiveQuestions": _("“%(title)s” kan nu niet gevraagd worden. Kijk bij “Gevoelige vragen” wat daarvoor nodig is."),
    "NegativesSwitchedOff": _(
        "In “%(title)s” staat een vraag over wie een kind liever niet kiest. Zulke vragen staan op uw school uit. "
        "Kies een andere lijst, of leg eerst vast waarvoor u ze nodig hebt."
    ),
    "BullyingSwitchedOff": _(
        "In “%(title)s” staan vragen over pesten met namen. Zulke vragen staan op uw school uit. "
        "Leg eerst vast waarvoor u ze nodig hebt en wie ze opvolgt."
    ),
    "GuardiansToldTooLate": _(
        "Ouders horen het vóór de eerste dag van “%(title)s”. Nu staat er %(told_on)s. Laat de afname later beginnen."
    ),
    "FollowUpGone": _("Wie de antwoorden van “%(title)s” zou opvolgen, is er niet meer. Wijs eerst iemand anders aan."),
    "OnlyBadDays": _(
        "“%(title)s” valt helemaal op een vrijdag of op de laatste dag voor een vrije dag. Dan is er niemand om na te praten. "
        "Schrijf op waarom het niet anders kan, of kies andere dagen."
    ),
    "BadMoment": _("“%(title)s” kan nu even niet. Morgen is er geen school, en dan kun je er met niemand over praten. Het kan later wel."),
    "TooManyClasses": _("Kies minstens één en hooguit acht klassen, en niet meer klassen dan leerlingen (nu %(classes)s)."),
    "ClassNamedTwice": _("Elke klas heeft een eigen naam. “%(name)s” staat er twee keer."),
    "MarkDoesNotFit": _(
        "%(pupils)s leerlingen hebben letter %(letter)s. Met hooguit %(most)s in elk van de %(classes)s klassen past dat niet. "
        "Er is niets bewaard."
    ),
    "PupilsWithoutClass": _("%(count)s leerlingen hebben in dit voorstel nog geen klas. Geef eerst iedereen een klas."),
    "ClassesOfOtherYear": _("Dit voorstel is gemaakt voor een ander schooljaar dan %(year)s. Er is niets veranderd."),
    "PlacesNotUnderstood": _("Zo kan de indeling niet. Kies een ander aantal, of een andere opstelling."),
    "UnknownPlace": _("Die plaats is er niet meer. Hieronder staat de indeling zoals die nu is."),
    "PlaceTaken": _("Daar is geen plaats meer vrij. Ruil met iemand, of kies een andere plaats."),
    "PupilNotInPlan": _("Deze leerling zit niet meer in deze groep. Er is niets verschoven."),
    "PupilIsFixed": _("Deze leerling staat vast. Maak de leerling eerst los."),
    "SittingChangedMeanwhile": _("Iemand anders heeft net iets verschoven. Hieronder staat de indeling zoals die nu is."),
    "NoPlaceToFix": _("Geef de leerling eerst een plaats. Daarna kunt u die vastzetten."),
    "NobodyMovedYet": _("Er is niets om terug te draaien."),
    "WishTwice": _("Deze wens staat er al."),
    "WishesContradict": _("Van deze twee leerlingen staat er al een andere wens, die niet tegelijk kan. Haal die eerst weg."),
    "WishOfOneself": _("Kies twee verschillende leerlingen."),
    "NoFrontHere": _("In groepjes is er geen vooraan. Die wens hoort bij een plattegrond."),
}
