"""The steps in words, each with the page on which it is done."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from kring.core.access import Role
from kring.core.set_up import State, Step
from kring.web.access_words import ROLES
from kring.web.schools.models import Membership
from kring.web.setting_up.queries import Guide, GuideLine, guide_for
from kring.web.setting_up.words import WORDS, StepWords

PLACES = {
    Step.SCHOOL: "school_edit",
    Step.YEAR: "school_years",
    Step.HOLIDAYS: "school_years",
    Step.GROUPS: "school_groups",
    Step.PUPILS: "roster_files",
    Step.STAFF: "people",
    Step.LETTERS: "people",
    Step.FIRST_ROUND: "round_new",
}
"""The pages of the steps; what is at hand there may hang on how far one is."""


@dataclass(frozen=True, slots=True)
class ToldStep:
    """A step as the page tells it."""

    line: GuideLine
    words: StepWords
    url: str
    first: str
    waits_for: str
    nobody_is: str

    @property
    def state(self) -> str:
        return self.line.state.value


def block_for(actor: Membership) -> dict[str, object] | None:
    """What the first page says of it; nothing when nothing is left to do."""
    guide = guide_for(actor, at=timezone.now())
    return {"guide": guide, "steps": list(told(actor, guide))} if guide else None


def told(actor: Membership, guide: Guide) -> Iterable[ToldStep]:
    """The steps in words."""
    for line in guide.lines:
        yield ToldStep(
            line,
            WORDS[line.step],
            _place(actor, guide, line) if Role(actor.role) in line.doers else "",
            ", ".join(str(WORDS[step].title) for step in line.first),
            _named(line.doers),
            _named(line.missing) if line.missing == line.doers else "",
        )


def _named(roles: Iterable[Role]) -> str:
    return ", ".join(str(ROLES[role]) for role in roles)


def _place(actor: Membership, guide: Guide, line: GuideLine) -> str:
    """The very page on which it is done."""
    if line.step is Step.YEAR and line.state is not State.DONE:
        return reverse("school_year_new", args=[actor.pk])
    if line.step is Step.HOLIDAYS and guide.year:
        return reverse("school_year", args=[actor.pk, guide.year])
    return reverse(PLACES[line.step], args=[actor.pk])
