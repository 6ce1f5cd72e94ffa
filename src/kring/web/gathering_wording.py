"""The sentences of talks and reviews."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

OF_GATHERINGS: Mapping[str, object] = {
    "ChildAsBridge": _(
        "Een kind tolkt niet voor zijn eigen ouders, en een broer of zus ook niet. Een kind hoort dan dingen die niet voor kinderen zijn. "
        "Vraag een tolk, een collega of een sleutelfiguur uit de buurt."
    ),
    "BridgeUnnamed": _("Schrijf op wie er tolkt, zodat iemand die persoon of dienst kan bellen."),
    "NobodyAsked": _("Kies met wie u praat. Een gesprek is met minstens één ander."),
    "ThreeNotAsked": _("Een driehoeksgesprek is met de leerling, een ouder en iemand van de school. Kies alle drie."),
    "OrderUnexplained": _("Kies of u eerst met de leerling praat, en schrijf in minstens %(least)s letters waarom."),
    "HeldAlready": _("Dit gesprek is al geweest. Wat er gezegd is, blijft staan."),
    "CalledOff": _("Dit gesprek ging niet door. Plan een nieuw gesprek."),
    "NotHeldYet": _("Dit gesprek is nog niet geweest. Schrijf het verslag op de dag zelf of daarna."),
    "CallingOffUnexplained": _("Schrijf in minstens %(least)s letters waarom het gesprek niet doorgaat."),
    "NobodyCame": _("Kruis aan wie er was. Kwam er niemand? Kies dan “Gaat niet door”."),
    "ReportTooShort": _("Schrijf in minstens %(least)s letters wat er besproken is, zodat wie er niet was het begrijpt."),
    "PupilWordsMissing": _("Schrijf op wat de leerling zelf zei, in eigen woorden. Kon dat niet? Schrijf dan waarom niet."),
    "ReportShown": _("Dit verslag is thuis al te lezen. Het blijft zoals het is. Wat er later bij komt, schrijft u in een nieuw gesprek."),
    "NotForHome": _("Een overleg tussen collega’s of een groepsbespreking laat u niet thuis lezen. Plan een gesprek met ouders."),
    "ClassFirst": _("Begin met de klas: schrijf eerst hoe het laatste plan ging en wat de klas nodig heeft. Daarna komen de leerlingen."),
    "DecisionUnexplained": _("Schrijf in minstens %(least)s letters waarom u dit besluit."),
    "NobodyOnAgenda": _("Kies minstens één leerling om te bespreken."),
    "NoDayToWatchUntil": _("Kies tot welke dag u het aankijkt. Die dag moet nog komen."),
    "AskedAsTrustedAlready": _("Er is al iemand gevraagd. Wacht op het antwoord, of trek die vraag eerst in."),
}
