"""The sentences of the rules of small trials and deepened cycles (kring.core.small_trials, deepening); `wording` has the rest."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

OF_TRIALS: Mapping[str, object] = {
    "FirstStepsMissing": _(
        "Zet eerst de drie kleine stappen: weten wat dit kind leuk vindt, gewoon contact, en vragen wat er speelt. "
        "Kan dat niet? Schrijf op waarom, in minstens %(least)s letters."
    ),
    "PlanRightAfterSignal": _(
        "Het eerste signaal over dit kind is van vandaag. Slaap er een nacht over, en praat eerst met het kind. "
        "Kan het niet wachten? Schrijf op waarom, in minstens %(least)s letters."
    ),
    "GoalTooVague": _(
        "Dit doel is nog niet te zien of te tellen. Schrijf op wie wat doet, en waar of wanneer. "
        "Bijvoorbeeld: “Sem vraagt in de grote pauze een kind om mee te spelen”."
    ),
    "GoalWorkedOnAlready": _(
        "Aan dit doel wordt al gewerkt in een plan dat loopt of klaarstaat. Rond dat eerst af, of kies een ander doel."
    ),
    "MeasureMissing": _("Schrijf op wat u meet en wanneer, in minstens %(least)s letters. Anders kunt u later niet zien of het hielp."),
    "GoalLevelsMissing": _("Schrijf alle vijf niveaus op. Er ontbreken er nog %(missing)s."),
    "GoalLevelsSame": _("Twee niveaus zeggen hetzelfde. Schrijf bij elk niveau iets anders, zodat u straks kunt kiezen."),
    "TrialTooLong": _("Een korte interventie duurt %(least)s tot %(most)s weken. Kies andere dagen."),
    "TrialBoundsOutside": _("Kies minstens %(least)s en hooguit %(most)s weken, en het kleinste getal eerst."),
    "TrialStartsInPast": _("Kies een eerste dag vanaf vandaag. De niveaus staan er voordat u begint."),
    "ApartWithoutReason": _(
        "Hulp buiten de klas als eerste stap vraagt om een reden, in minstens %(least)s letters. Kijk eerst wat in de klas kan."
    ),
    "BaselineTooShort": _(
        "Meet eerst %(least)s keer hoe het nu gaat; dat is nu %(measured)s keer. Anders ziet u straks niet of er iets verandert."
    ),
    "BothSidesNotConsidered": _(
        "Kijk eerst naar twee kanten: wat speelt mee bij de leerling, en wat in de klas, de school of thuis? "
        "Vul bij “Aanpassen” van elke kant iets in, in minstens %(least)s letters. Daarna kunt u beginnen."
    ),
    "BasicSupportNotChecked": _(
        "Deze hulp voor één leerling is misschien meer dan basisondersteuning. Vraag het de intern begeleider, en kies “Nagekeken”. "
        "Daarna kunt u ermee doorgaan."
    ),
    "ValueOutsideScale": _("Kies een getal van 0 tot en met %(most)s. Er is niets bewaard."),
    "DayNotOfTrial": _("Die dag hoort niet bij dit plan, of moet nog komen. Kies een andere dag."),
    "MoreStepsThanPlanned": _("Deze aanpak heeft %(most)s stappen. Meer kunt u er niet afvinken."),
    "ExecutionNotSaid": _("Schrijf in een zin hoe het is uitgevoerd. Dat staat los van of het hielp."),
    "EffectNotSaid": _("Schrijf in een zin wat u bij de leerling ziet."),
    "EffectCannotBeJudged": _(
        "Het is voor minder dan 60 procent uitgevoerd. Dan weet niemand of het helpt. Laat “Wat ziet u bij de leerling?” leeg."
    ),
    "NotToBeDecidedYet": _(
        "Besluiten kan als bekend is hoe het is uitgevoerd, wat het opleverde en wat de leerling zelf vindt. "
        "Kies anders: later opnieuw kijken."
    ),
    "DeviationWithoutReason": _("U besluit iets anders dan Kring voorstelt. Dat mag. Schrijf op waarom, in minstens %(least)s letters."),
    "RenewedBefore": _("U ging al een keer door zonder iets te veranderen. Pas nu iets aan, bouw af of verdiep."),
    "NextDayOutside": _("Kies een dag vanaf morgen, en binnen %(weeks)s weken."),
    "PupilNotHeard": _("Vul in wie de woorden van de leerling opschreef, of vink aan dat de leerling het zelf deed."),
    "FadingTooEarlyToClose": _("Afsluiten kan vanaf %(probe)s, als bij elk doel minstens twee keer gemeten is of het blijft."),
    "ProbesMissed": _("Twee van de laatste drie metingen haalden het doel niet. Ga eerst een stap terug; afsluiten kan nog niet."),
    "GoalsMissing": _("Schrijf eerst minstens één doel op."),
    "OnlyPupilGoals": _(
        "Alle doelen gaan over de leerling. Bedenk ook iets voor de klas, de school of thuis, of schrijf in minstens %(least)s letters op "
        "waarom dat niet nodig is."
    ),
    "PupilNotSpoken": _("Praat eerst met de leerling, en zet dat gesprek in Kring. Daarna kunt u het plan vaststellen."),
    "GuardiansNotSpoken": _("Praat eerst met de ouders, en zet dat gesprek in Kring. Daarna kunt u het plan vaststellen."),
    "FamilyNotAgreed": _(
        "Er staat iets in het plan wat het gezin gaat doen. Dat kan alleen als de ouders ja zeiden. Schrijf op wie ja zei."
    ),
    "OutsideHelpNotWeighed": _("Kies of u hulp van buiten wilt, en schrijf in minstens %(least)s letters op waarom wel of niet."),
    "ClosedWithoutTransfer": _(
        "Niemand zag nog dat het ook in de klas, op het plein of thuis lukt. Vraag dat eerst na, of schrijf "
        "in minstens %(least)s letters op waarom dat niet kan."
    ),
}
