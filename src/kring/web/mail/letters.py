"""The text of a message: that something is waiting, and where. No name, no school, no subject: whoever reads along learns nothing."""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from kring.web.mail.models import OutgoingMail

NOBODY = Address("Kring", "kring", "localhost")  # in the demo


def letter(mail: OutgoingMail, address: str, code: str, *, language: str, at: datetime) -> EmailMessage:
    """As it goes. Its number is that of the row: a server that gets it twice knows."""
    sender = settings.MAIL.sender if settings.MAIL else NOBODY
    made = EmailMessage()
    made["From"] = sender
    made["To"] = Address(addr_spec=address)
    with translation.override(language):
        made["Subject"] = _subject(code)
        text = _code_text(code) if code else _waiting_text()
    made["Date"] = format_datetime(at)
    made["Message-ID"] = f"<{mail.pk}@{sender.domain}>"
    made["Auto-Submitted"] = "auto-generated"  # no “I am away” comes back
    made["X-Auto-Response-Suppress"] = "All"
    made.set_content(text)
    made["Content-Language"] = language
    return made


def _subject(code: str) -> str:
    return _("Uw code voor Kring") if code else _("Er staat iets voor u klaar in Kring")


def _waiting_text() -> str:
    said = _("Er staat iets voor u klaar in Kring: %(address)s") % {"address": settings.ADDRESS}
    why = _("In dit bericht staat met opzet niets anders. Minder of geen berichten? Kies dat in Kring bij Mijn account.")
    return f"{said}\n\n{why}\n"


def _code_text(code: str) -> str:
    said = _("Typ deze code in Kring bij Mijn account, bij Berichten per e-mail: %(code)s") % {"code": code}
    rest = _("De code werkt één dag, en één keer. Vroeg u hier niet om? Dan hoeft u niets te doen.")
    return f"{said}\n\n{rest}\n"
