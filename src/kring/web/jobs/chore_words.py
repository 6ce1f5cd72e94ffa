"""What each chore is called on the page of the administrator."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

CHORES: Mapping[str, object] = {
    "jobs": _("Onderbroken werk weer oppakken"),
    "mail": _("Berichten per e-mail versturen"),
    "log": _("De stand van het logboek vastleggen"),
    "files": _("Verlopen bestanden weggooien"),
    "figures": _("De cijfers van afgesloten afnames tellen"),
    "groups": _("Uitrekenen hoe zeker de groepjes in een sociogram zijn"),
    "attention": _("Uitrekenen naar welke leerlingen iemand moet kijken"),
    "drafts": _("Verlopen concepten weggooien"),
    "answering": _("Weggooien wat van het invullen is blijven liggen"),
    "tasks": _("Taken geven en afsluiten"),
    "absences": _("Verzuim van vóór het vorige schooljaar weggooien"),
    "nameless_worries": _("Zorgen zonder naam weggooien die een jaar oud zijn"),
    "worries": _("Erop letten dat een leerling die zich zorgen maakt over een vriend niet te lang wacht"),
    "suspicions": _("Erop letten dat een vermoeden altijd door iemand wordt gelezen, en nooit door een ouder van het kind"),
    "newcomers": _("Zien wie er nieuw is, en taken klaarzetten voor de eerste weken"),
    "talks": _("Erop letten dat een leerling die wil praten niet te lang wacht"),
    "signals": _("Erop letten dat elk signaal antwoord krijgt"),
    "passing_on": _("Taken doorgeven als iemand stopt"),
    "choices": _("Losse keuzes van leerlingen weggooien als hun tijd om is"),
    "photos": _("Foto’s weghalen van leerlingen die van school zijn"),
    "handovers": _("Warme overdrachten weghalen als hun tijd om is"),
    "expert_reports": _("Verslagen van deskundigen weggooien die twee jaar oud zijn"),
    "factors": _("Vragen of nog klopt wat een leerling beschermt of kwetsbaar maakt, en het anders weghalen"),
    "queue": _("De lijst van oud achtergrondwerk opruimen"),
    "sessions": _("Verlopen aanmeldingen weggooien"),
}
