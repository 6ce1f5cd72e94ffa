"""What a pupil page calls a strength is one of today."""

from kring.core.bands import Band
from kring.core.instruments import Informant
from kring.documents.pupil import pupil_sections
from kring.documents.scales import pupil_point
from tests.documents import sample

SEEDS = range(1, 12)


def colours(seed: int, pupil: str) -> dict[str, tuple[Band | None, bool | None]]:
    one = sample.measurement(seed=seed)
    place = one.results.pupils.index(pupil)
    points = {result.scale.title: pupil_point(one.results.instrument, Informant.PUPIL, result, place) for result in one.results.scales}
    return {title: (point.band, point.certain) for title, point in points.items() if point}


def test_what_was_green_in_an_older_round_is_no_strength_any_more() -> None:
    checked = 0
    for now, before in ((now, before) for now in SEEDS for before in SEEDS if now != before):
        faded = [
            title
            for title, colour in colours(before, "l22").items()
            if colour == (Band.GREEN, True) and colours(now, "l22").get(title) not in (None, (Band.GREEN, True))
        ]
        if faded:
            waves = (sample.measurement(seed=now, wave="voorjaar 2027"), sample.measurement(seed=before, wave="najaar 2026"))
            first = pupil_sections("l22", waves, (), sample.names())[0]
            strengths = next((line for line in first.lead if line.startswith("Dit gaat goed")), "")
            assert not any(title in strengths for title in faded)
            checked += 1
        if checked == 3:
            return
    raise AssertionError("no seed gives a strength that faded")


def test_a_pupil_who_missed_the_newest_round_keeps_the_strengths_of_the_one_before_with_its_name() -> None:
    silent = sample.measurement(absent=30, wave="voorjaar 2027")
    before = sample.measurement(wave="najaar 2026")
    with_both = pupil_sections("l22", (silent, before), (), sample.names())[0]
    alone = pupil_sections("l22", (before,), (), sample.names())[0]
    assert [line.replace(" (najaar 2026)", "") for line in with_both.lead] == list(alone.lead)
    assert all("(najaar 2026)" in line for line in with_both.lead)
