"""The school as a whole: each list with its means, what the school wants, and how that went; the care score; groups beside one another.

Nobody of the school is in here, and no few: what may not be told has no value any more when it comes here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kring.core.ambitions.judging import Answer, Certainty
from kring.core.bands import Band
from kring.core.instruments import Cuts, Informant
from kring.core.intervals import Interval
from kring.core.snapshots import ShareBand
from kring.documents.charts.profile import ProfileLine, ProfilePoint, profile
from kring.documents.charts.trend import TrendLine, TrendPoint, trend
from kring.documents.figures import decimal, percent
from kring.documents.scales import colour_cell, interval_text, too_little
from kring.documents.sections import Note, Picture, Section
from kring.documents.tables import Cell, Column, Row, Table
from kring.documents.words import informant_word


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of the school, a year or a group; `withheld` says why there is none."""

    name: str
    n: int
    of: int
    value: float | None = None
    interval: Interval | None = None
    band: Band = Band.NO_SCORE
    certain: bool | None = None
    withheld: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether what the school wants was reached."""

    answer: Answer
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Moment:
    """The mean of the school at one time; `joins`: may be compared with the time before."""

    wave: str
    value: float | None
    joins: bool


@dataclass(frozen=True, slots=True)
class SchoolScale:
    """One scale of one list for the school. `moments` from old to new, the last one is this."""

    key: str
    title: str
    low: float
    high: float
    direction: int
    cuts: Cuts | None
    school: Mean
    years: tuple[Mean, ...]
    groups: tuple[Mean, ...]
    verdict: Verdict | None
    is_wanted: bool
    moments: tuple[Moment, ...] = ()
    change: str = ""
    chance: str = ""  # what may be said of the differences between groups that stand side by side


@dataclass(frozen=True, slots=True)
class Shares:
    """How many gave a favourable answer to one question: the school and each year; None is hidden."""

    text: str
    school: ShareBand | None
    years: tuple[ShareBand | None, ...]


@dataclass(frozen=True, slots=True)
class Care:
    """The care score, with the definition by which it was counted; without a mean too little is known."""

    reds_needed: int
    scales: int
    n: int
    of: int
    mean: Fraction | None
    highest: Fraction
    verdict: Verdict | None
    groups: tuple[tuple[str, int, str, bool], ...] = ()  # name, pupils, what is told ("": nothing), above a fifth


@dataclass(frozen=True, slots=True)
class SchoolList:
    """One list in one round."""

    key: str
    title: str
    informant: Informant
    wave: str
    asked: int
    answered: int
    scales: tuple[SchoolScale, ...]
    is_anonymous: bool = False
    is_kept: bool = False
    is_part: bool = False  # asked of a small part of the school
    shares: tuple[Shares, ...] = ()
    years: tuple[str, ...] = ()
    care: Care | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolReport:
    """What came out for the school, or for groups beside one another."""

    title: str
    made_on: date
    lists: tuple[SchoolList, ...]
    school: str = ""
    period: str = ""
    group: str = ""
    are_parallels: bool = False
    is_overview: bool = False  # the school and its years alone; groups, questions and times before stand with each time

    @property
    def sections(self) -> tuple[Section, ...]:
        if self.are_parallels:
            return tuple(_parallel(self.lists))
        return tuple(_list([_in_short(one) for one in self.lists] if self.is_overview else self.lists))


# ---- the school -------------------------------------------------------------------------------------------------


def _in_short(one: SchoolList) -> SchoolList:
    scales = tuple(replace(scale, groups=(), moments=()) for scale in one.scales)
    return replace(one, scales=scales, shares=(), care=replace(one.care, groups=()) if one.care else None)


def _list(lists: Iterable[SchoolList]) -> Iterator[Section]:
    for number, one in enumerate(lists, 1):
        yield Section(
            f"lijst-{number}",
            f"{one.title} · {one.wave}",
            lead=tuple(_lead(one)),
            notice=_notice(one),
            pictures=tuple(_pictures(one)),
            tables=tuple(_tables(one)),
            notes=(_note(one),),
        )
        if one.care is not None:
            yield _care(number, one, one.care)


def _lead(one: SchoolList) -> Iterator[str]:
    counts = {"who": informant_word(one.informant), "n": one.answered, "all": one.asked, "share": percent(one.answered / (one.asked or 1))}
    yield _("Ingevuld door: %(who)s. Er kwamen %(n)s van de %(all)s lijsten binnen (%(share)s).") % counts
    wanted = [scale for scale in one.scales if scale.is_wanted]
    said = [scale for scale in wanted if scale.verdict and scale.verdict.answer is not Answer.OPEN]
    if one.is_part:
        yield _(
            "Deze lijst vroeg maar een deel van de school. De cijfers zeggen niets over de hele school en tellen niet voor de ambities."
        )
    if not wanted:
        return
    met = sum(bool(scale.verdict) and scale.verdict.answer is Answer.MET for scale in wanted if scale.verdict)
    line = ngettext("%(met)s van %(n)d gebied groen.", "%(met)s van %(n)d gebieden groen.", len(wanted)) % {"met": met, "n": len(wanted)}
    if len(said) < len(wanted):
        open_ones = len(wanted) - len(said)
        line += " " + ngettext(
            "Van %(n)d gebied is nog niets te zeggen; dat telt niet als gehaald.",
            "Van %(n)d gebieden is nog niets te zeggen; die tellen niet als gehaald.",
            open_ones,
        ) % {"n": open_ones}
    yield line


def _notice(one: SchoolList) -> str:
    if not one.is_kept:
        return ""
    return _(
        "Deze afname was daarna nog open. Er kwamen zo weinig lijsten bij dat het verschil zou verraden wat daarin staat. "
        "Daarom bleven de cijfers zoals ze waren."
    )


def _pictures(one: SchoolList) -> Iterator[Picture]:
    if any(scale.school.value is not None for scale in one.scales):
        bar = _("De streep laat zien hoe ver het gemiddelde door toeval kan afwijken (95 %).")
        lines = [_line(scale.title, scale, scale.school, one.informant) for scale in one.scales]
        caption = _("Rechts is gunstig. %(bar)s Gekozen grens, geen norm.") % {"bar": bar}
        yield Picture(_("De school als geheel"), profile(_("Gemiddelden van de school"), lines, bar=bar), caption)
    waves = [moment.wave for moment in max((scale.moments for scale in one.scales), key=len, default=())]
    lines_over_time = [_over_time(scale, one.informant, waves) for scale in one.scales if len(scale.moments) > 1]
    if lines_over_time:
        caption = _("Boven is gunstig. Waar een lijn ontbreekt, is er een andere versie ingevuld of was er te weinig om iets te zeggen.")
        yield Picture(_("Door de tijd"), trend(_("Het gemiddelde van de school door de tijd"), lines_over_time, waves), caption)


def _line(title: str, scale: SchoolScale, found: Mean, informant: Informant) -> ProfileLine:
    points: tuple[ProfilePoint, ...] = ()
    if found.value is not None:
        reach = found.interval
        low, high = (None, None) if reach is None else (max(reach.low, scale.low), min(reach.high, scale.high))
        points = (ProfilePoint(informant, found.value, low, high, found.band, found.certain),)
    return ProfileLine(title, scale.low, scale.high, scale.direction, scale.cuts, points, note=withheld_words(found.withheld))


def _over_time(scale: SchoolScale, informant: Informant, waves: Sequence[str]) -> TrendLine:
    points, joins = [], False
    for moment in scale.moments:
        joins = joins and moment.joins
        if moment.value is not None:
            points.append(TrendPoint(waves.index(moment.wave), moment.value, joins))
        joins = moment.value is not None
    said = ", ".join(f"{moment.wave} {_value(moment.value)}" for moment in scale.moments)
    return TrendLine(scale.title, informant, scale.low, scale.high, scale.direction, tuple(points), scale.change, said)


def _value(value: float | None) -> str:
    return "–" if value is None else decimal(value, 2)


def _tables(one: SchoolList) -> Iterator[Table]:
    yield _whole(one)
    if one.years and any(scale.years for scale in one.scales):
        yield _beside(_("Per leerjaar"), _("Leerjaar"), one, [[*scale.years] for scale in one.scales])
    if any(scale.groups for scale in one.scales):
        yield _beside(_("Per groep, op naam"), _("Groep"), one, [[*scale.groups] for scale in one.scales])
    if one.shares:
        yield _shares(one)


def _whole(one: SchoolList) -> Table:
    numeric = (_("Lijsten"), _("Gemiddelde"), _("95 % zeker tussen"))
    words = (_("Kleur van de school"), _("Ambitie: groen"), _("Sinds de vorige keer"))
    columns = (Column(_("Gebied")), *(Column(title, numeric=True) for title in numeric), *(Column(title) for title in words))
    return Table(_("De school als geheel, in getallen"), columns, tuple(_row(scale) for scale in one.scales))


def _row(scale: SchoolScale) -> Row:
    found = scale.school
    cells = (
        Cell(_("%(n)d van %(all)d") % {"n": found.n, "all": found.of}),
        Cell(_value(found.value)),
        Cell("–" if found.interval is None else interval_text(found.interval.low, found.interval.high)),
        mean_cell(found, bare=True),
        Cell(verdict_words(scale.verdict) if scale.is_wanted else _("geen ambitie")),
        Cell(scale.change or "–"),
    )
    return Row(scale.title, cells)


def _beside(caption: str, heading: str, one: SchoolList, means: Sequence[Sequence[Mean]]) -> Table:
    """Rows by name, in their own order; never by height."""
    columns = (Column(heading), *(Column(scale.title) for scale in one.scales))
    rows = [Row(line[0].name, tuple(mean_cell(mean) for mean in line)) for line in zip(*means, strict=True)]
    return Table(caption, columns, tuple(rows))


def _shares(one: SchoolList) -> Table:
    columns = (Column(_("Vraag")), Column(_("School")), *(Column(year) for year in one.years))
    rows = [Row(each.text, (share_cell(each.school), *(share_cell(year) for year in each.years))) for each in one.shares]
    return Table(_("Welk deel een gunstig antwoord gaf"), columns, tuple(rows))


def _note(one: SchoolList) -> Note:
    least = 10 if one.is_anonymous else 6
    paragraphs = (
        _("Een gemiddelde staat er als minstens %(n)s leerlingen een score hebben en 60 procent de lijst invulde.") % {"n": least},
        _("Kring laat soms meer weg: anders is door aftrekken te zien wat een paar kinderen invulden."),
        _("De cijfers zijn één keer geteld, toen de afname werd afgesloten. Ze veranderen daarna niet meer."),
        _("Kleuren zijn gekozen grenzen, geen vergelijking met andere scholen."),
    )
    return Note(_("Hoe komt Kring aan deze cijfers?"), paragraphs)


# ---- the care score ---------------------------------------------------------------------------------------------


def _care(number: int, one: SchoolList, found: Care) -> Section:
    return Section(
        f"zorgscore-{number}",
        _("Zorgscore · %(wave)s") % {"wave": one.wave},
        lead=tuple(_care_lead(found)),
        tables=(_care_table(found),) if found.groups else (),
        notes=(Note(_("Wat is de zorgscore?"), tuple(_care_note(found))),),
    )


def _care_lead(found: Care) -> Iterator[str]:
    yield definition(found.reds_needed, found.scales)
    if found.mean is None or found.verdict is None:
        yield too_little()
        return
    values = {"share": percent(float(found.mean)), "highest": percent(float(found.highest)), "verdict": verdict_words(found.verdict)}
    yield _("Gemiddeld over de groepen: %(share)s. De school wil hooguit %(highest)s: %(verdict)s.") % values


def definition(reds: int, scales: int) -> str:
    """What the school chose to count, in a sentence."""
    return ngettext(
        "De zorgscore is het deel van de leerlingen dat op minstens %(n)d van de %(scales)d gebieden rood scoort.",
        "De zorgscore is het deel van de leerlingen dat op minstens %(n)d van de %(scales)d gebieden rood scoort.",
        reds,
    ) % {"n": reds, "scales": scales}


def _care_table(found: Care) -> Table:
    columns = (Column(_("Groep")), Column(_("Leerlingen"), numeric=True), Column(_("Zorgscore"), numeric=True), Column(_("Grens")))
    rows = [
        Row(name, (Cell(str(n)), Cell(told or _("niet getoond")), Cell(_above_words(told, above=above))))
        for name, n, told, above in found.groups
    ]
    return Table(_("Zorgscore per groep, op naam"), columns, tuple(rows))


def _above_words(told: str, *, above: bool) -> str:
    if not told:
        return "–"
    return _("boven 20 procent") if above else _("niet boven 20 procent")


def _care_note(found: Care) -> Iterator[str]:
    yield _(
        "Per groep telt Kring welk deel van de leerlingen in de zorgzone valt. De score van de school is het gemiddelde van de groepen."
    )
    yield _("Precies 20 procent is niet boven 20 procent. Kring vergelijkt de breuk, niet het afgeronde getal.")
    yield _("Bij een kleine groep schommelt dit deel sterk door toeval: in een groep van 25 is één leerling al 4 procent.")
    yield _("%(n)s van de %(all)s leerlingen hebben genoeg scores om mee te tellen.") % {"n": found.n, "all": found.of}


# ---- groups beside one another ----------------------------------------------------------------------------------


def _parallel(lists: Iterable[SchoolList]) -> Iterator[Section]:
    for number, one in enumerate(lists, 1):
        yield Section(
            f"lijst-{number}",
            f"{one.title} · {one.wave}",
            lead=tuple(_parallel_lead(one.informant)),
            notice=_notice(one),
            cards_title=_("Per gebied"),
            cards_caption=_("Rechts is gunstig. De streep laat zien hoe ver het gemiddelde door toeval kan afwijken (95 %)."),
            cards=tuple(_groups_card(scale, one.informant) for scale in one.scales if any(mean.value is not None for mean in scale.groups)),
            tables=(_groups_table(one), _chance(one)),
            notes=(_note(one),),
        )


def _parallel_lead(informant: Informant) -> Iterator[str]:
    yield _("Op naam, niet op volgorde van score. Verschillen tussen groepen zeggen vaak iets over toeval of over wie erin zit.")
    if informant is Informant.TEACHER:
        yield _("Over elke groep vulde een andere leerkracht de lijst in. De een antwoordt strenger dan de ander; ook dat geeft verschil.")


def _groups_table(one: SchoolList) -> Table:
    return _beside(_("Groepen naast elkaar, in getallen"), _("Groep"), one, [[*scale.groups] for scale in one.scales])


def _groups_card(scale: SchoolScale, informant: Informant) -> Picture:
    bar = _("De streep laat zien hoe ver het gemiddelde door toeval kan afwijken (95 %).")
    lines = [_line(mean.name, scale, mean, informant) for mean in scale.groups]
    return Picture(scale.title, profile(_("%(scale)s: groepen naast elkaar") % {"scale": scale.title}, lines, bar=bar), scale.chance)


def _chance(one: SchoolList) -> Table:
    columns = (Column(_("Gebied")), Column(_("Wat toeval alleen al doet")))
    return Table(_("Is het verschil meer dan toeval?"), columns, tuple(Row(scale.title, (Cell(scale.chance),)) for scale in one.scales))


# ---- words ------------------------------------------------------------------------------------------------------


def withheld_words(why: str) -> str:
    """Why there is no mean."""
    return {
        "too_little_response": _("te weinig ingevuld"),
        "gives_away": _("niet getoond"),
    }.get(why, _("te weinig om iets te zeggen"))


def verdict_words(found: Verdict | None) -> str:
    """Met or not, and how sure that is."""
    if found is None or found.answer is Answer.OPEN:
        return _("nog niet te zeggen")
    answer = _("gehaald") if found.answer is Answer.MET else _("niet gehaald")
    if found.certainty is Certainty.UNKNOWN:
        return answer
    return f"{answer}, {_('zeker') if found.certainty is Certainty.CERTAIN else _('binnen de toevalsmarge')}"


def mean_cell(found: Mean, *, bare: bool = False) -> Cell:
    """The mean with its colour, or why there is none; bare without the number."""
    if found.value is None:
        return Cell(withheld_words(found.withheld))
    return colour_cell(found.band, found.certain, "" if bare else decimal(found.value, 2))


def share_cell(found: ShareBand | None) -> Cell:
    """A band of ten percent, the ends in words."""
    if found is None:
        return Cell(_("niet getoond"))
    if found.is_low_end:
        return Cell(_("hooguit %(share)s") % {"share": percent(found.high / 100)})
    if found.is_high_end:
        return Cell(_("minstens %(share)s") % {"share": percent(found.low / 100)})
    return Cell((_("%(low)d tot %(share)s") % {"low": found.low, "share": percent(found.high / 100)}).replace(" ", "\N{NO-BREAK SPACE}"))
