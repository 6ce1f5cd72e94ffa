"""The sentences of rules about plans: states and stages, the group plan, trials, the deepened cycle, extra support. See wording.py."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

OF_PLANS: Mapping[str, object] = {
    "EditedMeanwhile": _("Iemand anders bewaarde dit net ook. Uw tekst is niet weg: u ziet hieronder beide teksten."),
    "PlanNotInState": _("Dit plan is al verder of juist nog niet zo ver. Misschien was een collega u voor. Er is niets veranderd."),
    "StageWithoutReason": _("U slaat een stap over. Schrijf op waarom, in minstens %(least)s letters."),
    "PlanEndsTooSoon": _("De laatste dag komt na de eerste dag. Kies andere dagen."),
    "PlanWithoutPeriod": _("Kies eerst de eerste en de laatste dag van het plan. Daarna kunt u het vaststellen."),
    "GroupPlanRunsAlready": _("Voor deze groep loopt al een groepsplan. Evalueer dat eerst; daarna kan dit plan van start."),
    "GroupPlanBeingWritten": _("Voor deze groep is al een nieuw groepsplan in de maak. Ga daarin verder."),
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
    "LooseAction": _(
        "Voor iets ernstigs is dit te weinig. Zet er minstens twee acties bij die bij elkaar horen, waarvan één met de ouders, "
        "of schrijf op waarom dit genoeg is, in minstens %(least)s letters."
    ),
}
