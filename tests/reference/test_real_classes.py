"""`./kring analyse` on real classes that others published: every count as their makers and readers give it."""

import csv
import io
from pathlib import Path

import numpy as np
import pytest

from kring.analyse import main
from kring.analyse.folder import read_folder
from kring.class_files import ClassFiles
from kring.core.sociometry import Participation, Sufficiency, sociogram

MAPPINGS = Path(__file__).parent / "mappings"
DAY = ("--on", "2026-11-22")
pytestmark = pytest.mark.shared


def read(shared: Path, folder: str, mapping: str, instrument: str | None = None) -> ClassFiles:
    named = None if instrument is None else str(MAPPINGS / f"{instrument}.yaml")
    return read_folder(shared / "data" / folder, instrument=named, mapping=MAPPINGS / f"{mapping}.yaml")


def analyse(shared: Path, out: Path, folder: str, mapping: str, instrument: str | None = None) -> list[str]:
    """Run the command and give the files it made."""
    arguments = [str(shared / "data" / folder), "--mapping", str(MAPPINGS / f"{mapping}.yaml"), "--out", str(out), *DAY]
    if instrument is not None:
        arguments += ["--instrument", str(MAPPINGS / f"{instrument}.yaml")]
    assert main(arguments) == 0
    return sorted(path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file())


def silent(found: ClassFiles, wave: int, status: Participation) -> set[str]:
    one = found.groups[0].waves[wave]
    return {pupil for pupil, how in zip(one.pupils, one.asked[0].nominations.participation) if how is status}


def test_ibe121_has_three_positive_questions_and_one_negative(shared: Path, tmp_path: Path) -> None:
    found = read(shared, "ibe121_polish_class", "ibe121")
    (wave,) = found.groups[0].waves
    assert len(wave.pupils) == 26
    assert {one.question.key: int(one.nominations.positive.sum()) for one in wave.asked} == {"play": 88, "secret": 55, "work": 75}
    assert [int(one.nominations.negative.sum()) for one in wave.asked if one.nominations.negative is not None] == [36, 36, 36]
    assert silent(found, 0, Participation.ABSENT) == {"1024"}
    assert silent(found, 0, Participation.EMPTY) == set()
    assert analyse(shared, tmp_path / "report", "ibe121_polish_class", "ibe121") == [
        "group.html", "group.pdf", "inhoud.txt", "scores.csv",
        "sociogram-play-web.svg", "sociogram-play.svg", "sociogram-secret-web.svg", "sociogram-secret.svg",
        "sociogram-web.svg", "sociogram.svg",
    ]  # fmt: skip


def test_knecht_silent_pupils_stay_on_the_list_and_departed_ones_do_not(shared: Path, tmp_path: Path) -> None:
    found = read(shared, "knecht_klas12b", "knecht")
    waves = found.groups[0].waves
    assert [(wave.round, len(wave.pupils), int(wave.asked[0].nominations.positive.sum())) for wave in waves] == [
        ("A", 26, 91), ("B", 26, 117), ("C", 25, 133), ("D", 25, 119),
    ]  # fmt: skip
    assert ["21" in wave.pupils for wave in waves] == [True, True, False, False]
    assert [silent(found, wave, Participation.ABSENT) for wave in range(4)] == [set(), {"2"}, {"16", "19"}, set()]
    assert [silent(found, wave, Participation.EMPTY) for wave in range(4)] == [{"15"}, set(), {"1", "8", "9"}, {"1", "9"}]
    assert analyse(shared, tmp_path / "report", "knecht_klas12b", "knecht") == [
        "group.html", "group.pdf", "inhoud.txt", "scores.csv",
        "sociogram-a-friend-web.svg", "sociogram-a-friend.svg",
        "sociogram-b-friend-web.svg", "sociogram-b-friend.svg", "sociogram-c-friend-web.svg", "sociogram-c-friend.svg",
        "sociogram-web.svg", "sociogram.svg",
    ]  # fmt: skip


def test_knecht_silent_pupils_are_never_said_to_choose_nobody(shared: Path) -> None:
    for wave in read(shared, "knecht_klas12b", "knecht").groups[0].waves:
        picture = sociogram(wave.asked[0].nominations)
        told = {pupil for pupil, nobody in zip(wave.pupils, picture.chooses_nobody) if nobody}
        absent = {pupil for pupil, took_part in zip(wave.pupils, picture.nominations.nominators) if not took_part}
        assert told & absent == set()
        chosen = dict(zip(wave.pupils, picture.received.possible))
        assert {chosen[pupil] for pupil in absent} <= {len(wave.pupils) - len(absent)}
        assert {chosen[pupil] for pupil in set(wave.pupils) - absent} == {len(wave.pupils) - len(absent) - 1}


def test_vickers_chan_has_740_choices_of_29_pupils_without_limit(shared: Path, tmp_path: Path) -> None:
    found = read(shared, "vickers_chan_7th_graders", "vickers")
    (wave,) = found.groups[0].waves
    counts = {one.question.key: int(one.nominations.positive.sum()) for one in wave.asked}
    assert (len(wave.pupils), counts) == (29, {"get_on_with": 361, "best_friends": 181, "work_with": 198})
    assert sum(counts.values()) == 740
    assert max(int(one.nominations.positive.sum(axis=1).max()) for one in wave.asked) == 27
    assert "group.pdf" in analyse(shared, tmp_path / "report", "vickers_chan_7th_graders", "vickers")


def test_moreno_has_eight_classes_without_a_list(shared: Path, tmp_path: Path) -> None:
    found = read(shared, "moreno_1934_grades", "moreno")
    sizes = {group.key: (len(group.waves[0].pupils), int(group.waves[0].asked[0].nominations.positive.sum())) for group in found.groups}
    assert sizes == {
        "1": (35, 67), "2": (29, 59), "3": (33, 64), "4": (33, 63), "5": (45, 69), "6": (43, 80), "7": (32, 64), "8": (55, 88),
    }  # fmt: skip
    assert found.notes[0].startswith("Er is geen leerlingenlijst (pupils.csv).")
    assert sum("telt als afwezig" in note for note in found.notes) == 6
    made = analyse(shared, tmp_path / "report", "moreno_1934_grades", "moreno")
    assert [name for name in made if name.endswith(".pdf")] == [f"{grade}/group.pdf" for grade in range(1, 9)]


def test_hox_has_2000_pupils_in_100_classes(shared: Path) -> None:
    found = read(shared, "hox_popular2", "hox", "extraversion")
    answers = [group.waves[0].answers for group in found.groups]
    values = np.concatenate([one.values[:, 0] for one in answers if one is not None])
    assert (len(found.groups), len(values), bool(np.isnan(values).any())) == (100, 2000, False)
    assert (values.min(), values.max(), round(float(values.mean()), 3)) == (1, 10, 5.215)
    assert found.groups[99].key == "100"


def test_ten_hox_classes_become_reports(shared: Path, tmp_path: Path) -> None:
    lines = (shared / "data" / "hox_popular2" / "popular2.csv").read_text(encoding="utf-8").splitlines()
    few = [lines[0], *(line for line in lines[1:] if int(line.split(",")[1]) <= 10)]
    (tmp_path / "popular2.csv").write_text("\n".join(few), encoding="utf-8")
    arguments = ["--mapping", str(MAPPINGS / "hox.yaml"), "--instrument", str(MAPPINGS / "extraversion.yaml")]
    assert main([str(tmp_path), *arguments, *DAY]) == 0
    assert len(list((tmp_path / "report").glob("*/group.pdf"))) == 10


def test_autonomy_support_has_14_groups_of_5_to_39(shared: Path, tmp_path: Path) -> None:
    found = read(shared, "autonomy_support_nl", "autonomy", "autonomy_support")
    sizes = {group.key: len(group.waves[0].pupils) for group in found.groups}
    assert (len(sizes), sum(sizes.values()), min(sizes.values()), max(sizes.values())) == (14, 259, 5, 39)
    made = analyse(shared, tmp_path / "report", "autonomy_support_nl", "autonomy", "autonomy_support")
    assert len([name for name in made if name.endswith("group.html")]) == 14
    text = (tmp_path / "report" / "scores.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
    assert (len(rows), {row["measure"] for row in rows}, sum(row["value"] == "" for row in rows)) == (259, {"autonomy"}, 0)


def test_participation_of_every_real_class_allows_a_picture(shared: Path) -> None:
    for folder, mapping in (("ibe121_polish_class", "ibe121"), ("knecht_klas12b", "knecht"), ("vickers_chan_7th_graders", "vickers")):
        for wave in read(shared, folder, mapping).groups[0].waves:
            assert {one.nominations.sufficiency for one in wave.asked} == {Sufficiency.ALL}
