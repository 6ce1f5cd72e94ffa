"""What the long proofs found: each keeps its figures in a file, and `./kring test --long` writes docs/proofs.md from those."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from kring.commands import ROOT
from kring.commands.bench import machine

KEPT = ROOT / ".kring" / "proofs"
PAGE = ROOT / "docs" / "proofs.md"
HEAD = ("what is proven", "what came out", "took", "on")
ABOUT = (
    "# Proofs",
    "",
    "Some promises can only be kept if they hold many times over. These proofs run small in `./kring test` and whole in "
    "`./kring test --long`, which writes this page; they stand in `tests/reliability/`.",
    "",
)


@dataclass(frozen=True, slots=True)
class Proof:
    """One proof that held: what it claims, the figures, how long it took and when it ran."""

    name: str
    claim: str
    found: str
    seconds: float
    on: date

    def cells(self) -> tuple[str, ...]:
        return (self.claim, self.found, f"{self.seconds:.0f} s", self.on.isoformat())


def keep(proof: Proof, folder: Path = KEPT) -> None:
    """One file per proof; run again, it takes the place of the earlier one."""
    folder.mkdir(parents=True, mode=0o700, exist_ok=True)
    (folder / f"{proof.name}.json").write_text(json.dumps(asdict(proof), default=str, ensure_ascii=False), "utf-8")


def forget(name: str, folder: Path = KEPT) -> None:
    """A proof that is running has not held yet."""
    (folder / f"{name}.json").unlink(missing_ok=True)


def kept(folder: Path = KEPT) -> list[Proof]:
    """Every proof that held the last time it ran, by name."""
    told = [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]
    return [Proof(**{**one, "on": date.fromisoformat(one["on"])}) for one in told]


def write_page(proofs: Sequence[Proof]) -> None:
    """Nothing to tell leaves the page as it is."""
    if proofs:
        PAGE.write_text(page(proofs, by=machine()), "utf-8")


def page(proofs: Iterable[Proof], *, by: str) -> str:
    rows = (HEAD, ("---",) * len(HEAD), *(proof.cells() for proof in proofs))
    return "\n".join([*ABOUT, f"Measured by `./kring test --long` on {by}.", "", *("| " + " | ".join(cells) + " |" for cells in rows), ""])
