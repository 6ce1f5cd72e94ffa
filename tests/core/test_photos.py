"""Whose photo it is by the name of the file, and when there comes none."""

import pytest

from kring.core.consents import PUPIL
from kring.core.objections import NotYoursToTakeBack
from kring.core.photos import (
    MOST_AT_ONCE,
    MOST_BROUGHT,
    NoPhoto,
    PhotoNobodys,
    PhotoRefusedAtHome,
    PhotoTooLarge,
    TooManyPhotos,
    TwoPhotosOfOne,
    check_takes_no_back,
    refuse_bytes,
    refuse_chosen,
    refuse_number,
    whose,
)

CLASS = {1: ("Noor", "Vries"), 2: ("Sem", "Bos"), 3: ("Noor", "Bos"), 4: ("Zoë", ""), 5: ("Sem Jan", "Bos"), 6: ("", "")}
NAMED = {1: "Noor de Vries", 2: "Sem Bos"}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (["Noor de Vries.jpg"], [1]),
        (["vries_noor_2025.PNG"], [1]),
        (["zoe.jpg"], [4]),  # without accents, without a family name
        (["noor.jpg"], [None]),  # two are called Noor
        (["sem jan.jpg"], [None]),  # Sem Bos or Sem Jan Bos: a person says it
        (["noor bos.jpg", "noor-bos (2).jpg"], [3, None]),  # nobody twice
        (["IMG_0412.jpg", ""], [None, None]),
        (["bos.jpg"], [None]),
        ([], []),
    ],
)
def test_a_file_is_proposed_for_the_pupil_whose_name_it_bears(files: list[str], expected: list[int | None]) -> None:
    assert whose(files, CLASS) == expected


def test_who_is_called_the_same_entirely_is_not_proposed() -> None:
    assert whose(["noor bos.jpg"], {1: ("Noor", "Bos"), 2: ("Noor", "Bos")}) == [None]


def test_files_are_not_too_many_too_large_or_empty() -> None:
    refuse_number(MOST_AT_ONCE)
    refuse_bytes("a.jpg", MOST_BROUGHT)
    with pytest.raises(TooManyPhotos):
        refuse_number(MOST_AT_ONCE + 1)
    with pytest.raises(PhotoTooLarge, match="groot"):
        refuse_bytes("groot.jpg", MOST_BROUGHT + 1)
    with pytest.raises(NoPhoto, match="leeg"):
        refuse_bytes("leeg.jpg", 0)


def test_one_photo_for_one_pupil_and_none_for_who_wants_none() -> None:
    refuse_chosen([1, 2], [], NAMED)
    with pytest.raises(PhotoNobodys):
        refuse_chosen([], [], NAMED)
    with pytest.raises(TwoPhotosOfOne, match="Sem Bos"):
        refuse_chosen([2, 1, 2], [], NAMED)
    with pytest.raises(PhotoRefusedAtHome, match="Noor de Vries"):
        refuse_chosen([2, 1], [1], NAMED)


def test_only_who_said_no_takes_it_back_and_a_pupil_of_sixteen_everybody_s() -> None:
    assert check_takes_no_back("Ed", ["Els", "Ed"], decides_alone=True) == {"Ed"}
    assert check_takes_no_back(PUPIL, ["Els", PUPIL], decides_alone=False) == {PUPIL}
    assert check_takes_no_back(PUPIL, ["Els"], decides_alone=True) == {"Els"}
    for who, said in (("Ed", ["Els"]), (PUPIL, ["Els"]), ("Els", [])):
        with pytest.raises(NotYoursToTakeBack):
            check_takes_no_back(who, said, decides_alone=False)
