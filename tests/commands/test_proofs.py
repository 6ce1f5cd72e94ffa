"""What the long proofs found is kept, and told on a page."""

from datetime import date
from pathlib import Path

from kring.commands.proofs import Proof, forget, keep, kept, page

KILLED = Proof("killed", "all of it or nothing", "100 kills, never a part", 41.6, date(2026, 11, 22))
READ = Proof("read", "a class or a refusal", "20000 times", 60.0, date(2026, 11, 21))


def test_a_proof_is_kept_until_it_runs_again(tmp_path: Path) -> None:
    keep(READ, tmp_path / "proofs")
    keep(KILLED, tmp_path / "proofs")
    assert kept(tmp_path / "proofs") == [KILLED, READ]
    forget("killed", tmp_path / "proofs")
    forget("killed", tmp_path / "proofs")
    assert kept(tmp_path / "proofs") == [READ]


def test_nothing_is_kept_of_what_never_ran(tmp_path: Path) -> None:
    assert kept(tmp_path / "proofs") == []


def test_the_page_says_what_held_on_which_machine_and_when() -> None:
    lines = page([KILLED], by="some machine").splitlines()
    assert "Measured by `./kring test --long` on some machine." in lines
    assert lines[-1] == "| all of it or nothing | 100 kills, never a part | 42 s | 2026-11-22 |"
