"""What stood in the way, in words: for the administrator with what to do, and for who waits for a code."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kring.core.mail import Trouble

TROUBLE: Mapping[Trouble, Promise] = {
    Trouble.NO_SUCH_HOST: _(
        "De mailserver is niet te vinden: die naam bestaat niet. Kijk KRING_MAIL na, en of de server het internet op kan."
    ),
    Trouble.NO_ANSWER: _("De mailserver neemt niet op of verbreekt de lijn. Kijk of hij aanstaat, en of de poort klopt en open is."),
    Trouble.SLOW: _("De mailserver doet er te lang over. Kring probeert het vanzelf weer."),
    Trouble.TLS_REFUSED: _(
        "De lijn naar de mailserver is niet veilig: er is geen TLS, of het certificaat klopt niet bij de naam. Kring stuurt dan niets."
    ),
    Trouble.PASSWORD_WRONG: _("De mailserver neemt naam of wachtwoord niet aan. Kijk KRING_MAIL en KRING_MAIL_PASSWORD_FILE na."),
    Trouble.SENDER_REFUSED: _(
        "De mailserver neemt van dit afzenderadres niets aan. Kijk KRING_MAIL_FROM na, en of er een wachtwoord nodig is."
    ),
    Trouble.SERVER_BUSY: _("De mailserver heeft het te druk of gaat even uit. Kring probeert het vanzelf weer."),
}
"""Each that stops everything that waits."""

TROUBLE_WITH_CODE: Mapping[str, Promise] = {
    Trouble.NO_SUCH_ADDRESS.value: _("De code kon niet worden bezorgd: dit adres bestaat niet. Kijk of u het goed hebt getypt."),
    Trouble.MAILBOX_FULL.value: _("De code is nog niet bezorgd: de postbus zit vol. Kring probeert het opnieuw."),
    Trouble.LATER.value: _("De code is nog niet bezorgd: de ontvanger laat ons even wachten. Kring probeert het opnieuw."),
    Trouble.REFUSED.value: _("De code is nog niet bezorgd: de ontvanger neemt hem niet aan. Kring probeert het opnieuw."),
    **{
        one.value: _("De code is nog niet verstuurd: de mailserver van de school werkt nu niet. De beheerder ziet dat ook.")
        for one in TROUBLE
    },
}
