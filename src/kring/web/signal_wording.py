"""The sentences of rules about signals: what was seen, by whom, and how it is answered. See wording.py."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

OF_SIGNALS: Mapping[str, object] = {
    "NothingSeen": _("Schrijf op wat u zag of hoorde, of tik aan wat u herkent. Wat u erbij denkt, is niet genoeg. Er is niets bewaard."),
    "SeenLater": _("Dit moment moet nog komen. Kies de dag en de tijd waarop u het zag. Er is niets bewaard."),
    "TwoInOneNote": _(
        "In de tekst staat “%(name)s”. Elk kind krijgt een eigen notitie, zonder de naam van de ander. Schrijf “een klasgenoot”."
        " Er is niets bewaard."
    ),
    "FamilyWithoutEvidence": _(
        "U koos waar het bij past, maar niet wat u daarvan zag. Schrijf of tik eerst aan wat u zag. Er is niets bewaard."
    ),
    "AnswerReasonTooShort": _("Schrijf in minstens %(least)s letters op waarom. Een collega moet het begrijpen. Er is niets bewaard."),
    "WatchDayMissing": _("Kies tot welke dag u het aankijkt. Op die dag vraagt Kring het opnieuw. Er is niets bewaard."),
    "WatchesTooLong": _("Kies een dag na vandaag, en uiterlijk %(latest)s. Langer aankijken helpt een kind niet. Er is niets bewaard."),
    "SignalSerious": _(
        "Dit hoort niet in een gewone notitie. Denkt u aan mishandeling, of doet een kind zichzelf pijn? Volg dan nu de meldcode."
        " Er is niets bewaard."
    ),
    "SignalTiedAlready": _("Een collega koppelde dit signaal net al. Er is niets veranderd."),
}
