"""The sections of a group report: what stands out first, then each list, then each sociogram."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kring.core.bands import Band
from kring.core.groups import ScaleResult
from kring.core.instruments import Level
from kring.documents.charts.profile import profile
from kring.documents.explanations import score_notes
from kring.documents.extras import careless_line
from kring.documents.figures import decimal, percent
from kring.documents.parts import Measurement, SociogramPart
from kring.documents.relations import sociogram_section
from kring.documents.scales import colour_cell, distribution_card, group_line, interval_text, listed, name_order, score_cell
from kring.documents.sections import Picture, Section
from kring.documents.tables import Cell, Column, Row, Table
from kring.documents.words import band_word, informant_word, strength


def group_sections(
    measurements: Sequence[Measurement], sociograms: Sequence[SociogramPart], names: Mapping[str, str]
) -> tuple[Section, ...]:
    apart = _told_apart(measurements)
    lists = [_measurement(number, one, names) for number, one in enumerate(apart, 1)]
    rounds = [sociogram_section(f"sociogram-{number}", part, names) for number, part in enumerate(_told_apart(sociograms), 1)]
    return (*_at_a_glance(apart), *lists, *rounds)


Part = TypeVar("Part", Measurement, SociogramPart)


def _told_apart(parts: Sequence[Part]) -> list[Part]:
    """Parts with one title in several waves carry the wave in their heading."""
    titles = Counter(part.title for part in parts)
    return [replace(part, title=f"{part.title} · {part.wave}") if titles[part.title] > 1 and part.wave else part for part in parts]


def _at_a_glance(measurements: Sequence[Measurement]) -> tuple[Section, ...]:
    """Per list one paragraph: first what goes well, then what asks attention; nothing where nothing can be said."""
    found = [(one, _standing_out(one)) for one in measurements if one.results.enough_response]
    called = [f"{one.title} ({informant_word(one.informant)}): " if len(measurements) > 1 else "" for one, _lines in found]
    said = tuple(name + " ".join(lines) for name, (_one, lines) in zip(called, found) if lines)
    return (Section("in-het-kort", _("In het kort"), lead=said),) if said else ()


def _standing_out(one: Measurement) -> tuple[str, ...]:
    scales = [result for result in one.results.scales if result.group.band is not Band.NO_SCORE]
    firm = [result for result in scales if result.group.interval is not None and result.group.certain]
    found = {band: listed([_named(result, band) for result in firm if result.group.band is band]) for band in Band}
    unsure = listed([f"{result.scale.title} ({band_word(result.group.band)})" for result in scales if result not in firm])
    lines = (
        (found[Band.GREEN], _("Dit gaat goed, en dat is zeker: %(scales)s.")),
        (found[Band.ORANGE], _("Dit kan beter in de hele groep, en dat is zeker: %(scales)s.")),
        (found[Band.RED], _("Dit vraagt aandacht van de hele groep, en dat is zeker: %(scales)s.")),
        (unsure, _("In het grensgebied ligt: %(scales)s. Kijk samen of u dat herkent.")),
    )
    return tuple(line % {"scales": scales} for scales, line in lines if scales)


def _named(result: ScaleResult, band: Band) -> str:
    return strength(result.scale.title, result.scale.direction) if band is Band.GREEN else result.scale.title


def _measurement(number: int, one: Measurement, names: Mapping[str, str]) -> Section:
    results, enough = one.results, one.results.enough_response
    notice = "" if enough else _("Te weinig ingevuld voor een uitspraak over de groep. De scores per leerling staan hieronder.")
    return Section(
        f"lijst-{number}",
        one.title,
        lead=tuple(line for line in (_response(one), careless_line(one), _by_chance(one)) if line),
        notice=notice,
        pictures=(_group_profile(one),) if enough else (),
        cards_title=_("Elke leerling een stip"),
        cards_caption=_("Rechts is gunstig. Gestreept is grensgebied. Gekozen grens, geen norm."),
        cards=tuple(distribution_card(results.instrument, result) for result in results.scales) if enough else (),
        tables=((_group_table(one), _pupil_table(one, names)) if enough else (_pupil_table(one, names),)),
        notes=score_notes(results.instrument, results.scales, Level.GROUP),
    )


def _response(one: Measurement) -> str:
    listed_pupils, share = len(one.results.pupils), one.results.response
    values = {
        "who": informant_word(one.informant),
        "filled": one.results.answered,
        "n": listed_pupils,
        "share": percent(share),
        "wave": one.wave,
    }
    wave = _(" Meetmoment: %(wave)s.") % values if one.wave else ""
    line = ngettext(
        "Ingevuld door: %(who)s. Er is een lijst voor %(filled)d van de %(n)d leerling (%(share)s).",
        "Ingevuld door: %(who)s. Er is een lijst voor %(filled)d van de %(n)d leerlingen (%(share)s).",
        listed_pupils,
    )
    return line % values + wave


def _by_chance(one: Measurement) -> str:
    """Of the scores in the band that asks attention, how many measurement error alone may have put there."""
    known = [result for result in one.results.scales if result.error is not None]
    red = [float(p) for result in known for p in result.bands.p_red[result.bands.band == Band.RED]]
    if not red or round(sum(red)) == len(red):  # hardly any doubt
        return ""
    values = {"n": len(red), "likely": decimal(sum(red), 0)}
    return (
        ngettext(
            "Toeval speelt mee: er is %(n)d rode score bij een leerling. Naar verwachting is zij in %(likely)s geval echt rood.",
            "Toeval speelt mee: er zijn %(n)d rode scores bij leerlingen. Naar verwachting zijn er ongeveer %(likely)s echt rood; "
            "de andere kunnen bij nog een keer invullen anders uitvallen.",
            len(red),
        )
        % values
    )


def _group_profile(one: Measurement) -> Picture:
    bar = _("De streep laat zien hoe ver het gemiddelde door toeval kan afwijken (95 %).")
    lines = [group_line(one.results.instrument, one.informant, result) for result in one.results.scales]
    picture = profile(_("Gemiddelden van de groep"), lines, bar=bar)
    said = _(
        "Rechts is gunstig. %(bar)s Gekozen grens, geen norm. "
        "Een gemiddelde schommelt minder dan één leerling, dus de grenzen zijn strenger."
    )
    return Picture(_("De groep als geheel"), picture, said % {"bar": bar})


def _group_table(one: Measurement) -> Table:
    columns = (
        Column(_("Gebied")),
        Column(_("Leerlingen"), numeric=True),
        Column(_("Gemiddelde"), numeric=True),
        Column(_("Spreiding"), numeric=True),
        Column(_("95 % zeker tussen"), numeric=True),
        Column(_("Kleur van de groep")),
    )
    return Table(_("De groep als geheel, in getallen"), columns, tuple(_group_row(result) for result in one.results.scales))


def _group_row(result: ScaleResult) -> Row:
    found, interval = result.group, result.group.interval
    certain = None if interval is None else found.certain
    verdict = Cell(_("te weinig om iets te zeggen")) if found.mean is None else colour_cell(found.band, certain)
    number = _("%(n)d van %(all)d") % {"n": found.n, "all": found.n_pupils}
    cells = (
        Cell(number),
        Cell("–" if found.mean is None else decimal(found.mean, 2)),
        Cell("–" if found.sd is None else decimal(found.sd, 2)),
        Cell("–" if interval is None else interval_text(interval.low, interval.high)),
        verdict,
    )
    return Row(result.scale.title, cells)


def _pupil_table(one: Measurement, names: Mapping[str, str]) -> Table:
    pupils = one.results.pupils
    order = sorted(range(len(pupils)), key=lambda i: name_order(names[pupils[i]]))
    columns = (Column(_("Leerling")), *(Column(result.scale.title) for result in one.results.scales))
    rows = (Row(names[pupils[i]], tuple(score_cell(result, i) for result in one.results.scales), pupils[i]) for i in order)
    return Table(_("Leerlingen op naam"), columns, tuple(rows))
