"""What every event of the log is called. Of most the last word says it; with the record before it, it is a sentence."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EVENTS: Mapping[str, Promise] = {
    "page.read": _("bekeken"),
    "page.printed": _("als pdf opgehaald"),
    "file.exported": _("als bestand opgehaald"),
    "report.made": _("klaargezet om op te halen"),
    "page.refused": _("geweigerd"),
    "login.succeeded": _("ingelogd"),
    "login.failed": _("inloggen mislukt"),
    "login.wrong_code": _("verkeerde code bij het inloggen"),
    "login.locked": _("even op slot na te veel pogingen"),
    "login.alarm": _("alarm: zeer vaak mislukt inloggen"),
    "login.proved_again": _("tweede stap opnieuw gedaan"),
    "login.ended": _("uitgelogd"),
    "session.ended": _("een sessie afgesloten"),
    "factor.added": _("tweede stap toegevoegd"),
    "factor.removed": _("tweede stap weggehaald"),
    "recovery_codes.renewed": _("nieuwe herstelcodes gemaakt"),
    "password.changed": _("wachtwoord veranderd"),
    "identity.linked": _("inloggen via het bestuur gekoppeld"),
    "identity.unlinked": _("inloggen via het bestuur ontkoppeld"),
    "mail_address.asked": _("adres voor berichten opgegeven"),
    "mail_address.confirmed": _("adres voor berichten bevestigd"),
    "mail_address.removed": _("adres voor berichten weggehaald"),
    "invitation.used": _("uitnodiging gebruikt"),
    "task.made": _("zelf een taak opgeschreven"),
    "task.done": _("afgevinkt"),
    "task.undone": _("weer opengezet"),
    "task.put_off": _("uitgesteld"),
    "task.dropped": _("vervallen"),
    "consent.pupil_heard": _("de leerling is gehoord"),
    "consent.recorded_on_paper": _("op papier gegeven, en vastgelegd"),
    "case.colleague_added": _("collega toegevoegd"),
    "case.member_removed": _("deelnemer weggehaald"),
    "case.partner_added": _("partner toegevoegd"),
    "case.partner_invited": _("partner uitgenodigd"),
    "consultation.seat_ended": _("meedenken beëindigd"),
    "consultation.seat_given": _("gevraagd om mee te denken"),
    "job.asked_again": _("opnieuw gevraagd"),
    "glass.searched": _("gezocht voor noodtoegang"),
    "glass.broken": _("noodtoegang genomen"),
}

DONE: Mapping[str, Promise] = {
    "added": _("toegevoegd"),
    "advised": _("advies gegeven"),
    "answered": _("beantwoord"),
    "applied": _("overgenomen"),
    "approved": _("goedgekeurd"),
    "asked": _("gevraagd"),
    "changed": _("gewijzigd"),
    "checked": _("nagekeken"),
    "closed": _("afgesloten"),
    "confirmed": _("bevestigd"),
    "declined": _("afgewezen"),
    "ended": _("beëindigd"),
    "given": _("gegeven"),
    "invited": _("uitgenodigd"),
    "made": _("gemaakt"),
    "opened": _("geopend"),
    "proposed": _("voorgesteld"),
    "recorded": _("vastgelegd"),
    "registered": _("ingeschreven"),
    "reviewed": _("beoordeeld"),
    "seen": _("gezien"),
    "shared": _("gedeeld"),
    "signed": _("getekend"),
    "taken": _("ingetrokken"),
    "thrown_away": _("weggegooid"),
    "withdrawn": _("ingetrokken"),
    "written": _("geschreven"),
}


def how_words(name: str) -> str:
    """What was done; an event without words is told by its own name, which a test does not let pass."""
    said = EVENTS.get(name) or DONE.get(name.partition(".")[2])
    return str(said) if said else name
