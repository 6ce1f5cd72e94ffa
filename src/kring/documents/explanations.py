"""What stands behind a number, in words: how a score is made, what the colours mean and how certain they are."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from kring.core.groups import ScaleResult
from kring.core.instruments import Instrument, Level, Scale
from kring.documents.figures import decimal, percent, trimmed
from kring.documents.sections import Note
from kring.documents.words import origin_word


def score_notes(instrument: Instrument, results: Sequence[ScaleResult], level: Level) -> tuple[Note, ...]:
    scales = [result.scale for result in results]
    return (
        Note(_("Hoe komt een score tot stand?"), _how_scored(instrument, scales)),
        Note(_("Wat betekenen de kleuren?"), _what_colours_mean(instrument, scales, level)),
        Note(_("Hoe zeker is het?"), _how_certain(results, level)),
        Note(_("Waar komt deze lijst vandaan?"), (_source(instrument),)),
    )


def _how_scored(instrument: Instrument, scales: Sequence[Scale]) -> tuple[str, ...]:
    general = _(
        "Elk antwoord is een getal. Vragen die andersom gesteld zijn, worden eerst omgedraaid. "
        "De score is het gemiddelde van de antwoorden die er zijn. Zijn er te weinig antwoorden, dan is er geen score."
    )
    return (general, *(_scale_line(instrument, scale) for scale in scales))


def _scale_line(instrument: Instrument, scale: Scale) -> str:
    low, high = instrument.range_of(scale)
    better = _("hoger is gunstiger") if scale.direction > 0 else _("lager is gunstiger")
    values = {"scale": scale.title, "n": len(scale.items), "low": low, "high": high, "better": better, "share": percent(scale.share_needed)}
    line = _("%(scale)s: %(n)d vragen, van %(low)d tot %(high)d, %(better)s. Minstens %(share)s van de vragen moet zijn ingevuld.") % values
    return f"{line} {scale.meaning}".strip()


def _what_colours_mean(instrument: Instrument, scales: Sequence[Scale], level: Level) -> tuple[str, ...]:
    shapes = _(
        "Groen is een cirkel, oranje een ruit en rood een driehoek. Een open cirkel is: geen score. "
        "Een kleur zegt waar een score ligt, niet waarom."
    )
    honest = _("De grenzen zijn een gekozen grens, geen norm: ze zeggen niets over hoe andere kinderen scoren.")
    lines = [_cut_line(scale, level) for scale in scales]
    return (shapes, *([honest] if instrument.norm_tier == 0 else []), *dict.fromkeys(line for line in lines if line))


def _cut_line(scale: Scale, level: Level) -> str:
    cuts = scale.cuts.get(level)
    if cuts is None:
        return _("%(scale)s: voor dit niveau zijn geen grenzen gekozen, dus is er geen kleur.") % {"scale": scale.title}
    values = {"scale": scale.title, "red": trimmed(cuts.red), "green": trimmed(cuts.green), "source": cuts.source}
    if scale.direction > 0:
        return _("%(scale)s: rood onder %(red)s, groen vanaf %(green)s. Bron: %(source)s.") % values
    return _("%(scale)s: rood boven %(red)s, groen tot en met %(green)s. Bron: %(source)s.") % values


def _how_certain(results: Sequence[ScaleResult], level: Level) -> tuple[str, ...]:
    if level is Level.GROUP:
        first = _(
            "De streep om een groepsgemiddelde laat zien hoe ver het gemiddelde door toeval kan afwijken (95 %). "
            "De kleur van de groep is zeker als die hele streep binnen één kleur valt. "
            "Anders noemen we de kleur grensgebied."
        )
        few = _("Bij minder dan vijf leerlingen rekenen we die streep niet uit: dat is te weinig om iets te zeggen.")
        return (first, few, *_errors(results))
    first = _(
        "Geen enkele vragenlijst meet precies. De streep om een score laat zien waar de score bij nog een keer invullen "
        "waarschijnlijk zou liggen (80 %). Ligt een score vlak bij een grens, dan noemen we de kleur grensgebied "
        "en tekenen we de stip gestreept."
    )
    return (first, *_errors(results))


def _errors(results: Sequence[ScaleResult]) -> tuple[str, ...]:
    return tuple(_error_line(result) for result in results)


def _error_line(result: ScaleResult) -> str:
    error = result.error
    if error is None:
        return _("%(scale)s: de meetfout is niet bekend. Daarom zeggen we bij een leerling niet of de kleur zeker is.") % {
            "scale": result.scale.title
        }
    values = {
        "scale": result.scale.title,
        "sem": decimal(error.sem, 2),
        "rel": decimal(error.reliability, 2),
        "origin": origin_word(error.origin),
    }
    return _("%(scale)s: meetfout %(sem)s, betrouwbaarheid %(rel)s (%(origin)s).") % values


def _source(instrument: Instrument) -> str:
    values = {"title": instrument.title, "version": instrument.version, "by": instrument.attribution, "licence": instrument.licence}
    return _("%(title)s, versie %(version)s. %(by)s. Licentie: %(licence)s.") % values


def sociogram_notes() -> tuple[Note, ...]:
    counting = _(
        "Elke leerling kon klasgenoten kiezen. 'Gekozen door 4 van 24' betekent: "
        "van de 24 klasgenoten die meededen, kozen er 4 deze leerling. Over en weer betekent: ze kozen elkaar."
    )
    absent = _(
        "Wie er niet bij was of niet mee wilde doen, kon wel gekozen worden maar heeft zelf geen keuzes. "
        "Dat is iets anders dan niemand kiezen."
    )
    limits = _(
        "Een sociogram is een foto van één moment. Eén keer kiezen zegt weinig over één kind. "
        "Praat met kinderen, niet over hun plaats in het plaatje."
    )
    picture = _("Het midden van de doelschijf is niet 'beter'. Het plaatje is bedoeld om te zien wie u misschien over het hoofd ziet.")
    status = _(
        "Een woord als 'vaak gekozen' komt uit een rekenwijze die het aantal keuzes vergelijkt met toeval. "
        "Verschillen de rekenwijzen, dan staat dat erbij. Laat dit beeld niet aan leerlingen of ouders zien."
    )
    return (
        Note(_("Hoe is geteld?"), (counting, absent)),
        Note(_("Wat zegt een sociogram, en wat niet?"), (limits, picture, status)),
    )
