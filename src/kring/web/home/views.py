"""The front page, logging in as one of the cast in a demo, and the first page of each role."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kring.core.access import Record, Verb
from kring.web.guard import SchoolRequest, guard, hats, public


@public
def front(request: HttpRequest) -> HttpResponse:
    """What Kring is; somebody who is logged in goes to their own first page."""
    if request.user.is_authenticated:
        first = hats(request.user).first()
        if first:
            return redirect("home", first.pk)
    return render(request, "home/front.html", {"cast": demo_cast()})


def demo_cast() -> list[object]:
    """Nobody outside a demo."""
    return [] if not settings.DEMO else []


@guard(Record.SCHOOL, Verb.READ)
def home(request: SchoolRequest) -> HttpResponse:
    """The first page of this hat."""
    return render(request, "home/home.html")
