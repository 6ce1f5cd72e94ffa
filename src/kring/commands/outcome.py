"""What a run of pytest came to, read from the report it leaves."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of one database: how many tests passed, failed and were skipped, and why those were."""

    database: str
    code: int
    passed: int
    failed: int
    skipped: Counter[str]

    @property
    def good(self) -> bool:
        return self.code == 0

    def skips(self) -> Iterator[str]:
        for reason, number in self.skipped.most_common():
            yield f"SKIPPED on {self.database}, {number} ×: {reason}"

    def __str__(self) -> str:
        counts = ((self.passed, "passed"), (self.failed, "failed"), (self.skipped.total(), "skipped"))
        return f"{self.database} {', '.join(f'{number} {what}' for number, what in counts if number) or 'nothing run'}"


def outcome(database: str, report: Path, *, code: int) -> Outcome:
    """A run that left no report went wrong before its first test."""
    if not report.exists():
        return Outcome(database, code or 1, 0, 0, Counter())
    cases = list(ET.parse(report).iter("testcase"))  # noqa: S314 the report is our own
    skipped = Counter(skip.get("message", "") for case in cases for skip in case.findall("skipped"))
    failed = sum(1 for case in cases if case.find("failure") is not None or case.find("error") is not None)
    return Outcome(database, code, len(cases) - failed - skipped.total(), failed, skipped)
