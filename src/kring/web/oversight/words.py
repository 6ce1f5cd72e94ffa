"""What the log says, in words that people use: what was opened, how, and why something is on the list."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kring.core.access import Record, Role
from kring.core.review import MANY_FILES, MANY_REFUSALS, OPENS, SHUTS, Line, Reason
from kring.web.access_words import RECORDS, ROLES

PAGES: Mapping[str, Promise] = {
    "home": gettext_lazy("beginbladzijde met de groep"),
    "pupil": gettext_lazy("bladzijde over de leerling"),
    "pupil_pdf": gettext_lazy("rapport over de leerling"),
    "group": gettext_lazy("bladzijde over de groep"),
    "group_pdf": gettext_lazy("rapport over de groep"),
    "group_reports": gettext_lazy("rapporten van de groepen"),
    "job_result": gettext_lazy("rapporten van de groepen"),
    "round_group": gettext_lazy("uitslag van een vragenlijst in de groep"),
    "pupil_answers": gettext_lazy("lijst over de leerling, antwoord voor antwoord"),
    "guardian_answers": gettext_lazy("lijst van een ouder, antwoord voor antwoord"),
    "guardian_answer": gettext_lazy("een eigen lijst invullen"),
    "pupil_answer": gettext_lazy("een eigen lijst invullen"),
    "letter_answer": gettext_lazy("een lijst invullen met een brief"),
    "guardian_sent": gettext_lazy("een eigen lijst teruglezen"),
    "pupil_sent": gettext_lazy("een eigen lijst teruglezen"),
    "critical_reading": gettext_lazy("vier vragen bij een uitslag"),
    "pupil_directions": gettext_lazy("richtingen bij een uitslag van de leerling"),
    "group_directions": gettext_lazy("richtingen bij een uitslag van de groep"),
    "result_show": gettext_lazy("een uitslag tonen na een gesprek"),
    "my_results": gettext_lazy("uitslagen die getoond zijn"),
    "my_result": gettext_lazy("uitslag die getoond is"),
    "sociogram": gettext_lazy("sociogram van de groep"),
    "upload": gettext_lazy("bestanden inlezen voor de groep"),
    "upload_example": gettext_lazy("namenlijst van de groep"),
    "upload_preview": gettext_lazy("ingelezen bestanden van de groep"),
    "find": gettext_lazy("zoeken: een lijst met namen"),
    "suggestions": gettext_lazy("zoeken: een lijst met namen"),
    "corrections": gettext_lazy("lijsten en herstelde fouten van de leerling"),
    "move_list": gettext_lazy("een lijst verplaatsen"),
    "merge_candidates": gettext_lazy("wie er mogelijk dubbel in staat"),
    "merge_pupils": gettext_lazy("twee leerlingen naast elkaar, om te zien of het er één is"),
    "who_looked": gettext_lazy("wie er in het dossier keek"),
    "who_looked_for": gettext_lazy("wie er in het dossier keek, op verzoek"),
    "log": gettext_lazy("logboek"),
    "log_spreadsheet": gettext_lazy("logboek"),
    "week_review": gettext_lazy("weeklijst van het logboek"),
}
"""Pages by their route; of another page the kind of record is said."""


def what_words(route: str, record: str) -> str:
    """Which page or record."""
    if route in PAGES:
        return str(PAGES[route])
    return str(RECORDS[Record(record)]) if record in set(Record) else ""


def unnamed_words(route: str) -> str:
    """Which page, or no more than that it was something of the file."""
    return str(PAGES[route]) if route in PAGES else _("iets in het dossier")


def role_words(role: str) -> str:
    return str(ROLES[Role(role)]) if role in set(Role) else ""


REASONS: Mapping[Reason, Promise] = {
    Reason.BREAK_GLASS: gettext_lazy("Noodtoegang"),
    Reason.MANY_FILES: gettext_lazy("Veel dossiers in een uur"),
    Reason.FULL_EXPORT: gettext_lazy("Rapporten van de hele school opgehaald"),
    Reason.SIGN_IN_ALARM: gettext_lazy("Veel mislukt inloggen"),
    Reason.OWN_CHILD: gettext_lazy("Dossier van het eigen kind"),
    Reason.COLLEAGUES_CHILD: gettext_lazy("Dossier van het kind van een collega"),
    Reason.OUTSIDE_OWN_GROUP: gettext_lazy("Buiten de eigen groep"),
    Reason.MANY_REFUSALS: gettext_lazy("Vaak geweigerd"),
    Reason.EXPORT: gettext_lazy("Bestanden opgehaald"),
    Reason.RIGHTS_CHANGED: gettext_lazy("Rechten veranderd"),
    Reason.OUTSIDE_HOURS: gettext_lazy("Buiten schooltijd"),
}


def rule_words(line: Line) -> str:
    """Why this is on the list: the rule with its threshold, and what was counted."""
    return capfirst(_RULES[line.reason](line))


def _times(n: int) -> str:
    return ngettext("%(n)d keer", "%(n)d keer", n) % {"n": n}


def _pupils(n: int) -> str:
    return ngettext("%(n)d leerling", "%(n)d leerlingen", n) % {"n": n}


_RULES = {
    Reason.BREAK_GLASS: lambda line: _("wie noodtoegang neemt, staat altijd op de lijst. %(times)s.") % {"times": _times(line.acts)},
    Reason.MANY_FILES: lambda line: (
        _("meer dan %(most)d verschillende dossiers binnen een uur. Het waren er %(n)d.") % {"most": MANY_FILES, "n": line.pupils}
    ),
    Reason.FULL_EXPORT: lambda line: (
        _("wie de rapporten van de hele school ophaalt, staat altijd op de lijst. %(times)s.") % {"times": _times(line.acts)}
    ),
    Reason.SIGN_IN_ALARM: lambda line: (
        _("het inloggen mislukte in een uur zo vaak dat iemand misschien wachtwoorden probeert. %(times)s.") % {"times": _times(line.acts)}
    ),
    Reason.OWN_CHILD: lambda line: (
        _("wie hier werkt, bekijkt het dossier van het eigen kind als ouder en niet als collega. %(times)s.") % {"times": _times(line.acts)}
    ),
    Reason.COLLEAGUES_CHILD: lambda line: (
        _("een kind van een collega, aan wie deze persoon geen les geeft. %(times)s, %(pupils)s.")
        % {"times": _times(line.acts), "pupils": _pupils(line.pupils)}
    ),
    Reason.OUTSIDE_OWN_GROUP: lambda line: (
        _("een leerling of groep waar deze persoon toen geen les aan gaf. %(times)s, %(pupils)s.")
        % {"times": _times(line.acts), "pupils": _pupils(line.pupils)}
    ),
    Reason.MANY_REFUSALS: lambda line: (
        _("%(most)d keer of vaker in een week iets gevraagd wat niet mocht of niet bestond. %(times)s.")
        % {"most": MANY_REFUSALS, "times": _times(line.acts)}
    ),
    Reason.EXPORT: lambda line: (
        _("wie een bestand met gegevens van leerlingen ophaalt, staat op de lijst. %(times)s.") % {"times": _times(line.acts)}
    ),
    Reason.RIGHTS_CHANGED: lambda line: (
        _("wie een rol, gezag of toegang verandert, staat op de lijst. %(times)s.") % {"times": _times(line.acts)}
    ),
    Reason.OUTSIDE_HOURS: lambda line: (
        _("in het weekend, voor %(opens)d uur of na %(shuts)d uur gelezen over leerlingen. %(times)s, %(pupils)s.")
        % {"opens": OPENS, "shuts": SHUTS, "times": _times(line.acts), "pupils": _pupils(line.pupils)}
    ),
}
