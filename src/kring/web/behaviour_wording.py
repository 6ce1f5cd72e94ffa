"""The sentences of the rules of function analyses and daily cards (kring.core.function_analysis, check_in_cards)."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

OF_BEHAVIOUR: Mapping[str, object] = {
    "RecordNotSeenYet": _("Dit moment moet nog komen. Kijk de dag en de tijd na."),
    "RecordTooOld": _("Dit is meer dan %(days)s dagen geleden. Schrijf op wat u kortgeleden zag; wat u zich herinnert, hoort bij vraag 1."),
    "OtherWithoutWords": _("U koos “iets anders”. Schrijf erbij wat het was."),
    "TooFewRecords": _("Er zijn nog te weinig notities om iets te vermoeden: %(records)s van de %(least)s. Laat het vermoeden nog leeg."),
    "OneObserver": _("Eén persoon zag dit. Vraag minstens één collega om ook mee te kijken: ieder ziet iets anders."),
    "GuessHalf": _("Kies waar het misschien om gaat, en schrijf in minstens %(least)s letters op waar u dat aan ziet. Of laat beide leeg."),
    "QuestionsOpen": _("Nog niet alle vier de vragen hebben een antwoord van minstens %(least)s letters. Er ontbreken er nog %(missing)s."),
    "AnalysisSettled": _("Deze analyse is vastgesteld en blijft zoals zij is. Weet u later meer? Begin dan een nieuwe."),
    "CardGoals": _("Schrijf één, twee of drie verschillende doelen op, en niet meer."),
    "CardGoalNotPositive": _("In een doel staat “%(word)s”. Schrijf op wat de leerling wél doet, zoals “ik begin binnen vijf minuten”."),
    "CardMoments": _("Kies één tot %(most)s verschillende momenten van de dag."),
    "CardTarget": _("Kies een streefgetal van %(least)s tot en met %(most)s procent van de punten."),
    "CardWithoutEnd": _("Kies een laatste dag na de eerste, hooguit %(weeks)s weken later. Daarna kijkt u samen of het nog nodig is."),
    "CardRunsAlready": _("Deze leerling heeft in die dagen al een dagkaart. Stop die eerst, of kies andere dagen."),
    "DayNotOnCard": _("Deze dag staat niet op de kaart, of moet nog komen. Kies een andere dag."),
    "NoSchoolThatDay": _("Op deze dag was er geen school. Daar hoeft u niets in te vullen."),
    "PointsTaken": _("Bij moment %(moment)s staat al een hoger punt. Wat gegeven is, blijft gegeven. Er is niets veranderd."),
    "MomentsNotFewer": _("Afbouwen is: minstens één moment houden en minstens één moment loslaten."),
    "CardOver": _("Deze kaart is voorbij. Is er weer een nodig, maak dan een nieuwe."),
}
