"""scores.csv: every score and every count, one per row, for whoever wants to calculate on."""

from collections.abc import Iterable, Iterator

from kring.analyse.reporting import Reported
from kring.core.bands import Band
from kring.documents.safe_cells import csv_bytes
from kring.documents.words import band_word

HEADING = ("group", "round", "pupil", "name", "measure", "value", "of", "colour", "certain", "took_part")
Line = tuple[str | float | int | None, ...]


def scores_csv(groups: Iterable[Reported]) -> bytes:
    """The scores of all groups."""
    return csv_bytes([HEADING, *(line for one in groups for line in (*_scales(one), *_counts(one)))])


def _scales(one: Reported) -> Iterator[Line]:
    for measured in one.report.measurements:
        for pupil in measured.results.pupils:
            for result in measured.results.pupil(pupil):
                colour = "" if result.band is Band.NO_SCORE else band_word(result.band)
                certain = "" if result.p_red is None else ("ja" if result.certain else "nee")
                value = None if result.mean is None else round(result.mean, 4)
                high = measured.results.instrument.range_of(result.scale)[1]
                yield (*_who(one, measured.wave, pupil), result.scale.key, value, high, colour, certain, "")


def _counts(one: Reported) -> Iterator[Line]:
    for wave, asked, part in one.parts:
        received, key = part.sociogram.received, asked.question.key
        for row, pupil in enumerate(wave.pupils):
            who = _who(one, wave.round, pupil)
            status = str(asked.nominations.participation[row])
            given = int(part.sociogram.given[row]) if asked.nominations.nominators[row] else None
            yield (*who, f"{key}: received", int(received.count[row]), int(received.possible[row]), "", "", status)
            yield (*who, f"{key}: given", given, None, "", "", status)


def _who(one: Reported, round_: str, pupil: str) -> tuple[str, str, str, str]:
    return one.report.group, round_, pupil, one.group.names[pupil]
