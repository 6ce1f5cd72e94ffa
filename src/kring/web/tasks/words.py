"""What each task of Kring says, and the page that it leads to. Names are filled in when the owner may see them."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kring.core.access import Record

WORDS: Mapping[str, Promise] = {
    "round.close_due": _("Sluit de afname “%(title)s” af: alles is binnen, of de tijd is om."),
    "round.lists_missing": _("Zorg dat de lijsten van “%(title)s” binnenkomen in %(group)s."),
    "draft.fading": _("Maak af wat u aan het typen was. Daarna is het weg."),
    "consent.expiring": _("De toestemming over %(pupil)s loopt bijna af. Vraag opnieuw om toestemming als u die nog nodig hebt."),
    "case.close_due": _("De casus van %(pupil)s sluit bijna. Kijk of alles klaar is."),
    "pupil.turning_16": _("%(pupil)s wordt 16 en beslist dan zelf wie er meeleest. Vertel het op tijd, ook aan de ouders."),
    "pupil.turning_18": _("%(pupil)s wordt 18. Daarna hoeven de ouders niet meer in te stemmen met een plan."),
    "handover.due": _("Schrijf de warme overdracht van %(group)s voor de volgende leerkracht."),
    "talk.wanted": _("%(pupil)s wil met u praten."),
    "staff_list.fill_in": _("Lees en vul de lijst van het team in."),
    "objection.answers_there": _("%(pupil)s doet niet meer mee aan een lijst die al was ingevuld. Praat thuis over die antwoorden."),
    "role.proposal_waits": _("Een voorstel voor een rol wacht al een week op een akkoord."),
}
SOMETHING = _("Er staat iets voor u klaar.")
A_PUPIL = _("een leerling")
A_GROUP = _("een groep")
A_ROUND = _("een afname die er niet meer is")

LEADS_TO: Mapping[str, tuple[str, Record]] = {
    "round.close_due": ("round", Record.ROUND),
    "round.lists_missing": ("round", Record.ROUND),
    "consent.expiring": ("consent_request", Record.CONSENT_REQUEST),
    "case.close_due": ("case", Record.CASE),
    "pupil.turning_16": ("pupil", Record.PUPIL),
    "pupil.turning_18": ("pupil", Record.PUPIL),
    "handover.due": ("handovers", Record.HANDOVER),
    "talk.wanted": ("talk_request", Record.TALK_REQUEST),
    "staff_list.fill_in": ("staff_list", Record.STAFF_INVITATION),
    "objection.answers_there": ("objection", Record.OBJECTION),
    "role.proposal_waits": ("people", Record.MEMBERSHIP),
}
"""The page that a task leads to, for who may read such records."""

WITHOUT_KEY = frozenset({"handovers", "people"})
"""Pages that are about no single record."""

OWN = "task.own"
"""The kind of a task in one's own words."""
