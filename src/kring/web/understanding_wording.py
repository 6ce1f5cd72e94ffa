"""The sentences of rules about thinking before acting. See wording.py."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

OF_UNDERSTANDING: Mapping[str, object] = {
    "GoesWellMissing": _("Schrijf eerst op wat al goed gaat. Daar begint het mee."),
    "TooFewKindsOfSource": _(
        "Kies minstens %(least)s verschillende soorten bronnen; nu zijn het er %(kinds)s. Wat de ene niet laat zien, ziet de andere."
    ),
    "SourceWithoutWords": _("Schrijf in een paar woorden op wat er gezegd is."),
    "SourceRetyped": _("Wat al in Kring staat, hoeft u niet over te typen. Kies het uit de lijst."),
    "NeedMissing": _("Schrijf op wat er nodig is, als zin: “… heeft nodig dat …”."),
    "NeedTooShort": _("“%(need)s” is nog geen zin. Schrijf op wat helpt, en wanneer: “… heeft nodig dat …”."),
    "NeedIsALabel": _("“%(label)s” zegt wat iemand heeft. Schrijf op wat er nodig is, en wat morgen in de klas helpt."),
    "OneSideConsidered": _(
        "Zoek de verklaring aan twee kanten: in de leerling én in de omgeving. Vindt u aan één kant niets? Schrijf dat op."
    ),
    "OnePupilBlamed": _(
        "Bij wat er aan de hand is staat een naam: %(names)s. Een klas is nooit één kind. Beschrijf wat er tussen de kinderen gebeurt."
    ),
    "UnderstandingSettled": _("Dit is al vastgesteld en blijft zoals het is. Is er iets nieuws? Begin dan opnieuw."),
    "ThinkingAlready": _(
        "Er is al iemand aan het nadenken hierover. Ga daarin verder, dan staat alles bij elkaar. Uw tekst staat hieronder nog."
    ),
    "ClassQuestionsOpen": _("Beantwoord minstens twee vragen: wat er aan de hand is, en wat kan helpen."),
    "VoiceEmpty": _("Er staat nog niets. Schrijf minstens bij één vraag iets op."),
    "InsightWithoutOverview": _("Vertel eerst hoe het gaat. Daarna is er ruimte voor hoe dat komt."),
    "VoiceAskedAlready": _("Dit is al gevraagd. Er is niets veranderd."),
    "WordsOfAnother": _("Dit schreef iemand zelf. Die woorden verandert niemand van school. Praat erover als u het anders ziet."),
    "WeighsWithoutProtection": _("Naast alles wat kwetsbaar maakt, staat iets wat beschermt. Schrijf dat er ook bij."),
    "ReviewPassed": _("Kies een dag die nog moet komen."),
    "ReviewTooFar": _("Kies een dag binnen een jaar. Wat niemand meer bekijkt, gaat weg."),
    "FactorGone": _("Dit is al weg. Er is niets veranderd."),
}
