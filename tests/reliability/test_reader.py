"""Whatever a school hands in, reading it gives a value or a refusal that helps, and soon."""

import time
from collections.abc import Mapping, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from kring.class_files import ClassFiles, FilesRefused, class_files
from kring.commands import ROOT
from kring.core.instruments import Instrument, Question
from kring.documents.safe_cells import csv_bytes
from kring.file_problems import MOST_SHOWN
from kring.library import instrument
from tests.class_files.test_reading import QUESTIONS, TINY
from tests.class_files.test_refusals import NAMES, tables
from tests.reliability.conftest import Held
from tests.reliability.spoiling import SPOILS, Files, spoilt

COUNTS = (200, 20_000)  # small, whole
SLOWEST = 2.0  # seconds of computing: what else runs on the machine is of no account
CLASS = ROOT / "examples" / "klas"


CELLS = {
    **dict.fromkeys(("pupil", "from", "to"), st.sampled_from("1234")),
    **dict.fromkeys(("a", "b", "value"), st.sampled_from(["0", "1", "2", "3", "", "weet niet", "ja", "2,0"])),
    "question": st.sampled_from(["together", "rather_not", "secret"]),
    "status": st.sampled_from(["done", "empty", "absent", "refused", "LEEG"]),
    "item": st.sampled_from(["a", "b"]),
    "round": st.sampled_from(["", "A", "B"]),
    "group": st.sampled_from(["6A", "6B"]),
    "name": st.text(max_size=12),
}
COLUMNS = {
    "pupils": (("pupil",), ("name", "group", "round")),
    "nominations": (("question", "from", "to"), ("round", "value", "group")),
    "participation": (("pupil", "status"), ("round", "group")),
    "answers": (("pupil", "a"), ("b", "round", "group")),
}


@st.composite
def likely(draw: st.DrawFn, kind: str) -> bytes:
    """A table with the columns that it needs, perhaps some more, and words that may stand there."""
    needed, more = COLUMNS[kind]
    columns = [*needed, *draw(st.lists(st.sampled_from(more), unique=True, max_size=1))]
    rows = draw(st.lists(st.tuples(*(CELLS[column] for column in columns)), min_size=1, max_size=5, unique=True))
    return csv_bytes([columns, *rows])


any_bytes = st.dictionaries(NAMES, tables | st.binary(max_size=400) | st.text(max_size=200).map(str.encode), max_size=4)
classes = st.fixed_dictionaries({}, optional={f"{kind}.csv": likely(kind) for kind in COLUMNS})


class Reader:
    """Reads, judges every answer, and counts."""

    def __init__(self, instrument: Instrument, questions: Sequence[Question]) -> None:
        self.instrument, self.questions = instrument, questions
        self.values = self.refusals = 0
        self.slowest = 0.0

    def read(self, files: Files) -> None:
        start = time.process_time()
        try:
            found = class_files(files, self.instrument, questions=self.questions)
        except FilesRefused as refused:
            assert_helps(refused, files)
            self.refusals += 1
        else:
            assert isinstance(found, ClassFiles)
            self.values += 1
        took = time.process_time() - start
        assert took < SLOWEST
        self.slowest = max(self.slowest, took)

    def __str__(self) -> str:
        return f"{self.values + self.refusals} times: {self.values} read, {self.refusals} refused, slowest {self.slowest * 1000:.0f} ms"


def assert_helps(refused: FilesRefused, files: Files) -> None:
    """At least one problem, each with its file, a sentence and what to do."""
    assert 0 < len(refused.problems) <= MOST_SHOWN
    for problem in refused.problems:
        assert problem.file
        assert problem.message.endswith((".", "…"))
        assert problem.advice.endswith(".")
        assert problem.line is None or 1 <= problem.line <= lines_in(files, problem.file)


def lines_in(files: Files, name: str) -> int:
    """No file has more lines than it has bytes, and one."""
    return len(files[name]) + 1


def test_reader_of_anything(long: bool, held: Held) -> None:
    reader = Reader(TINY, QUESTIONS)

    @settings(max_examples=COUNTS[long], deadline=None, derandomize=True, database=None)
    @given(any_bytes | classes)
    def answers(files: Mapping[str, bytes]) -> None:
        reader.read(files)

    answers()
    held("any bytes and tables give a class or a refusal with file and advice, within 2 s", str(reader))


def test_reader_of_a_spoilt_class(long: bool, held: Held) -> None:
    whole = {path.name: path.read_bytes() for path in sorted(CLASS.glob("*.csv"))}
    reader = Reader(instrument("kring-leerling", 1), instrument("kring-sociogram").questions)
    for seed in range(COUNTS[long]):
        try:
            reader.read(spoilt(whole, seed))
        except BaseException as broken:
            broken.add_note(f"the files are spoilt(…, {seed})")
            raise
    assert min(reader.values, reader.refusals) > 0
    held(f"a class whose files went wrong in {len(SPOILS)} ways gives a class or a refusal that helps, within 2 s", str(reader))
