"""What the page says while somebody fills in: the script itself holds no words."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from kring.core.instruments import NoAnswer


def words() -> Mapping[str, str]:
    return {
        "kept": _("Alles is bewaard."),
        "sending": _("Bewaren …"),
        "later": _("Geen verbinding. U kunt doorgaan: wat u invult, blijft op dit apparaat en wordt later verstuurd."),
        "held": _("Geen verbinding. Laat deze bladzijde open: wat u invult, is nog nergens bewaard."),
        "over": _("De afname is afgesloten, of u vult deze lijsten niet meer in. Wat u nu nog kiest, telt niet mee."),
        "stuck": _("Eén antwoord is niet aangekomen. Kies het opnieuw, of vraag hulp. Het ligt op slot op dit apparaat."),
        "outbox": _("Een antwoord dat op dit apparaat wachtte, telt niet: uw collega had intussen iets anders ingevuld. Kijk het na."),
        "refused": _("Eén antwoord is niet aangenomen. Kies het opnieuw."),
        "skipped": _("overgeslagen"),
        "empty": _("nog niets"),
        "done": _("ingeleverd"),
        "withdrawn": _("doet niet mee"),
        "left": _("is van school"),
        "absent": _("was afwezig"),
        "of": _("{done} van {all}"),
        "all": _("Alles is ingevuld. Druk op Enter om in te leveren."),
        "all_of_them": _("Alle leerlingen en alle zinnen"),
        "item": _("Zin {number} van {all}"),
        "pupil": _("Leerling {number} van {all}"),
        "gone": _("Deze lijst neemt niets meer aan: {names}. Iemand leverde hem in, of de leerling doet niet mee."),
        "conflict": _("{pupil}, “{item}”: u koos “{mine}”, {by} koos “{theirs}”."),
        "keep_mine": _("Die van mij"),
        "take_theirs": _("Die van {by}"),
        "by": _("ingevuld door {by}"),
        "said": _("{pupil}: {answer}"),
        "somebody": _("een collega"),
        "choose": _("Kies een antwoord"),
        "open_again": _("Weer openen"),
        "next": _("Volgende"),
        "before": _("Vorige"),
        NoAnswer.DONT_KNOW.value: _("weet ik niet"),
        NoAnswer.NOT_APPLICABLE.value: _("niet van toepassing"),
    }
