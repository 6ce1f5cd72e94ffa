"""Signs are seen, never concluded."""

from datetime import date

import pytest

from kring.core.attention import Channel, Sign, Source
from kring.core.signs import (
    SIGNS,
    Family,
    FamilyWithoutEvidence,
    SignUnknown,
    channels_of,
    findings_of,
    refuse_family_without_evidence,
    sign,
)

DAY = date(2026, 3, 2)


def test_about_twenty_five_signs_each_with_a_family_and_a_channel() -> None:
    assert 24 <= len(SIGNS) <= 30
    assert all(one.families and one.channels and one.key == key for key, one in SIGNS.items())
    assert {channel for one in SIGNS.values() for channel in one.channels} == set(Channel)
    assert {family for one in SIGNS.values() for family in one.families} == set(Family)


def test_a_sign_that_is_not_on_the_list_is_a_mistake() -> None:
    with pytest.raises(SignUnknown):
        sign("uses-drugs")


def test_a_family_is_named_with_evidence_only() -> None:
    refuse_family_without_evidence(["emotions"], signs=["tired"], fact="")
    refuse_family_without_evidence(["behaviour"], signs=[], fact="Hij duwde een stoel om.")
    refuse_family_without_evidence([], signs=[], fact="")
    with pytest.raises(FamilyWithoutEvidence) as broken:
        refuse_family_without_evidence(["behaviour"], signs=["tired"], fact=" ")
    assert broken.value.family == "behaviour"


def test_a_signal_counts_once_per_channel_and_source() -> None:
    found = findings_of(["tired", "cries-easily", "falling-marks"], ["behaviour"], on=DAY, observer="x")
    assert [(one.source, one.channel, one.sign) for one in found] == [
        (Source.OBSERVATION, Channel.INTERNALISING, Sign.SEEN),
        (Source.RESULTS, Channel.EXTERNALISING, Sign.FALL),
        (Source.RESULTS, Channel.INTERNALISING, Sign.FALL),
    ]


def test_without_a_sign_the_family_says_where_it_counts() -> None:
    assert [one.channel for one in findings_of([], ["behaviour", "social"], on=DAY, observer="x")] == sorted(Channel, reverse=False)
    assert findings_of([], [], on=DAY, observer="x") == ()
    assert channels_of(["quarrels"], ["emotions"]) == {Channel.EXTERNALISING}
