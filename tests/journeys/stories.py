"""How a story of months is told: in a small school of its own, with days that go by, and with plans that are measured week after week."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, expect

from kring.commands import ROOT
from kring.commands.server import environment
from tests.journeys.visitor import PHONE, Visitor

HERE = ZoneInfo("Europe/Amsterdam")
PROGRAM = "import django; django.setup(); from tests.journeys import story_school; story_school.main()"


def day(days: int = 0) -> str:
    """So many days from today, as a field of a date takes it."""
    today: date = datetime.now(HERE).date()
    return (today + timedelta(days=days)).isoformat()


@contextmanager
def told_in(own: Path) -> Iterator["subprocess.Popen[str]"]:
    """The program that makes the schools and lets days pass, beside the server that has the data of this folder."""
    settings = {"KRING_DATA": str(own), "KRING_DATABASE": "", "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    with subprocess.Popen(
        (sys.executable, "-c", PROGRAM),
        cwd=ROOT,
        env={**environment("demo"), **settings},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as program:
        yield program
        assert program.stdin is not None
        program.stdin.close()


@dataclass(eq=False, slots=True)
class Story:
    """One school; `keys` are those of its class and its pupils, by their names."""

    name: str
    program: "subprocess.Popen[str]"
    new_visitor: Callable[..., Visitor]
    keys: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.keys = self.tell("begin")

    def tell(self, word: str, *more: object) -> Any:
        assert self.program.stdin is not None
        assert self.program.stdout is not None
        print(word, self.name, *more, file=self.program.stdin, flush=True)
        return json.loads(self.program.stdout.readline())

    def days_pass(self, days: int) -> None:
        self.tell("pass", days)

    def at(self, who: str, *, on_a_phone: bool = False) -> "Teller":
        """Somebody at a browser, logged in."""
        visitor = self.outside(on_a_phone=on_a_phone)
        visitor.log_in(f"{who}.{self.name}")
        return Teller(visitor, self)

    def outside(self, *, on_a_phone: bool = False) -> Visitor:
        """Somebody at a browser, without an account."""
        visitor = self.new_visitor()
        if on_a_phone:
            visitor.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        return visitor


@dataclass(eq=False, slots=True)
class Teller:
    """Somebody in a story: reads, types and presses."""

    visitor: Visitor
    story: Story

    @property
    def main(self) -> Locator:
        return self.visitor.page.locator("main")

    def open(self, path: str) -> None:
        """An address under the own hat; `{Jesper}` is the key of Jesper."""
        self.visitor.open(f"{self.visitor.hat()}{path.format(**self.story.keys)}")

    def follow(self, name: str | re.Pattern[str]) -> None:
        self.visitor.follow(name)

    def press(self, name: str | re.Pattern[str]) -> None:
        self.main.get_by_role("button", name=name, exact=isinstance(name, str)).first.click()
        self.visitor.page.wait_for_load_state()

    def refused(self, name: str, because: str | re.Pattern[str]) -> None:
        """Press, and read why not."""
        with self.visitor.refused(409):
            self.press(name)
        expect(self.main.get_by_role("alert").first).to_contain_text(because)

    def fill(self, **said: str | bool) -> None:
        """By the names of the fields: a tick, a choice, a text."""
        for name, value in said.items():
            fields = self.main.locator(f"[name={name}]")
            if value is True:
                fields.first.check()
            elif fields.first.get_attribute("type") in {"radio", "checkbox"}:
                self.main.locator(f"[name={name}][value='{value}']").first.check()
            elif fields.first.evaluate("one => one.tagName") == "SELECT":
                fields.first.select_option(str(value))
            else:
                fields.first.fill(str(value))

    def first_steps(self) -> None:
        """The three small steps, where they are still asked."""
        for box in self.main.locator("[name=first_steps]").all():
            box.check()

    def both_sides(self) -> None:
        """What plays a part, where it is still asked."""
        for name, line in (("in_pupil", "Zingt graag, en wacht af."), ("in_surroundings", "De pauze is lang en druk.")):
            for box in self.main.locator(f"[name={name}]").all():
                box.fill(line)

    def reads(self, *texts: str | re.Pattern[str]) -> None:
        for text in texts:
            expect(self.main).to_contain_text(text)

    def misses(self, *texts: str | re.Pattern[str]) -> None:
        for text in texts:
            expect(self.main).not_to_contain_text(text)

    def look(self, name: str, *also: Any) -> None:
        self.visitor.look(f"story-{self.story.name}-{name}", *also)

    # ---- a plan of one pupil, week after week

    def measure(self, value: int, *, days_ago: int = 0) -> None:
        """On the page of the plan."""
        self.main.locator("[name=value]").first.fill(str(value))
        self.main.locator("[name=on]").first.fill(day(-days_ago))
        self.press(re.compile("^Meting bewaren"))

    def measure_before(self, *values: int) -> None:
        """How it goes before anything is done: a week, and then begun."""
        self.story.days_pass(7)
        for number, value in enumerate(values):
            self.measure(value, days_ago=2 * (len(values) - number))
        self.press("Vandaag beginnen")

    def weeks(self, *values: int) -> None:
        """Every week it is done once, and measured once."""
        for value in values:
            self.story.days_pass(7)
            self.press(re.compile("^Gedaan"))
            self.measure(value)


GOAL: Mapping[str, str | bool] = {
    "type": "skill",
    "level": "pupil",
    "unit": "rating",
    "better": "high",
    "target": "6",
    "start_level": "-1",
    "where": "class",
    "times_a_week": "1",
}
