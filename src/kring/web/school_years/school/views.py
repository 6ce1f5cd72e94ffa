"""The school itself: a page with one form."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kring.core.access import Record, Verb, roles_that
from kring.core.errors import BrokenRule
from kring.web.guard import SchoolRequest, find, guard
from kring.web.school_years.region.queries import packs_for
from kring.web.school_years.school.actions import describe_school
from kring.web.school_years.school.forms import SchoolForm
from kring.web.school_years.school.queries import is_alone
from kring.web.schools.models import School
from kring.web.wording import sentence


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.SCHOOL, Verb.WRITE, roles=roles_that(Record.SCHOOL, Verb.WRITE))
def school_edit(request: SchoolRequest) -> HttpResponse:
    """Name, type, region, municipality and partnership."""
    school = find(request, School, request.actor.school_id, Verb.WRITE)
    known = [pack.name for pack in packs_for(school, on=timezone.localdate())]
    data = request.POST if request.method == "POST" else None
    form = SchoolForm(data, initial=SchoolForm.known(school), names_board=is_alone(school), partnerships=known)
    if not form.is_bound or not form.is_valid():
        return render(request, "school_years/school.html", {"form": form, "school": school})
    region = school.region
    try:
        describe_school(request.actor, school, form.described())
    except BrokenRule as broken:
        page = {"form": form, "school": school, "refusal": sentence(broken)}
        return render(request, "school_years/school.html", page, status=409)
    messages.success(request, _("De gegevens van de school zijn bewaard."))
    if region not in ("", school.region):
        messages.warning(request, _("De vakanties veranderen niet vanzelf mee. Neem bij het schooljaar die van de nieuwe regio over."))
    return redirect("home", request.actor.pk)
