"""The example class in the repository is exactly what its generator makes."""

import importlib.util
from pathlib import Path

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
