"""One Dutch sentence for every rule of the core that can be broken. The page comes back with it, status 409 and the form."""

from collections.abc import Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kring.core.errors import BrokenRule
from kring.file_problems import Said

SENTENCES: Mapping[str, object] = {
    "RoundAlreadyClosed": _("Deze afname is al afgesloten. Er komt niets meer bij."),
    "UploadAlreadyApplied": _("Deze bestanden zijn al overgenomen. Er is niets dubbel toegevoegd."),
    "FilesBroughtBefore": _("Precies deze bestanden zijn al eerder voor deze groep overgenomen. Er is niets dubbel toegevoegd."),
    "DayOutsideYear": _("Die dag valt buiten het schooljaar %(year)s van deze groep. Kies een andere dag."),
    "FilesRefused": _("Deze bestanden kunnen zo niet worden overgenomen. Er is niets bewaard."),
    "AnsweredTwice": _("Over een van de leerlingen is in deze afname al een lijst ingeleverd. Er is niets veranderd."),
}


def sentence(broken: BrokenRule) -> str:
    """The sentence of this refusal with its facts filled in."""
    return str(SENTENCES[type(broken).__name__]) % vars(broken)


def spoken(text: str) -> str:
    """What was Said about a file, in the language of the reader; any other text as it is."""
    return text.put(gettext) if isinstance(text, Said) else text


__all__ = ["SENTENCES", "_", "sentence", "spoken"]
