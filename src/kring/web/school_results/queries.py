"""Which figures somebody may see.

Of lists with names: who may read or count those of the whole school. Of lists without names: as the table says of a snapshot.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID

from kring.core.access import Record, Role, Scope, Verb, rule_of
from kring.core.ambitions.wanted import CARE_SHARE
from kring.core.care import RED_NEEDED
from kring.core.disclosure import K_ANONYMOUS, shown_texts
from kring.core.instruments import Informant
from kring.documents.school import Mean, SchoolList, SchoolReport, SchoolScale
from kring.web.access import LISTS, may
from kring.web.school_results.drawing import Wishes, drawn, side_by_side
from kring.web.school_results.models import Ambition, Snapshot
from kring.web.schools.models import Bundle, Group, Membership, SchoolYear
from kring.web.surveys.models import AnonymousText, Round

CARE = "care"


def snapshots(actor: Membership) -> list[Snapshot]:
    """The figures that may be seen, from old to new; of a round that is open again none."""
    found = may(actor, Snapshot, Verb.READ).filter(round__closed_at__isnull=False).select_related("round__year")
    return [one for one in found.order_by("round__opens_on", "round__closed_at", "pk") if _may_see(actor, one.round)]


def _may_see(actor: Membership, round: Round) -> bool:
    if round.offered.anonymous:
        return True
    return any(_of_school(actor, LISTS[round.asks], verb) for verb in (Verb.READ, Verb.COUNT))


def _of_school(actor: Membership, record: Record, verb: Verb) -> bool:
    rule = rule_of(Role(actor.role), record, verb)
    return rule is not None and Scope.SCHOOL in rule.scopes


def of_whole_school(found: Iterable[Snapshot]) -> list[Snapshot]:
    """Without the times that a list was asked of a small part: what came out there says nothing about the school."""
    listed, most = list(found), defaultdict[str, int](int)
    for one in listed:
        most[one.round.instrument] = max(most[one.round.instrument], one.cells["asked"])
    return [one for one in listed if 2 * one.cells["asked"] >= most[one.round.instrument]]


def years_of(found: Iterable[Snapshot]) -> list[SchoolYear]:
    """The years of which there are figures, the newest first."""
    years = {one.round.year_id: one.round.year for one in found}
    return sorted(years.values(), key=lambda year: year.starts_on, reverse=True)


def wishes(actor: Membership) -> Wishes:
    """What the school wants now: the newest of each part. Where nobody said anything: green everywhere, and at most 20 %."""
    newest = {one.part: one for one in may(actor, Ambition, Verb.READ).order_by("set_at")}
    care = newest.pop(CARE, None)
    highest = Fraction(str(care.highest_share)) if care and care.highest_share else CARE_SHARE.threshold or Fraction(1, 5)
    dropped = frozenset(part for part, one in newest.items() if one.is_dropped)
    return Wishes(dropped, highest, (care.reds_needed if care else None) or RED_NEEDED)


def school_report(actor: Membership, found: Sequence[Snapshot], year: SchoolYear | None, *, on: date) -> SchoolReport:
    """Of each list the newest time of that year that the whole school was asked, lists about safety last."""
    newest = {one.round.instrument: one for one in of_whole_school(found) if year and one.round.year_id == year.pk}
    in_order = sorted(_drawn(actor, newest.values(), found), key=lambda one: (one.is_anonymous, one.informant.value, one.title))
    return _report(actor, in_order, on, period=year.label if year else "")


def round_report(actor: Membership, found: Snapshot, among: Sequence[Snapshot], *, on: date) -> SchoolReport:
    """One time alone."""
    return _report(actor, _drawn(actor, [found], among), on, period=found.round.year.label)


@dataclass(frozen=True, slots=True)
class Safety:
    """What the newest list about safety, without names, says of the school and of one group, as far as these may be told."""

    shown: SchoolList
    snapshot: UUID

    @property
    def lines(self) -> list[tuple[SchoolScale, Mean | None]]:
        """Each scale, with the mean of the group where there is one."""
        return [(one, next(iter(one.groups), None)) for one in self.shown.scales]


def safety_of(actor: Membership, group: Group) -> Safety | None:
    """Nothing when no such list was closed yet, or when somebody may not see its figures."""
    found = [one for one in snapshots(actor) if one.round.offered.anonymous and one.round.offered.informant is Informant.PUPIL]
    if not found:
        return None
    newest, is_of_year = found[-1], found[-1].round.year_id == group.year_id
    named = may(actor, Group, Verb.READ).filter(pk=group.pk).values_list("name", flat=True) if is_of_year else ()
    return Safety(drawn(newest, [], wishes(actor), actor.school, groups=frozenset(named)), newest.pk)


def _report(actor: Membership, lists: Iterable[SchoolList], on: date, *, period: str) -> SchoolReport:
    return SchoolReport(title=actor.school.name, made_on=on, lists=tuple(lists), period=period)


def _drawn(actor: Membership, those: Iterable[Snapshot], among: Sequence[Snapshot]) -> list[SchoolList]:
    """All of one year."""
    shown, now = list(those), wishes(actor)
    groups = may(actor, Group, Verb.READ).filter(year__in={one.round.year_id for one in shown}).values_list("name", flat=True)
    named = frozenset(groups)
    whole = of_whole_school(among)
    return [drawn(one, _before(one, whole), now, actor.school, groups=named, is_part=one not in whole) for one in shown]


def _before(one: Snapshot, among: Sequence[Snapshot]) -> list[Snapshot]:
    return [each for each in among if each.round.instrument == one.round.instrument and each.round.opens_on < one.round.opens_on]


def parts_of(found: Iterable[Snapshot]) -> dict[str, str]:
    """Every scale of which there are figures, by the key of its part: what a school can have an ambition on."""
    lists = {one.round.instrument: one for one in found}
    return {
        f"{key}.{scale['key']}": f"{one.round.offered.title}: {scale['title']}"
        for key, one in lists.items()
        for scale in one.cells["scales"]
    }


# ---- groups beside one another ----------------------------------------------------------------------------------


def bundles(actor: Membership) -> list[Bundle]:
    """The parallel groups, the newest year first."""
    return list(may(actor, Bundle, Verb.READ).select_related("year").order_by("-year__starts_on", "name"))


def parallel_report(actor: Membership, bundle: Bundle, *, on: date) -> SchoolReport:
    """The groups of a bundle by name: of each list of that year the newest time."""
    groups = frozenset(may(actor, Group, Verb.READ).filter(bundle=bundle).values_list("name", flat=True))
    newest = {one.round.instrument: one for one in snapshots(actor) if one.round.year_id == bundle.year_id}
    now = wishes(actor)
    lists = [side_by_side(drawn(one, [], now, actor.school, groups=groups), one.cells) for one in newest.values()]
    shown = [one for one in lists if any(scale.groups for scale in one.scales)]
    return SchoolReport(title=bundle.name, school=actor.school.name, made_on=on, lists=tuple(shown), are_parallels=True)


# ---- what was written without a name ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Texts:
    """What was written in a round without names, question by question; `are_hidden`: too few filled it in."""

    by_question: tuple[tuple[str, tuple[str, ...]], ...]
    are_hidden: bool


def texts_of(actor: Membership, found: Snapshot) -> Texts | None:
    """In the order of the alphabet, of the school as a whole; nothing for who may not count them, or where nobody asked for words."""
    asked = found.round.offered
    open_items = {item.key: item.text for item in asked.items if item.is_open}
    if not asked.anonymous or not open_items or rule_of(Role(actor.role), Record.ANONYMOUS_TEXT, Verb.COUNT) is None:
        return None
    rows = may(actor, AnonymousText, Verb.COUNT).filter(round=found.round_id).values_list("item", "text")
    written: dict[str, list[str]] = {key: [] for key in open_items}
    for item, text in rows if found.kept_at is None else ():
        written.setdefault(item, []).append(text)
    n = found.cells["answered"]
    shown = {key: shown_texts(texts[:n], n=n, k=K_ANONYMOUS, beside_background=False) for key, texts in written.items()}
    hidden = found.kept_at is not None or any(one.hidden for one in shown.values())
    return Texts(tuple((open_items[key], one.texts) for key, one in shown.items() if key in open_items), hidden)
