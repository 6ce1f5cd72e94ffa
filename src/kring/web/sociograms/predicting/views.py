"""One page: to say what one expects, to read back what was sealed, and afterwards to learn from it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kring.core.access import Record, Verb, roles_that
from kring.core.errors import BrokenRule
from kring.web.guard import SchoolRequest, find, guard
from kring.web.schools.models import Group
from kring.web.sociograms.predicting import actions, queries
from kring.web.sociograms.predicting.forms import ExpectForm
from kring.web.surveys.models import Round
from kring.web.wording import sentence

EXPECTS = roles_that(Record.PREDICTION, Verb.WRITE)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.PREDICTION, Verb.WRITE, roles=EXPECTS)
def prediction(request: SchoolRequest, group: UUID, round: UUID) -> HttpResponse:
    """The names with what I expect; nobody else sees it."""
    found, asked = find(request, Group, group, Verb.WRITE, of=Record.PREDICTION), find(request, Round, round)
    pupils = queries.on_list(request.actor, found, asked)
    if not asked.offered.asks_whom_one_chooses or not pupils:
        raise Http404
    said = queries.expected_by(request.actor, queries.my_prediction(request.actor, found, asked))
    form = ExpectForm(request.POST if request.method == "POST" else None, pupils=pupils, said=said)
    if not form.is_bound or not form.is_valid():
        return _page(request, found, asked, form)
    sealing = "seal" in request.POST
    try:
        (actions.seal if sealing else actions.expect)(request.actor, found, asked, form.expected(), at=timezone.now())
    except BrokenRule as broken:
        return _page(request, found, asked, form, broken)
    messages.success(
        request, _("Vastgezet. Na de afname leest u hier wat er uitkwam.") if sealing else _("Bewaard. U kunt het nog veranderen.")
    )
    return redirect("prediction", request.actor.pk, found.pk, asked.pk)


def _page(request: SchoolRequest, group: Group, round: Round, form: ExpectForm, broken: BrokenRule | None = None) -> HttpResponse:
    mine = queries.my_prediction(request.actor, group, round)
    stands = mine is not None and (mine.sealed_at is not None or queries.was_closed(round))
    said = queries.expected_by(request.actor, mine)
    page = {
        "group": group,
        "round": round,
        "form": form,
        "mine": mine,
        "stands": stands,
        "is_over": mine is None and queries.was_closed(round),
        "often": [name for key, name in _names(form) if said.get(key) == "often"],
        "never": [name for key, name in _names(form) if said.get(key) == "never"],
        "comparison": queries.comparison(request.actor, mine, at=timezone.now()) if mine else None,
        "refusal": sentence(broken) if broken else "",
    }
    return render(request, "sociograms/predicting/prediction.html", page, status=409 if broken else 200)


def _names(form: ExpectForm) -> list[tuple[str, str]]:
    return [(name.removeprefix("pupil-"), str(field.label)) for name, field in form.fields.items()]
