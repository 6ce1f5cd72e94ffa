"""The pages beside the drawing of a sociogram: its class, its pupils, what changed, and what may stand on the board."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kring.core.access import Record, Role, Verb, roles_that
from kring.documents import paper
from kring.documents.sections import Section
from kring.documents.sociometry.card import card_sections
from kring.documents.sociometry.course import change_sections
from kring.documents.sociometry.facts import facts_sections
from kring.documents.spreadsheets import Table, csv_for_machines, xlsx
from kring.web.files.attachments import attachment
from kring.web.guard import SchoolRequest, find, guard, proof_before_taking
from kring.web.sociograms.models import Sociogram
from kring.web.sociograms.predicting.queries import comparison, my_prediction
from kring.web.sociograms.queries import GroupSociogram, sociograms
from kring.web.sociograms.understanding import queries, sheets
from kring.web.sociograms.understanding.kept import counted_questions

TEAM = roles_that(Record.SOCIOGRAM, Verb.READ)
ASKS_BUDDIES = roles_that(Record.BUDDIES, Verb.WRITE)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Sections = Callable[[SchoolRequest, GroupSociogram], tuple[Section, ...]]
Beside = Callable[[SchoolRequest, GroupSociogram], dict[str, object]]


def _page(request: SchoolRequest, key: UUID, tab: str, sections: Sections, *, beside: Beside | None = None) -> HttpResponse:
    """Of choices that were deleted on their day, nothing but what was counted; of an open round there is nothing at all."""
    row = find(request, Sociogram, key)
    page = {"row": row, "tab": tab}
    if row.choices_gone_at is not None:
        return render(
            request,
            "sociograms/counted.html",
            {**page, "counted": queries.counted_pupils(request.actor, row), "questions_counted": counted_questions(row)},
        )
    (seen,) = sociograms(request.actor, pk=row.pk)
    more = beside(request, seen) if beside else {}
    return render(request, f"sociograms/{tab}.html", {**page, **more, "sections": sections(request, seen)})


@require_safe
@guard(Record.SOCIOGRAM, Verb.READ, roles=TEAM)
def sociogram_facts(request: SchoolRequest, sociogram: UUID) -> HttpResponse:
    """The facts per pupil, in careful words; that somebody looked, stands in the log of each of them."""
    return _page(request, sociogram, "facts", _facts, beside=_expected)


def _expected(request: SchoolRequest, seen: GroupSociogram) -> dict[str, object]:
    """What I said beforehand myself, when I did; and whether there are counts to take along."""
    mine = my_prediction(request.actor, seen.row.group, seen.row.round)
    found = comparison(request.actor, mine, at=timezone.now()) if mine else None
    return {"comparison": found, "has_counts": sheets.has_counts(seen), "asks_buddies": Role(request.actor.role) in ASKS_BUDDIES}


def _facts(request: SchoolRequest, seen: GroupSociogram) -> tuple[Section, ...]:
    return facts_sections(queries.understood(request.actor, seen))


@require_safe
@guard(Record.SOCIOGRAM, Verb.READ, roles=TEAM)
def sociogram_card(request: SchoolRequest, sociogram: UUID) -> HttpResponse:
    """The class as a whole, read before the pupils."""
    return _page(request, sociogram, "card", _card)


def _card(request: SchoolRequest, seen: GroupSociogram) -> tuple[Section, ...]:
    return card_sections(queries.class_card(request.actor, seen))


@require_safe
@guard(Record.SOCIOGRAM, Verb.READ, roles=TEAM)
def sociogram_change(request: SchoolRequest, sociogram: UUID) -> HttpResponse:
    """Beside the last time that these pupils answered these questions."""
    return _page(request, sociogram, "change", _change)


def _change(request: SchoolRequest, seen: GroupSociogram) -> tuple[Section, ...]:
    part = queries.change(request.actor, seen)
    return () if part is None else change_sections(part)


@require_safe
@guard(Record.SOCIOGRAM, Verb.READ, roles=TEAM)
def sociogram_talk(request: SchoolRequest, sociogram: UUID) -> HttpResponse:
    """What may stand on the board: numbers of the whole class, and what to ask; no name and no place."""
    row = find(request, Sociogram, sociogram)
    (seen,) = sociograms(request.actor, pk=row.pk)
    page = {"row": row, "tab": "talk", "talk": sheets.talk(seen, on=timezone.localdate())}
    return render(request, "sociograms/board.html" if "board" in request.GET else "sociograms/talk.html", page)


# ---- taking along -------------------------------------------------------------------------------------------------------


def _counts(request: SchoolRequest, key: UUID) -> Table:
    seen = _to_take(request, key)
    if not sheets.has_counts(seen):
        raise Http404
    return sheets.counts_table(seen)


def _to_take(request: SchoolRequest, key: UUID) -> GroupSociogram:
    """What can be taken along; of choices that are gone there is nothing."""
    row = find(request, Sociogram, key)
    if row.choices_gone_at is not None:
        raise Http404
    (seen,) = sociograms(request.actor, pk=row.pk)
    return seen


@require_safe
@guard(Record.SOCIOGRAM, Verb.READ, roles=TEAM)
def sociogram_pdf(request: SchoolRequest, sociogram: UUID) -> HttpResponse:
    """The class, the drawings and the facts as a tagged PDF; its file name tells nothing."""
    report = sheets.report(request.actor, _to_take(request, sociogram), on=timezone.localdate())
    return attachment(paper.group_pdf(report), _("sociogram.pdf"), "application/pdf")


@require_safe
@guard(Record.SOCIOGRAM, Verb.READ, roles=TEAM)
def sociogram_xlsx(request: SchoolRequest, sociogram: UUID) -> HttpResponse:
    """The counts for people: nobody who chose, and nothing of a no."""
    table = _counts(request, sociogram)
    return proof_before_taking(request, Record.SOCIOGRAM) or attachment(xlsx(table), _("sociogram.xlsx"), XLSX)


@require_safe
@guard(Record.SOCIOGRAM, Verb.READ, roles=TEAM)
def sociogram_csv(request: SchoolRequest, sociogram: UUID) -> HttpResponse:
    """The same for machines."""
    table = _counts(request, sociogram)
    made = attachment(csv_for_machines(table), _("sociogram.csv"), "text/csv; charset=utf-8")
    return proof_before_taking(request, Record.SOCIOGRAM) or made
