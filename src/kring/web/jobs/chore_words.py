"""What each chore is called on the page of the administrator."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

CHORES: Mapping[str, object] = {
    "jobs": _("Onderbroken werk weer oppakken"),
    "mail": _("Berichten per e-mail versturen"),
    "log": _("De stand van het logboek vastleggen"),
    "files": _("Verlopen bestanden weggooien"),
    "figures": _("De cijfers van afgesloten afnames tellen"),
    "drafts": _("Verlopen concepten weggooien"),
    "answering": _("Weggooien wat van het invullen is blijven liggen"),
    "tasks": _("Taken geven en afsluiten"),
    "talks": _("Erop letten dat een leerling die wil praten niet te lang wacht"),
    "passing_on": _("Taken doorgeven als iemand stopt"),
    "handovers": _("Warme overdrachten weghalen als hun tijd om is"),
    "queue": _("De lijst van oud achtergrondwerk opruimen"),
    "sessions": _("Verlopen aanmeldingen weggooien"),
}
