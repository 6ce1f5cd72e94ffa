"""What each angle is called, what it cannot say, and how the angles agree."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kring.core.triangulation import Angle, Says, Together

ANGLES: Mapping[Angle, tuple[Promise, Promise]] = {
    Angle.TEACHER: (_("De leerkracht"), _("Wat iemand op school ziet. Stille zorgen ziet een leerkracht minder vaak dan drukke.")),
    Angle.PUPIL: (
        _("De leerling zelf"),
        _("Hoe het kind het beleeft. Dat kan anders zijn dan wat een ander ziet, en het is niet minder waar."),
    ),
    Angle.PEERS: (_("Klasgenoten"), _("Wie er in één week gekozen werd. Het zegt niet of een kind aardig is, en niet waarom.")),
    Angle.SAFETY: (_("Veiligheid in de klas"), _("Zonder namen ingevuld. Het zegt iets over de klas, en niets over dit kind.")),
    Angle.ABSENCE: (_("Er wel of niet zijn"), _("Alleen wat geteld is, en niet waarom. Vraag ernaar voor u iets denkt.")),
    Angle.HOME: (_("Thuis"), _("Ieder van thuis ziet een ander stuk. Twee ouders staan altijd apart.")),
}

SAYS: Mapping[Says, Promise] = {
    Says.WELL: _("gaat goed"),
    Says.MIXED: _("gemengd beeld"),
    Says.ATTENTION: _("vraagt aandacht"),
    Says.TOO_LITTLE: _("te weinig om iets te zeggen"),
}

TOGETHER: Mapping[Together, tuple[Promise, Promise]] = {
    Together.TOO_FEW: (
        _("Nog te weinig om naast elkaar te leggen"),
        _("Er zijn twee kanten nodig die iets zeggen. Vraag het de leerling, of kijk een week gericht mee in de klas."),
    ),
    Together.BOTH_WELL: (_("De kanten zeggen hetzelfde: het gaat goed"), _("Vertel dat ook aan het kind en thuis.")),
    Together.BOTH_ATTENTION: (
        _("De kanten zeggen hetzelfde: dit vraagt aandacht"),
        _("Zoek samen uit wat er al lukt, en waar. Dat is het begin van de aanpak."),
    ),
    Together.MIXED: (_("Het beeld is gemengd"), _("Kijk per gebied. Wat goed gaat, helpt bij wat lastig is.")),
    Together.CONTRADICT: (
        _("De kanten zien iets anders"),
        _("Dat is geen fout van iemand: ieder ziet een kind op een andere plek. Kring rekent daar geen gemiddelde van uit. Praat erover."),
    ),
}
