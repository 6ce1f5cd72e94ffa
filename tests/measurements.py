"""Measurements for the cast: classmates, rounds, answers and choices, made in one line each and always the same."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from kring.core.sociometry import Participation
from kring.library import instrument
from kring.web.models import Group, Pupil, Round, Sociogram
from kring.web.sociograms.collecting.intake import freeze
from kring.web.sociograms.intake import Choice, take_sociogram
from kring.web.surveys.intake import Incoming, take_submissions
from kring.web.surveys.models import asks_of
from tests.cast import pupil

PUPIL_LIST, TEACHER_LIST, SOCIOGRAM = "kring-leerling", "kring-leerkracht", "kring-sociogram"
HANDED_IN = datetime(2025, 11, 4, 10, 0, tzinfo=UTC)
OPENS = date(2025, 11, 3)


def classmates(group: Group, n: int) -> list[Pupil]:
    """n more pupils in this group: Kind 01, Kind 02, …"""
    return [pupil(group, f"{group.name} Kind {number:02d}", group.year_levels[0]) for number in range(1, n + 1)]


def round_of(group: Group, key: str, title: str, *, opens_on: date = OPENS) -> Round:
    """An open round in the year of this group."""
    return Round.objects.create(
        school=group.school,
        year=group.year,
        instrument=key,
        version=1,
        title=title,
        opens_on=opens_on,
        closes_on=date(opens_on.year, opens_on.month, 28),
        asks=asks_of(instrument(key, 1)),
    )


def list_round(
    group: Group, pupils: Sequence[Pupil], title: str = "Leerlinglijst", *, key: str = PUPIL_LIST, silent: int = 0, opens_on: date = OPENS
) -> Round:
    """An open round in which every pupil handed in but the last `silent` ones. The first pupil answers most favourably."""
    made = round_of(group, key, title, opens_on=opens_on)
    rows = [
        Incoming(one.pk, group.pk, answers(key, place), None if place >= len(pupils) - silent else HANDED_IN)
        for place, one in enumerate(pupils)
    ]
    take_submissions(made, rows)
    return made


def result_round(
    group: Group, pupils: Sequence[Pupil], title: str = "Leerlinglijst", *, key: str = PUPIL_LIST, silent: int = 0, opens_on: date = OPENS
) -> Round:
    """The same, and it is closed: from then on what came out may be seen."""
    return close(list_round(group, pupils, title, key=key, silent=silent, opens_on=opens_on))


def close(made: Round) -> Round:
    """Closed just after everybody handed in."""
    made.closed_at = HANDED_IN
    made.save(update_fields=["closed_at"])
    return made


def answers(key: str, place: int) -> dict[str, int]:
    """Favourable for the first pupils, less so down the list, with some unevenness so that scales are not perfectly reliable."""
    asked = instrument(key, 1)
    signs = {scaled.item: scaled.sign * scale.direction for scale in asked.scales for scaled in scale.items}
    found = {}
    for number, item in enumerate(asked.items):
        good = max(1, 4 - (place + (number * (place + 1)) % 3) // 4)
        found[item.key] = good if signs[item.key] > 0 else 5 - good
    return found


def sociogram_round(
    group: Group, pupils: Sequence[Pupil], title: str = "Sociogram", *, absent: int = 0, opens_on: date = OPENS
) -> Sociogram:
    """A closed round: everybody chooses the next two on the list and the one before.

    The last `absent` were not there, and nobody chooses the last.
    """
    made = round_of(group, SOCIOGRAM, title, opens_on=opens_on)
    n, present = len(pupils), len(pupils) - absent
    listed = {one.pk: Participation.DONE if place < present else Participation.ABSENT for place, one in enumerate(pupils)}
    pairs = sorted({(i, (i + step) % n) for i in range(present) for step in (1, 2, -1) if (i + step) % n not in (i, n - 1)})
    choices = [Choice("together", 1, pupils[i].pk, pupils[j].pk) for i, j in pairs]
    kept = take_sociogram(made, group, listed=listed, choices=choices, at=HANDED_IN)
    close(made)
    freeze(made, at=HANDED_IN)
    return kept
