"""The sentences of rules about worries, suspicions, needs, absence and new pupils. See wording.py."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

OF_CARE: Mapping[str, object] = {
    "SuspectedOfNobody": _("Kies om welke leerling het gaat, of typ de naam. Er is niets bewaard."),
    "SeenLaterThanToday": _("Die dag moet nog komen. Kies de dag waarop het werd gezien of gehoord."),
    "NobodyLeftAtFile": _(
        "Dan blijft er niemand over die beslist wie meeleest. Laat eerst een aandachtsfunctionaris of intern begeleider meelezen."
    ),
    "WeekWithoutSchool": _("In de week van %(monday)s is er geen school. Er is niets bewaard."),
    "WeekToCome": _("De week van %(monday)s moet nog komen. Er is niets bewaard."),
    "MoreDaysThanSchool": _("In deze week kan een leerling hooguit %(most)s dagen ziek zijn. Er is niets bewaard."),
    "LimitUnlikely": _("Kies een getal van %(low)s tot en met %(high)s. Er is niets veranderd."),
    "PromptSettled": _("Dit is al nagekeken. Er is niets veranderd."),
    "ReportedDayMissing": _("Vul in op welke dag het is gemeld. Er is niets bewaard."),
    "LookedUpLater": _("Die dag moet nog komen. Vul de dag in waarop het was."),
    "WorrySaysNothing": _("Schrijf in een zin op waar het om gaat. Er is nog niets verstuurd."),
    "WorryTooLong": _("Dit is te lang. Schrijf hooguit %(most)s letters; de rest kan in een gesprek."),
    "WordsOpenNothing": _("Met deze woorden is er niets gevonden. Kijk of je ze goed hebt getypt."),
    "TooManyWrongWords": _("Dat waren te veel verkeerde woorden. Probeer het over een uur nog eens."),
    "WorryEnded": _("Dit is al afgerond. Er is niets verstuurd."),
    "BuddyNotInGroup": _("Kies iemand uit dezelfde groep. Er is niets veranderd."),
    "BuddyNotAsked": _("Vraag het eerst aan allebei. Pas als beiden ja zeggen, legt u het vast."),
    "StepLaterThanToday": _("Die dag moet nog komen. Vul in op welke dag het was."),
    "WatchEnded": _("Dit is al afgerond. Er is niets veranderd."),
    "EndedBeforeTalk": _("Er is nog niet gepraat. Houd eerst het gesprek, of schrijf in een zin op waarom u toch stopt."),
    "NeedSaysNothing": _("Schrijf in een hele zin op wat u nodig hebt. Er is nog niets bewaard."),
    "CoachNotToChoose": _("Deze collega kan nu geen coach zijn. Kies iemand die hier staat."),
    "NeedOver": _("Dit is al afgerond. Er is niets veranderd."),
    "NotToLetIn": _("Deze collega kan nu niet meelezen, of leest al mee. Er is niets veranderd."),
}
