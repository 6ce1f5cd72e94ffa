"""The sentences of rules about plans: states and stages, the group plan, trials, the deepened cycle, extra support. See wording.py."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

OF_PLANS: Mapping[str, object] = {
    "EditedMeanwhile": _(
        "Iemand anders bewaarde dit net ook. Er is nog niets veranderd. Kijk hieronder hoe het nu is, en probeer het dan nog een keer."
    ),
    "PlanNotInState": _("Dit plan is al verder of juist nog niet zo ver. Misschien was een collega u voor. Er is niets veranderd."),
    "StageWithoutReason": _("U slaat een stap over. Schrijf op waarom, in minstens %(least)s letters."),
    "PlanEndsTooSoon": _("De laatste dag komt na de eerste dag. Kies andere dagen."),
    "PlanWithoutPeriod": _("Kies eerst de eerste en de laatste dag van het plan. Daarna kunt u het vaststellen."),
    "GroupPlanRunsAlready": _("Voor deze groep loopt al een groepsplan. Evalueer dat eerst; daarna kan dit plan van start."),
    "GroupPlanBeingWritten": _("Voor deze groep is al een nieuw groepsplan in de maak. Ga daarin verder."),
    "PlanChangedSinceRead": _(
        "Een collega veranderde dit plan nadat u het las: %(what)s. Lees hieronder hoe het nu is, en stel het dan vast."
    ),
    "EarlierPlanNotEvaluated": _(
        "Het vorige groepsplan is nog niet geëvalueerd. Doe dat eerst, of schrijf op waarom dat niet kan, in minstens %(least)s letters."
    ),
    "CopiedUnchanged": _("Dit plan zegt precies hetzelfde als het vorige. Pas aan wat u in die tijd geleerd hebt, en stel het dan vast."),
    "ClassPartEmpty": _(
        "Er staat nog niets bij de aanpak voor de hele groep. Vul die eerst in: hulp voor enkelen werkt alleen waar de basis staat."
    ),
    "ClusterWithoutEnd": _("Bij “%(need)s” staat geen einddatum. Hulp op niveau 2 is kort en gericht: kies een laatste dag."),
    "ClusterOutsidePeriod": _("“%(need)s” eindigt na de laatste dag van het plan. Kies een eerdere dag."),
    "PartnerNotConsidered": _("Schrijf bij “%(need)s” op welke partner van buiten meedenkt, of waarom er geen nodig is."),
    "EscalationMissing": _("Schrijf bij “%(need)s” op wat u doet als het erger wordt."),
    "PupilOnTwoLevels": _("Een leerling staat voor “%(need)s” op twee niveaus. Kies één niveau per behoefte."),
    "ClassComesFirst": _(
        "%(percent)s procent van de groep staat op niveau 3. Dan is de groep zelf de vraag. Werk eerst met de hele groep, "
        "of schrijf op waarom u dat niet doet, in minstens %(least)s letters."
    ),
    "NeedWordedAsFault": _(
        "Dit zegt wat er mis is. Schrijf op wat er nodig is, bijvoorbeeld: “korte opdrachten en vooraf weten wat er komt”."
    ),
    "DevelopmentPlanThere": _("Deze leerling heeft al een OPP dat nog niet is afgesloten. Ga daarin verder."),
    "NeedsNotAsked": _("Beantwoord eerst de vragen vooraf: wat deze leerling nodig heeft, en wat de school nodig heeft."),
    "TeacherNeedMissing": _("Schrijf op wat de leerkracht nodig heeft. Zonder dat is de hulp voor de leerling niet te geven."),
    "PictureMissing": _("Schrijf eerst het integratief beeld: een samenvatting in uw eigen woorden."),
    "PictureTooLong": _("Het beeld is te lang. Vat samen in hooguit %(most)s tekens; wat elders staat, kiest u als link."),
    "PictureCopied": _("Hier staat een stuk letterlijk uit wat elders al staat. Vat het samen; het hele stuk kiest u als link."),
    "DestinationMissing": _("Kies de verwachte uitstroombestemming, en schrijf op waarom u die verwacht."),
    "FactorsMissing": _("Schrijf op wat helpt en wat hindert. Beide horen in een OPP."),
    "GuidanceMissing": _("Het handelingsdeel is nog niet af: schrijf de begeleiding op, met minstens één doel en de hulp daarvoor."),
    "HelpIncomplete": _("Bij een hulp ontbreekt wie het doet, waar, of hoeveel uur per week. Vul dat aan."),
    "DeviationsMissing": _("Schrijf op waarin het onderwijs afwijkt van het programma van de klas, of dat er niets afwijkt."),
    "CheckMissing": _("Dit plan duurt langer dan %(weeks)s weken. Kies minstens één dag waarop u tussendoor kijkt."),
    "CheckOutsidePeriod": _("Tussendoor kijken doet u na de eerste en voor de laatste dag van het plan. Kies een andere dag."),
    "HearingMissing": _("De leerling is hierover nog niet gehoord. Doe dat eerst, of schrijf op waarom het niet kan."),
    "HearingEmpty": _("Schrijf op wat de leerling zei, of waarom horen niet kon, in minstens %(least)s letters."),
    "NothingDoneWithIt": _("Schrijf op wat er gedaan is met wat de leerling zei, of waarom niet, in minstens %(least)s letters."),
    "AnsweredThemselves": _("Deze persoon antwoordde zelf in Kring en kan dat daar veranderen. Alleen een ja intrekken mag ook hier."),
    "NobodyToAgree": _("Er staat niemand met gezag bij deze leerling. Kijk dat eerst na: zonder akkoord begint het handelingsdeel niet."),
    "ActionPartWaits": _("Nog niet iedereen met gezag heeft geantwoord. Het handelingsdeel begint als iedereen akkoord is."),
    "ActionPartRefused": _(
        "Iemand met gezag is niet akkoord. Dan begint het handelingsdeel niet. Praat verder, en pas het plan zo nodig aan."
    ),
    "NothingChanged": _("Er is niets veranderd sinds de laatste versie."),
    "SignedByMaker": _("U stelde deze versie zelf vast. Iemand anders ondertekent."),
    "OtherSettingWithoutQuestion": _("Schrijf op wat u vraagt en waarom het hier niet kan, in minstens %(least)s letters."),
    "CourseWithoutReason": _("Schrijf op waarom, in minstens %(least)s letters."),
    "GuardiansNotConsulted": _(
        "Praat eerst met de ouders om het samen eens te worden, en zet dat gesprek in Kring. Daarna kunt u het OPP vaststellen."
    ),
    "NextLookOutside": _("Kies een dag vanaf morgen, en uiterlijk over een jaar."),
    "LooseAction": _(
        "Voor iets ernstigs is dit te weinig. Zet er minstens twee acties bij die bij elkaar horen, waarvan één met de ouders, "
        "of schrijf op waarom dit genoeg is, in minstens %(least)s letters."
    ),
}
