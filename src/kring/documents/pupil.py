"""The sections of a pupil report: strengths first, then the scores of all informants on one line, then the place in the group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from django.utils.translation import gettext as _

from kring.core.bands import Band
from kring.core.groups import ScaleResult
from kring.core.informants import see_differently
from kring.core.instruments import Informant, Instrument, Level, Scale
from kring.core.sociometry import Sufficiency
from kring.documents.charts.profile import ProfileLine, ProfilePoint, profile
from kring.documents.charts.sociogram import unnamed_target
from kring.documents.explanations import score_notes, sociogram_notes
from kring.documents.extras import Extras, responses
from kring.documents.extras import extras as _extras
from kring.documents.figures import decimal
from kring.documents.parts import Measurement, Said, SociogramPart
from kring.documents.relations import participation
from kring.documents.scales import colour_cell, interval_text, listed, pupil_point, too_little
from kring.documents.sections import Note, Picture, Section
from kring.documents.tables import Cell, Column, Row, Table
from kring.documents.trend import trend_sections
from kring.documents.words import informant_word, strength


@dataclass(frozen=True, slots=True)
class Voice:
    """What one list says about the pupil on one scale."""

    wave: str
    informant: Informant
    instrument: Instrument
    result: ScaleResult
    place: int
    by: str = ""

    @property
    def who(self) -> str:
        """The word for who filled it in; of parents with the name."""
        return f"{informant_word(self.informant)} ({self.by})" if self.by else informant_word(self.informant)

    @property
    def scale(self) -> Scale:
        return self.result.scale

    @property
    def point(self) -> ProfilePoint | None:
        return pupil_point(self.instrument, self.informant, self.result, self.place)

    @property
    def line_key(self) -> tuple[object, ...]:
        """Voices with the same key may share a line: same scale, same range, same side, same limits."""
        cuts = self.scale.cuts.get(Level.PUPIL)
        limits = None if cuts is None else (cuts.red, cuts.green)
        return self.scale.key, self.scale.title, self.instrument.range_of(self.scale), self.scale.direction, limits


def pupil_sections(
    pupil: str,
    measurements: Sequence[Measurement],
    sociograms: Sequence[SociogramPart],
    names: Mapping[str, str],
    said: Sequence[Said] = (),
    *,
    newest_only: bool = False,
) -> tuple[Section, ...]:
    """`newest_only`: of the scores and the place in the group the newest alone; strengths and the course of the scores are of all."""
    about = [one for one in measurements if pupil in one.results.pupils]
    voices = [voice for one in about for voice in _voices(one, pupil)]
    waves, shown = waves_of(pupil, about), slice(1) if newest_only else slice(None)
    scores = [
        _wave(number, wave, [voice for voice in voices if voice.wave == wave], _extras([one for one in about if one.wave == wave], pupil))
        for number, wave in enumerate(waves[shown], 1)
    ]
    rounds = [part for part in sociograms if pupil in part.sociogram.nominations.pupils]
    places = [_place(f"sociogram-{number}", part, pupil, names) for number, part in enumerate(rounds[shown], 1)]
    return (*_strengths(voices), *responses(said), *trend_sections([one for one in voices if not one.by]), *scores, *places)


def waves_of(pupil: str, measurements: Sequence[Measurement]) -> list[str]:
    """The months in which something about this pupil was asked, the newest first."""
    return list(dict.fromkeys(one.wave for one in measurements if one.results.scales and pupil in one.results.pupils))


def _voices(one: Measurement, pupil: str) -> Iterator[Voice]:
    place = one.results.pupils.index(pupil)
    for result in one.results.scales:
        yield Voice(one.wave, one.informant, one.results.instrument, result, place, one.by)


def _strengths(voices: Sequence[Voice]) -> tuple[Section, ...]:
    """What is certainly green by now; and what to talk about, as a question. What an older round said bears its name."""
    newest, now = _newest(voices), voices[0].wave if voices else ""
    bands = (Band.GREEN, Band.RED)
    strong, talk = (list(dict.fromkeys(_dated(voice, now, band) for voice in newest if _is(voice, band))) for band in bands)
    lines = []
    if strong:
        lines.append(_("Dit gaat goed, en dat is zeker: %(scales)s.") % {"scales": listed(strong)})
    if talk:
        lines.append(_("Vraag hiernaar in een gesprek: %(scales)s. Herkent de leerling dit, en wat zou helpen?") % {"scales": listed(talk)})
    return (Section("sterke-kanten", _("Sterke kanten en vragen"), lead=tuple(lines)),) if lines else ()


def _dated(voice: Voice, now: str, band: Band) -> str:
    title = strength(voice.scale.title, voice.scale.direction) if band is Band.GREEN else voice.scale.title
    return title if voice.wave == now else f"{title} ({voice.wave})"


def _newest(voices: Sequence[Voice]) -> list[Voice]:
    """The last that each informant said on each scale: what was green a year ago is no strength of today. Voices come newest first."""
    last: dict[tuple[str, object], Voice] = {}
    for voice in voices:
        if voice.point is not None:
            last.setdefault((voice.who, voice.scale.title), voice)
    return list(last.values())


def _is(voice: Voice, band: Band) -> bool:
    point = voice.point
    return point is not None and point.band is band and point.certain is True


def _wave(number: int, wave: str, voices: Sequence[Voice], extras: Extras) -> Section:
    bar = _("De streep laat zien waar de score bij nog een keer invullen waarschijnlijk zou liggen (80 %).")
    picture = profile(_("Profiel van de scores"), [_line(same) for same in _together(voices)], bar=bar)
    caption = _("Rechts is gunstig. %(bar)s Gekozen grens, geen norm.") % {"bar": bar}
    return Section(
        f"scores-{number}",
        scores_title(wave),
        lead=(*extras.marks, *_differences(voices)),
        pictures=(Picture(_("Profiel"), picture, caption),),
        tables=(_table(voices), *extras.tables),
        notes=tuple(_notes(voices)),
    )


def scores_title(wave: str) -> str:
    """Over the scores of one month."""
    return _("Scores, %(wave)s") % {"wave": wave} if wave else _("Scores")


def _differences(voices: Sequence[Voice]) -> Iterator[str]:
    """Where two informants clearly see the pupil differently: an opening for a talk, never a mistake of one of them."""
    for same in _together(voices):
        for first, second in combinations(same, 2):
            if first.who != second.who and _differ(first, second):
                words = {"scale": first.scale.title, "one": first.who, "other": second.who}
                yield (
                    _(
                        "Over %(scale)s denken %(one)s en %(other)s duidelijk verschillend. Dat is geen fout: "
                        "ieder ziet een kind op een andere plek. Vraag hun allebei wanneer en waar zij dit merken."
                    )
                    % words
                )


def differences(pupil: str, measurements: Sequence[Measurement]) -> tuple[str, ...]:
    """The same of these lists, in whole words."""
    return tuple(_differences([voice for one in measurements if pupil in one.results.pupils for voice in _voices(one, pupil)]))


def _differ(first: Voice, second: Voice) -> bool:
    a, b, errors = first.point, second.point, (first.result.error, second.result.error)
    if a is None or b is None or errors[0] is None or errors[1] is None:
        return False
    return see_differently(a.value, b.value, sem_first=errors[0].sem, sem_second=errors[1].sem)


def _together(voices: Sequence[Voice]) -> list[list[Voice]]:
    lines: dict[tuple[object, ...], list[Voice]] = {}
    for voice in voices:
        lines.setdefault(voice.line_key, []).append(voice)
    return list(lines.values())


def _line(voices: Sequence[Voice]) -> ProfileLine:
    first = voices[0]
    low, high = first.instrument.range_of(first.scale)
    points = tuple(point for voice in voices if (point := voice.point) is not None)
    return ProfileLine(first.scale.title, low, high, first.scale.direction, first.scale.cuts.get(Level.PUPIL), points, note=too_little())


def _table(voices: Sequence[Voice]) -> Table:
    columns = (
        Column(_("Gebied")),
        Column(_("Ingevuld door")),
        Column(_("Vragen beantwoord"), numeric=True),
        Column(_("Score"), numeric=True),
        Column(_("Waarschijnlijk tussen"), numeric=True),
        Column(_("Kleur")),
    )
    rows = tuple(Row(voice.scale.title, tuple(_cells(voice))) for same in _together(voices) for voice in same)
    return Table(_("De scores in getallen"), columns, rows)


def _cells(voice: Voice) -> Iterator[Cell]:
    scores, point = voice.result.scores, voice.point
    yield Cell(voice.who)
    yield Cell(_("%(n)d van %(k)d") % {"n": int(scores.answered[voice.place]), "k": int(scores.shown[voice.place])})
    if point is None:
        yield from (Cell("–"), Cell("–"), Cell(_("te weinig om iets te zeggen")))
        return
    yield Cell(decimal(point.value, 2))
    yield Cell(interval_text(point.low, point.high))
    yield colour_cell(point.band, point.certain)


def _notes(voices: Sequence[Voice]) -> Iterator[Note]:
    """The explanations of all lists together, what they share said once."""
    said: dict[str, dict[str, None]] = {}
    for key in dict.fromkeys((voice.instrument.key, voice.instrument.version) for voice in voices):
        same = [voice for voice in voices if (voice.instrument.key, voice.instrument.version) == key]
        for note in score_notes(same[0].instrument, [voice.result for voice in same], Level.PUPIL):
            said.setdefault(note.title, {}).update(dict.fromkeys(note.paragraphs))
    return (Note(title, tuple(paragraphs)) for title, paragraphs in said.items())


def _place(key: str, part: SociogramPart, pupil: str, names: Mapping[str, str]) -> Section:
    """Counts only: who chose whom belongs to the other children."""
    lead, sociogram = (participation(part),), part.sociogram
    if sociogram.sufficiency is Sufficiency.TOO_FEW:
        return Section(key, part.title, lead=lead, notice=_("Te weinig deelname: te weinig om iets te zeggen."))
    target = part.layouts.target
    said = _("De gekleurde stip is deze leerling. De andere stippen zijn klasgenoten, zonder naam.")
    picture = () if target is None else (Picture(_("Plaats in de groep"), unnamed_target(sociogram, target, names, pupil), said),)
    return Section(key, part.title, lead=(*lead, _own_counts(part, pupil)), pictures=picture, notes=sociogram_notes()[:1])


def _own_counts(part: SociogramPart, pupil: str) -> str:
    sociogram, i = part.sociogram, part.sociogram.nominations.pupils.index(pupil)
    counted = {
        "n": int(sociogram.received.count[i]),
        "m": int(sociogram.received.possible[i]),
        "own": int(sociogram.given[i]),
        "both": int(sociogram.mutual[i].sum()),
    }
    line = _("Gekozen door %(n)d van de %(m)d klasgenoten die meededen.") % counted
    if not sociogram.nominations.nominators[i]:
        return line + " " + _("Deed zelf niet mee.")
    return line + " " + _("Koos zelf %(own)d klasgenoten, waarvan %(both)d over en weer.") % counted
