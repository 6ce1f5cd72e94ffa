"""The command as a school runs it: a folder in, a report folder out, or every problem and nothing at all."""

import csv
import io
import shutil
import stat
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from kring.analyse import main
from kring.class_files.decoding import MOST_BYTES

EXAMPLE = Path(__file__).parents[2] / "examples" / "klas"
DAY = ("--on", "2026-06-01")
PUPILS = "pupil,name\n1,Anna\n2,Bram\n3,Cato\n"
CHOICES = "question,from,to\ntogether,1,2\ntogether,2,1\ntogether,3,1\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "klas").mkdir()
    return tmp_path / "klas"


def put(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


def files_in(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def rows_of(report: Path) -> list[dict[str, str]]:
    text = (report / "scores.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def test_the_example_class_becomes_a_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "report"
    assert main([str(EXAMPLE), "--out", str(out), *DAY]) == 0
    assert files_in(out) == [
        "group.html", "group.pdf", "inhoud.txt", "scores.csv",
        "sociogram-2025-11-together-web.svg", "sociogram-2025-11-together.svg", "sociogram-web.svg", "sociogram.svg",
    ]  # fmt: skip
    page = (out / "group.html").read_text(encoding="utf-8")
    assert all(text in page for text in ("Groep 6A", "Xenia", "1 juni 2026", "Welbevinden op school", "<svg"))
    assert (out / "group.pdf").read_bytes().startswith(b"%PDF-")
    assert (out / "sociogram.svg").read_text(encoding="utf-8").startswith("<svg")
    said = capsys.readouterr()
    assert "[1/1] Groep 6A: 26 leerlingen" in said.err
    assert "ronde 2025-11, Leerlinglijst groep 5 tot en met 8: 25 van 26 ingevuld" in said.out
    assert "ronde 2026-05, sociogram “together”: 24 van 25 deden mee" in said.out
    assert str(out) in said.out


def test_scores_hold_every_pupil_every_scale_and_every_count(tmp_path: Path) -> None:
    assert main([str(EXAMPLE), "--out", str(tmp_path / "report"), *DAY]) == 0
    rows = rows_of(tmp_path / "report")
    assert len(rows) == (26 + 25) * (4 + 2)
    left = [row for row in rows if row["pupil"] == "21"]
    assert {row["round"] for row in left} == {"2025-11"}
    absent = [row for row in rows if (row["round"], row["pupil"]) == ("2025-11", "9")]
    assert [(row["measure"], row["value"], row["took_part"]) for row in absent[-2:]] == [
        ("together: received", "3", "absent"),
        ("together: given", "", "absent"),
    ]
    assert {row["colour"] for row in rows} == {"", "rood", "oranje", "groen"}


def test_the_report_lands_in_the_folder_and_only_its_owner_may_read_it(folder: Path) -> None:
    put(folder, {"pupils.csv": PUPILS, "nominations.csv": CHOICES})
    assert main([str(folder), *DAY]) == 0
    assert stat.S_IMODE((folder / "report").stat().st_mode) == 0o700
    assert files_in(folder / "report") == ["group.html", "group.pdf", "inhoud.txt", "scores.csv", "sociogram-web.svg", "sociogram.svg"]
    assert "klas" in (folder / "report" / "group.html").read_text(encoding="utf-8")


def test_what_the_input_lacks_is_left_out(folder: Path) -> None:
    shutil.copy(EXAMPLE / "pupils.csv", folder)
    shutil.copy(EXAMPLE / "answers.csv", folder)
    assert main([str(folder), *DAY]) == 0
    assert files_in(folder / "report") == ["group.html", "group.pdf", "inhoud.txt", "scores.csv"]
    assert "sociogram-1" not in (folder / "report" / "group.html").read_text(encoding="utf-8")


def test_too_few_took_part_gives_no_picture(folder: Path) -> None:
    put(folder, {"pupils.csv": "pupil\n1\n2\n3\n4\n5\n", "nominations.csv": CHOICES.replace("together,3,1\n", "")})
    assert main([str(folder), *DAY]) == 0
    assert files_in(folder / "report") == ["group.html", "group.pdf", "inhoud.txt", "scores.csv"]


def test_several_groups_get_a_folder_each_with_a_plain_name(folder: Path) -> None:
    put(folder, {"nominations.csv": "group,question,from,to\n../../6A,together,1,2\n6A,together,2,1\nÉé n,together,1,2\n"})
    assert main([str(folder), *DAY]) == 0
    assert [name for name in files_in(folder / "report") if name.endswith(".html")] == [
        "6a-2/group.html",
        "6a/group.html",
        "ee-n/group.html",
    ]


def test_a_name_that_is_a_formula_stays_text(folder: Path) -> None:
    pupils = 'pupil,name\n1,"=HYPERLINK(""http://x"")"\n2,"<script>alert(1)</script>"\n'
    put(folder, {"pupils.csv": pupils, "nominations.csv": "question,from,to\ntogether,1,2\ntogether,2,1\n"})
    assert main([str(folder), *DAY]) == 0
    assert {row["name"] for row in rows_of(folder / "report")} == {'\'=HYPERLINK("http://x")', "<script>alert(1)</script>"}
    assert "<script>alert" not in (folder / "report" / "group.html").read_text(encoding="utf-8")


def test_every_problem_is_listed_and_nothing_is_made(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(folder, {"pupils.csv": PUPILS, "nominations.csv": CHOICES + "together,1,9\ntogether,2,2\n"})
    assert main([str(folder), *DAY]) == 2
    assert files_in(folder) == ["nominations.csv", "pupils.csv"]
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines() == [
        "Er is niets gemaakt: er zijn 2 problemen.",
        "  - nominations.csv, regel 5, kolom “to”: Leerling “9” staat niet op de leerlingenlijst. "
        "Kijk of het nummer of de naam goed geschreven is, of zet de leerling op de lijst.",
        "  - nominations.csv, regel 6, kolom “to”: Leerling “2” kiest zichzelf. Haal de rij weg of verbeter een van beide.",
    ]


def test_an_earlier_report_stays_when_the_files_are_refused_and_goes_when_they_are_not(folder: Path) -> None:
    put(folder, {"pupils.csv": PUPILS, "nominations.csv": CHOICES})
    assert main([str(folder), *DAY]) == 0
    first = (folder / "report" / "group.html").read_bytes()
    put(folder, {"nominations.csv": CHOICES + "together,1,1\n"})
    assert main([str(folder), *DAY]) == 2
    assert (folder / "report" / "group.html").read_bytes() == first
    put(folder, {"nominations.csv": CHOICES + "together,1,3\n"})
    assert main([str(folder), *DAY]) == 0
    assert (folder / "report" / "group.html").read_bytes() != first
    assert sorted(path.name for path in folder.iterdir()) == ["nominations.csv", "pupils.csv", "report"]


def test_the_same_files_on_the_same_day_give_the_same_page(folder: Path) -> None:
    assert main([str(EXAMPLE), "--out", str(folder / "a"), *DAY]) == main([str(EXAMPLE), "--out", str(folder / "b"), *DAY]) == 0
    for name in ("group.html", "scores.csv", "sociogram.svg"):
        assert (folder / "a" / name).read_bytes() == (folder / "b" / name).read_bytes()


def test_a_folder_with_other_things_in_it_is_not_thrown_away(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(folder, {"pupils.csv": PUPILS, "nominations.csv": CHOICES})
    out = folder.parent / "precious"
    out.mkdir()
    put(out, {"diary.txt": "mine"})
    assert main([str(folder), "--out", str(out), *DAY]) == 2
    assert files_in(out) == ["diary.txt"]
    assert "niet van Kring" in capsys.readouterr().err
    assert main([str(folder), "--out", str(folder), *DAY]) == 2


def test_a_folder_that_cannot_be_written_is_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(folder, {"pupils.csv": PUPILS, "nominations.csv": CHOICES})
    assert main([str(folder), "--out", str(folder / "pupils.csv" / "report"), *DAY]) == 1
    assert "kon niet geschreven worden" in capsys.readouterr().err


def test_a_file_of_200_mb_is_refused_without_opening_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(folder, {"pupils.csv": PUPILS})
    with (folder / "nominations.csv").open("wb") as large:
        large.truncate(20 * MOST_BYTES)
    assert main([str(folder), *DAY]) == 2
    assert "Het bestand is 200 MB; Kring leest bestanden tot 10 MB." in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["a", "b"], ["a", "--what"], ["a", "--on", "gisteren"]])
def test_a_command_that_is_not_understood_shows_how(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert "Zo werkt het: ./kring analyse MAP" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"), [(["a", "--what"], "Dit kent Kring niet: --what"), (["a", "--on", "gisteren"], "als 2026-08-31")]
)
def test_a_wrong_word_on_the_line_is_named(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert said in capsys.readouterr().err


def test_help_tells_which_files_there_may_be(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    said = capsys.readouterr().out
    assert all(f"{name}.csv" in said for name in ("pupils", "nominations", "participation", "answers"))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--instrument", "onbekend"], "De vragenlijst “onbekend” is er niet. Kies uit: kring-check-in, kring-gesprek, "),
        (["--instrument", "onbekend.yaml"], "onbekend.yaml: Dit bestand bestaat niet."),
        (["--instrument", "kring-leerling-9"], "De vragenlijst “kring-leerling” is er niet."),
        (["--mapping", "onbekend.yaml"], "onbekend.yaml: Dit bestand bestaat niet."),
    ],
)
def test_an_instrument_or_mapping_that_is_not_there(
    folder: Path, arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    put(folder, {"pupils.csv": PUPILS, "nominations.csv": CHOICES})
    assert main([str(folder), *arguments, *DAY]) == 2
    assert words in capsys.readouterr().err


def test_a_folder_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "nergens")]) == 2
    assert "Deze map bestaat niet." in capsys.readouterr().err


@pytest.mark.parametrize("key", ["kring-leerling", "kring-leerling-1"])
def test_the_list_may_be_named(folder: Path, key: str, capsys: pytest.CaptureFixture[str]) -> None:
    put(folder, {"answers.csv": "pupil,item,value\n1,w1,4\n1,w3,klopt\n2,w1,1\n"})
    assert main([str(folder), "--instrument", key, *DAY]) == 0
    assert "Leerlinglijst groep 5 tot en met 8: 2 van 2 ingevuld" in capsys.readouterr().out


def test_answers_of_an_unknown_list_ask_for_its_name(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(folder, {"answers.csv": "pupil,q1\n1,4\n"})
    assert main([str(folder), *DAY]) == 2
    assert "Noem de vragenlijst, bijvoorbeeld met --instrument kring-leerling." in capsys.readouterr().err


def test_an_instrument_and_a_mapping_in_the_folder_are_found(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = (Path(__file__).parents[2] / "content" / "instruments" / "kring-leerling-1.yaml").read_text(encoding="utf-8")
    put(folder, {"instrument.yaml": own.replace("title: Leerlinglijst groep 5 tot en met 8", "title: Eigen lijst")})
    put(
        folder,
        {"mapping.yaml": "answers: {file: uitvoer.csv, columns: {pupil: nummer}, items: {v1: w1}}", "uitvoer.csv": "nummer;v1\n1;4\n"},
    )
    assert main([str(folder), *DAY]) == 0
    assert "Eigen lijst: 1 van 1 ingevuld" in capsys.readouterr().out


def test_a_bad_instrument_names_its_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(folder, {"instrument.yaml": "key: x\nlicence:\n", "answers.csv": "pupil,q1\n1,4\n"})
    assert main([str(folder), *DAY]) == 2
    assert "instrument.yaml, regel 2, kolom “licence”: Het veld “licence” ontbreekt of is leeg." in capsys.readouterr().err


def test_runs_by_itself_without_the_settings_of_the_web(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kring.analyse", str(EXAMPLE), "--out", str(tmp_path / "report"), *DAY]
    source = Path(__file__).parents[2] / "src"
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env={"PYTHONPATH": str(source), "PYTHONUTF8": "1"}, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "[1/1] Groep 6A: 26 leerlingen\n")


def test_more_than_fifty_problems_are_counted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(folder, {"pupils.csv": PUPILS, "nominations.csv": CHOICES + "".join(f"together,1,x{number}\n" for number in range(60))})
    assert main([str(folder), *DAY]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert (lines[0], len(lines)) == ("Er is niets gemaakt: er zijn 60 problemen.", 52)
    assert lines[-1] == "  … en nog 10. Verbeter deze eerst en probeer het dan opnieuw."


def test_many_remarks_are_cut_and_counted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = "".join(f"{group},together,1,2\n" for group in range(1, 25))
    put(folder, {"nominations.csv": "group,question,from,to\n" + rows})
    assert main([str(folder), *DAY]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[said.index("Let op:") + 1 :][20] == "  … en nog 5 opmerkingen."


def test_answers_that_cannot_be_read_are_refused_as_such(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(folder, {"answers.csv": 'pupil,w1\n1,"4\n'})
    assert main([str(folder), *DAY]) == 2
    assert "answers.csv, regel 2: Vanaf hier kloppen de aanhalingstekens niet" in capsys.readouterr().err
