"""Look along as one of the cast, and the living style page."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from kring.web.demo.queries import person_on_front
from kring.web.guard import public
from kring.web.signing_in.entering import enter


@public
@require_POST
def demo_login(request: HttpRequest) -> HttpResponse:
    """Log in without a password, as somebody of the cast and as nobody else."""
    person = person_on_front(request.POST.get("person", "")) if settings.DEMO else None
    if person is None:
        raise Http404
    enter(request, person, method="demo")
    return redirect(settings.LOGIN_REDIRECT_URL)


@public
@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """Everything a page of Kring is made of."""
    if settings.PRODUCTION:
        raise Http404
    return render(request, "style/index.html")
