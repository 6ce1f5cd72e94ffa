"""The example class in the repository is exactly what its generator makes."""

import importlib.util
from pathlib import Path

from kring.analyse.folder import read_folder

EXAMPLES = Path(__file__).parents[2] / "examples"


def test_the_generator_makes_the_same_class_again(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("make_example", EXAMPLES / "make_example.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.make(tmp_path / "klas")
    for path in (EXAMPLES / "klas").glob("*.csv"):
        assert (tmp_path / "klas" / path.name).read_bytes() == path.read_bytes()


def test_the_mapping_in_the_manual_works(tmp_path: Path) -> None:
    manual = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    (tmp_path / "mapping.yaml").write_text(manual.split("```yaml\n")[1].split("```")[0], encoding="utf-8")
    (tmp_path / "klassenlijst.csv").write_text("nummer;roepnaam;klas\n1;Anna;6A\n2;Bram;6A\n3;Cato;6A\n", encoding="utf-8")
    (tmp_path / "keuzes.csv").write_text("periode;kind;gekozen\nH;1;2\nL;2;1\n", encoding="utf-8")
    (tmp_path / "gemist.csv").write_text("periode;kind;code\nH;3;9\nL;3;10\n", encoding="utf-8")
    (tmp_path / "lijst.csv").write_text("kind;periode;vraag1;vraag2;opmerking\n1;L;4;NA;fijn\n", encoding="utf-8")
    found = read_folder(tmp_path)
    waves = found.groups[0].waves
    assert [(wave.round, " ".join(wave.asked[0].nominations.participation), wave.answers is None) for wave in waves] == [
        ("herfst", "done empty absent", True),
        ("lente", "empty done empty", False),
    ]
    assert found.instrument is not None
    assert found.instrument.key == "kring-leerling"
