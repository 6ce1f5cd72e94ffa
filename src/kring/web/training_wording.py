"""The sentences of trainings, of telling parents, of the steps of the reporting code and of the steps after absence."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

OF_TRAININGS: Mapping[str, object] = {
    "SizeUnlikely": _("Een training is voor %(low)s tot en met %(high)s leerlingen."),
    "TrainingEndsBeforeStart": _("De laatste dag ligt voor de eerste. Kies een latere laatste dag."),
    "MustStayConfidential": _("Bij dit onderwerp blijft besloten wie er meedoet. Zet “Besloten” aan."),
    "TrainingFull": _("De training is vol: er is plaats voor %(most)s. Wacht op een volgende keer, of plan er een training bij."),
    "InTrainingAlready": _("Deze leerling doet al mee."),
    "TrainingGoalMissing": _("Schrijf in minstens %(least)s letters op wat de leerling wil leren, het liefst in eigen woorden."),
    "SessionOutside": _("Kies een dag van %(first)s tot en met %(last)s."),
    "SessionThatDay": _("Op deze dag is er al een bijeenkomst."),
    "SessionToCome": _("Deze bijeenkomst moet nog komen. Leg op de dag zelf vast wie er was."),
    "NotAgreedYet": _(
        "Niet iedereen die ja moet zeggen, had dat die dag gedaan. Vraag eerst toestemming en leg die vast; daarna doet de leerling mee."
    ),
    "PlacesTaken": _("Er doen al %(taken)s leerlingen mee. Kies minstens zo veel plaatsen."),
    "SessionLeftOut": _("Op %(day)s is er een bijeenkomst. Kies dagen waar die binnen valt."),
    "OpenedWithPupils": _("Er doen leerlingen mee, en hun ouders zeiden ja tegen een besloten training. Laat “Besloten” aan staan."),
    "AgreedInFuture": _("Die dag moet nog komen. Kies de dag waarop er ja is gezegd."),
    "NobodyAgreed": _("Kies wie er ja zei: een ouder met gezag, of vanaf 16 jaar de leerling zelf."),
    "LevelOutside": _("Kies een getal van %(low)s tot en met %(high)s."),
    "TransferMissing": _(
        "Van %(many)s leerlingen staat er nog niet bij of het ook buiten de training lukt. Kijk dat eerst na; daarna kunt u afsluiten."
    ),
    "TransferUnfinished": _(
        "Schrijf op waar de leerling het gebruikt, wie eraan helpt denken, en op welke dag u keek. Die dag is al geweest."
    ),
    "TrainingClosed": _("Deze training is afgesloten en blijft zoals die was."),
    "TalkedInFuture": _("Die dag moet nog komen. Kies de dag waarop u met de leerling praatte."),
    "ToldBeforeTalk": _("Eerst praat u met de leerling, dan met de ouders. Kies een dag na dat gesprek, tot en met vandaag."),
    "ToldAlready": _("Er staat al op welke dag de ouders het hoorden."),
    "ToldAgainstUnexplained": _("De leerling zei geen ja. Schrijf in minstens %(least)s letters waarom het toch niet kon wachten."),
    "StepToComeYet": _("Deze dag moet nog komen. Leg een stap vast als die gezet is."),
    "StepUnweighed": _("Schrijf in minstens %(least)s letters op wat u bij deze stap deed of afwoog."),
    "SkippingUnexplained": _("Slaat u deze stap over? Schrijf in minstens %(least)s letters waarom."),
    "StepsBeforeMissing": _("Stap %(number)s is nog niet gezet. Leg die eerst vast, of schrijf op waarom u hem overslaat."),
    "NobodyConsulted": _("Schrijf op met welke collega of met wie van Veilig Thuis u overlegde."),
    "QuestionsUnanswered": _("Beantwoord bij stap 5 beide vragen in eigen woorden, en kies wat u besluit."),
    "DecisionNotSkipped": _("Stap 5 slaat u niet over: er wordt altijd een besluit genomen."),
    "AbsenceStepDone": _("Deze stap is al gezet."),
    "AbsenceStepToCome": _("Die dag moet nog komen. Kies de dag waarop het gebeurde."),
    "AbsenceOutcomeMissing": _(
        "Schrijf in minstens %(least)s letters wat eruit kwam. Niet wat de leerling heeft: dat blijft bij de schoolarts."
    ),
    "AbsencePlannedInPast": _("Kies een dag vanaf vandaag."),
}
