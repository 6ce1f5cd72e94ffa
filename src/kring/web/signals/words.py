"""What signs, places, families and answers are called: neutral, in plain Dutch."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kring.core.language_mirror import Mirrored
from kring.core.signals import FirstStep
from kring.core.signs import Family, Place

SIGN_WORDS: Mapping[str, Promise] = {
    "speaks-low-of-self": _("praat weinig goed over zichzelf"),
    "cries-easily": _("huilt snel"),
    "tired": _("is moe, gaapt, legt het hoofd neer"),
    "absent-minded": _("is met de gedachten elders"),
    "says-nothing": _("zegt bijna niets"),
    "afraid-of-mistakes": _("begint niet, bang voor een fout"),
    "avoids-new": _("gaat iets nieuws uit de weg"),
    "often-ill": _("heeft vaak hoofdpijn of buikpijn"),
    "avoids-gym": _("doet vaak niet mee met gym"),
    "long-sleeves-when-warm": _("draagt lange mouwen als het warm is"),
    "many-layers": _("draagt veel lagen kleren, smal gezicht"),
    "often-to-toilet": _("gaat vaak naar de wc"),
    "eats-little": _("eet weinig of niets op school"),
    "alone-at-break": _("staat in de pauze alleen"),
    "not-joining-in": _("komt er in de groep niet bij"),
    "lost-touch-with-classmates": _("heeft minder contact met klasgenoten dan eerst"),
    "left-out-by-others": _("wordt door anderen niet gekozen of weggestuurd"),
    "sits-at-the-edge": _("zit achteraan of aan de rand"),
    "little-known-by-us": _("valt ons weinig op: we weten weinig van dit kind"),
    "little-homework": _("heeft het huiswerk vaak niet af"),
    "falling-marks": _("haalt lagere cijfers dan eerst"),
    "games-until-late": _("vertelt tot laat te gamen"),
    "quarrels": _("heeft ruzie"),
    "angry-quickly": _("wordt snel boos"),
    "hurts-others": _("doet een ander pijn"),
    "trouble-waiting": _("praat of loopt door de les, wachten lukt niet"),
    "leaves-the-room": _("loopt de klas uit"),
    "breaks-things": _("maakt spullen stuk"),
}
PLACES: Mapping[Place, Promise] = {
    Place.CLASSROOM: _("in de klas"),
    Place.CORRIDOR: _("op de gang"),
    Place.PLAYGROUND: _("op het plein"),
    Place.GYM: _("bij gym"),
    Place.CHANGING_ROOM: _("in de kleedkamer"),
    Place.CANTEEN: _("in de kantine, bij het eten"),
    Place.TOILETS: _("bij de wc’s"),
    Place.ENTRANCE: _("bij de deur, bij het brengen en halen"),
    Place.OUTING: _("op een uitje"),
    Place.ONLINE: _("online, in een groepsapp"),
    Place.ELSEWHERE: _("ergens anders"),
}
FAMILIES: Mapping[Family, Promise] = {
    Family.EMOTIONS: _("gevoelens"),
    Family.BEHAVIOUR: _("gedrag"),
    Family.SOCIAL: _("contact met anderen"),
}
WORRIES: Mapping[int, Promise] = {1: _("om te weten"), 2: _("zorg"), 3: _("grote zorg")}
STEPS: Mapping[FirstStep, Promise] = {
    FirstStep.KNOWS: _("Ik weet wat dit kind leuk vindt en waar het goed in is."),
    FirstStep.CONTACT: _("Ik had gewoon contact met het kind, los van dit signaal."),
    FirstStep.FOUND_OUT: _("Ik vroeg het kind zelf wat er speelt."),
}
MIRRORED: Mapping[Mirrored, Promise] = {
    Mirrored.DIAGNOSIS: _("een diagnose"),
    Mirrored.LABEL: _("een etiket"),
    Mirrored.JUDGEMENT: _("een oordeel"),
    Mirrored.GOSSIP: _("van horen zeggen"),
    Mirrored.OTHER_PUPIL: _("naam van een ander kind"),
}
QUESTIONS: tuple[Promise, ...] = (
    _("Herken ik dit in de klas, ook op andere momenten?"),
    _("Is er reden om dit kind extra te volgen of te begeleiden?"),
    _("Wat laat de lijst over veiligheid van deze groep zien?"),
    _("Hoe vaak is dit kind er niet, of te laat?"),
)
"""Four questions that one asks oneself before answering."""
