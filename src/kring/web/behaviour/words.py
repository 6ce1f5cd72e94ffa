"""What went before, what followed, when, and what it may be for: in words that describe a situation, never a child."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kring.core.function_analysis import After, Before, Function, PartOfDay, Question
from kring.core.signs import Place
from kring.web.signals.words import PLACES

BEFORES: Mapping[str, Promise] = {
    Before.TASK: _("kreeg een opdracht"),
    Before.WAITING: _("moest wachten"),
    Before.CHANGE: _("iets hield op of begon"),
    Before.REFUSED: _("kreeg nee te horen"),
    Before.ALONE: _("niemand keek of hielp"),
    Before.PEERS: _("een klasgenoot zei of deed iets"),
    Before.CROWD: _("het was druk of luid"),
    Before.OTHER: _("iets anders"),
}
AFTERS: Mapping[str, Promise] = {
    After.ADULT: _("een volwassene kwam erbij"),
    After.PEERS: _("klasgenoten keken of deden mee"),
    After.TASK_GONE: _("de taak stopte of werd korter"),
    After.AWAY: _("ging of mocht ergens anders heen"),
    After.GOT_IT: _("kreeg of deed wat de leerling wilde"),
    After.HELP: _("kreeg hulp of rust"),
    After.NOTHING: _("er gebeurde niets"),
    After.OTHER: _("iets anders"),
}
PARTS: Mapping[str, Promise] = {
    PartOfDay.START: _("bij het begin, tot 9.00 uur"),
    PartOfDay.MORNING: _("in de ochtend, tot 12.00 uur"),
    PartOfDay.NOON: _("rond de middag, tot 13.15 uur"),
    PartOfDay.AFTERNOON: _("in de middag"),
}
FUNCTIONS: Mapping[str, Promise] = {
    Function.ADULT: _("misschien om een volwassene erbij te krijgen"),
    Function.PEERS: _("misschien om bij klasgenoten te horen of gezien te worden"),
    Function.OBTAIN: _("misschien om iets te krijgen of te mogen doen"),
    Function.AVOID_TASK: _("misschien om een taak uit te stellen die nu te veel vraagt"),
    Function.AVOID_PEOPLE: _("misschien om even weg te zijn van mensen of drukte"),
    Function.SENSES: _("misschien omdat het lijf rust of juist beweging zoekt"),
    Function.UNCLEAR: _("nog niet te zeggen"),
}
QUESTIONS: Mapping[str, Promise] = {
    Question.KNOWN: _("1. Wat weten wij al?"),
    Question.FACTORS: _("2. Wat lokt het uit of houdt het in stand? Wat daarvan kunnen wij veranderen?"),
    Question.LEARNED: _("3. Wat leerden wij van wat wij eerder probeerden?"),
    Question.FURTHER: _("4. Wat doen wij nu?"),
}
WHERE: Mapping[str, Promise] = {place.value: word for place, word in PLACES.items() if place is not Place.ONLINE}
