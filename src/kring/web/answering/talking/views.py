"""“Ik wil praten” of a pupil at a tablet of the class."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kring.web.classroom.seated import SeatRequest, seated
from kring.web.talk_requests.asking import ask, talk_page


@require_http_methods(["GET", "HEAD", "POST"])
@seated
def seat_talk(request: SeatRequest) -> HttpResponse:
    """Choose somebody, read what will happen and when; and what I asked before."""
    actor, pupil = request.actor, request.seat.pupil
    refusal = ask(actor, pupil, request.POST.get("listener", "")) if request.method == "POST" else None
    if refusal == "":
        return redirect("seat_talk")
    page = talk_page(actor, pupil, refusal=refusal or "")
    request.readings.extend(one.row for one in page["asked"])
    return render(request, "talk_requests/seat_talk.html", page | {"seat": request.seat}, status=409 if refusal else 200)
