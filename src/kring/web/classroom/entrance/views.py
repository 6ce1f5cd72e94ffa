"""A class comes in: the code on the board, the own name, and a card, three pictures or a pin. For whoever stands before the door."""

from datetime import datetime
from typing import Any, Final

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from kring.core.classroom import MINUTE, PICTURES, Seated, tidied, tidied_pictures, tidied_pin
from kring.web.classroom import rows
from kring.web.classroom.entrance import tries
from kring.web.classroom.entrance.devices import Device, device_in, device_of, remember
from kring.web.classroom.entrance.forms import CardForm, DoorForm, KeyForm, TabletForm
from kring.web.classroom.models import PupilKey, SignInWindow
from kring.web.classroom.seated import COOKIE, SeatRequest, forget_seat, keep_seat, seated
from kring.web.guard import public
from kring.web.schools.models import Pupil
from kring.web.trace import record_sign_in
from kring.web.wall import schools_open

WRONG_CODE: Final = _("Deze code werkt niet. Kijk nog eens goed op het bord. Lukt het niet? Vraag je juf of meester.")
CLASS_OVER: Final = _("De klas is nu dicht. Vraag je juf of meester om een nieuwe code.")
WRONG_PICTURES: Final = _("Dat zijn niet jouw drie plaatjes. Probeer het nog een keer.")
WRONG_PIN: Final = _("Dat is niet jouw pincode. Probeer het nog een keer.")
LOCKED: Final = _("Het ging een paar keer niet goed. Nu zit jouw naam op slot. Je juf of meester kan hem weer openen.")
WRONG_CARD: Final = _("Deze kaart werkt niet. Heb je een oude kaart? Vraag je juf of meester om je nieuwe kaart.")
OTHER_CLASS: Final = _("Deze kaart hoort bij een andere klas. Pak je eigen kaart.")
CODE_FIRST: Final = _("Typ eerst de code die op het bord staat. Scan daarna je kaart nog een keer.")
WAIT: Final = _("Het ging te vaak mis op dit apparaat. Wacht een minuut en probeer het dan nog een keer.")
ENDED: Final[dict[str, Promise]] = {
    Seated.AWAY: _("Er gebeurde een tijdje niets. Daarom is Kring hier gestopt. Ga je verder? Dan zie je wat is bewaard."),
    Seated.OVER: _("De les is voorbij. Ga je later verder? Dan zie je wat is bewaard."),
    Seated.ELSEWHERE: _("Iemand ging met jouw naam verder op een ander apparaat. Was jij dat niet? Zeg het tegen je juf of meester."),
}
TYPED: Final = {PupilKey.Kind.PICTURES.value: WRONG_PICTURES, PupilKey.Kind.PIN.value: WRONG_PIN}


# ---- the code


@public
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def class_door(request: HttpRequest) -> HttpResponse:
    """The code on the board. Wrong, closed and over are one and the same answer."""
    form = DoorForm(request.POST if request.method == "POST" else None, initial={"ended": request.GET.get("ended", "")})
    if request.method != "POST":
        return _door(request, form, why=ENDED.get(request.GET.get("ended", "")))
    now, device = timezone.now(), device_of(request)
    shown = device_in(form.data.get("device", "")) if form.is_valid() else Device()
    if tries.waits(request, shown if shown.window else device, types_code=shown.window is None, at=now):
        return _slowly(request)
    code = tidied(form.cleaned_data["code"]) if form.is_valid() else None
    window = rows.window_of(shown.window, at=now) if shown.window else rows.window_with(code or "", at=now)
    if window is not None:
        _nobody_sits(request, at=now)
        names = _after(reverse("class_names"), form.cleaned_data["ended"])
        return _remembering(redirect(names), (shown if shown.window else device).in_window(window.pk))
    if shown.window:
        return _door(request, DoorForm(), why=CLASS_OVER)
    device = device.in_window(device.window)
    tries.note_wrong_code(request, device, at=now)
    return _remembering(_door(request, form, why=WRONG_CODE, status=409), device)


def _door(request: HttpRequest, form: DoorForm, *, why: Any, status: int = 200) -> HttpResponse:
    return render(request, "classroom/door.html", {"form": form, "why": why}, status=status)


def _slowly(request: HttpRequest) -> HttpResponse:
    answer = render(request, "classroom/wait.html", {"why": WAIT}, status=429)
    answer.headers["Retry-After"] = str(int(MINUTE.total_seconds()))
    return answer


def _remembering(answer: HttpResponse, device: Device) -> HttpResponse:
    remember(answer, device)
    return answer


# ---- the name and the key


@public
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def class_names(request: HttpRequest) -> HttpResponse:
    """Wie ben jij? Names stand here only for a device that showed the code."""
    now, device = timezone.now(), device_of(request)
    window = _window(device, at=now)
    if window is None:
        return redirect(_after(reverse("class_door"), request.GET.get("ended", "")))
    if request.method != "POST":
        return _names(request, window, device, why=ENDED.get(request.GET.get("ended", "")), at=now)
    if tries.waits(request, device, at=now):
        return _not_in(request, window, device, why=WAIT, status=429, at=now)
    return _try_key(request, window, device, KeyForm(request.POST), at=now)


def _window(device: Device, *, at: datetime) -> SignInWindow | None:
    """The window for which this device showed the code, while it is open and its teacher may let in."""
    window = rows.window_of(device.window, at=at) if device.window else None
    if window is None:
        return None
    with schools_open([window.school_id]):
        return window if rows.may_let_in(window, at=at) else None


def _after(page: str, ended: str) -> str:
    return f"{page}?ended={ended}" if ended in ENDED else page


def _names(request: HttpRequest, window: SignInWindow, device: Device, *, why: Any, at: datetime, status: int = 200) -> HttpResponse:
    with schools_open([window.school_id]):
        context = {
            "group": window.group,
            "school": window.school,
            "children": rows.children(rows.class_of(window, at=at)),
            "pictures": PICTURES,
            "tablet": device.tablet,
            "why": why,
        }
        return render(request, "classroom/names.html", context, status=status)


def _not_in(request: HttpRequest, window: SignInWindow, device: Device, *, why: Any, at: datetime, status: int = 409) -> HttpResponse:
    """The sentence alone for the script of the page, so that no try stays behind in the history of the browser."""
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"why": str(why)}, status=status)
    return _names(request, window, device, why=why, status=status, at=at)


def _try_key(request: HttpRequest, window: SignInWindow, device: Device, form: KeyForm, *, at: datetime) -> HttpResponse:
    """The own pictures or pin. A name of another class is as wrong as any other key."""
    if not form.is_valid():
        return _not_in(request, window, device, why=WRONG_PICTURES, at=at)
    kind, secret = _secret(form)
    with schools_open([window.school_id]):
        pupil = rows.class_of(window, at=at).get(form.cleaned_data["pupil"])
        tried = rows.try_key(pupil.pk if pupil else window.pk, kind, secret, at=at)
    if pupil and tried.right:
        return _let_in(request, window, pupil, device, at=at)
    tries.note_wrong(request, device, at=at)
    if pupil:
        tries.note_wrong_key(request, pupil, locked=tried.locked, at=at)
    return _not_in(request, window, device, why=LOCKED if tried.locked else TYPED[kind], at=at)


def _secret(form: KeyForm) -> tuple[str, str]:
    """Of which kind, and as it was made; nothing when it cannot be one."""
    if form.cleaned_data["pin"]:
        return PupilKey.Kind.PIN.value, tidied_pin(form.cleaned_data["pin"]) or ""
    return PupilKey.Kind.PICTURES.value, tidied_pictures(form.cleaned_data["pictures"]) or ""


def _let_in(request: HttpRequest, window: SignInWindow, pupil: Pupil, device: Device, *, at: datetime) -> HttpResponse:
    """Whoever was logged in on this device is logged out: who sits down now is a child."""
    _nobody_sits(request, at=at)  # who went on without a hand-over
    with schools_open([window.school_id]):
        taken = rows.take_seat(window, pupil, tablet=device.tablet, at=at)
    logout(request)
    record_sign_in(taken.hat.person, "login.succeeded", request=request)
    circle = reverse("seat_circle")
    answer = JsonResponse({"next": circle}) if "application/json" in request.headers.get("Accept", "") else redirect(circle)
    keep_seat(answer, taken.cookie)
    return _remembering(answer, Device(device.number, device.window, taken.seat.tablet))


@public
@require_POST
def class_tablet(request: HttpRequest) -> HttpResponse:
    """The number of this tablet, as the teacher sees it."""
    device, form = device_of(request), TabletForm(request.POST)
    answer = redirect("class_names")
    if device.window and form.is_valid():
        remember(answer, Device(device.number, device.window, form.cleaned_data["tablet"]))
    return answer


# ---- the card


@public
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def class_card(request: HttpRequest) -> HttpResponse:
    """The link of a card. What it opens with stands behind the # of the address, which no server and no log sees; the page sends it on."""
    if request.method != "POST":
        return render(request, "classroom/card.html", {"why": ""})
    now, device, form = timezone.now(), device_of(request), CardForm(request.POST)
    if tries.waits(request, device, at=now):
        return _slowly(request)
    window = _window(device, at=now)
    if window is None:
        return render(request, "classroom/card.html", {"why": CODE_FIRST}, status=409)
    with schools_open([window.school_id]):
        whose = rows.pupil_of_card(window.school_id, form.cleaned_data["card"] if form.is_valid() else "")
        pupil = rows.class_of(window, at=now).get(whose) if whose else None
    if pupil:
        return _let_in(request, window, pupil, device, at=now)
    tries.note_wrong(request, device, at=now)
    return render(request, "classroom/card.html", {"why": OTHER_CLASS if whose else WRONG_CARD, "again": True}, status=409)


# ---- and goes


@public
@require_POST
def class_leave(request: HttpRequest) -> HttpResponse:
    """The next child. Nothing of this one stays in the browser but what waits, sealed, to be sent: storage is not cleared."""
    _nobody_sits(request, at=timezone.now())
    ended = request.POST.get("ended", "")
    answer = HttpResponseRedirect(f"{_after(reverse('class_door'), ended)}#~{device_of(request).words}")
    forget_seat(answer)
    answer.headers["Clear-Site-Data"] = '"cache", "cookies"'
    return answer


def _nobody_sits(request: HttpRequest, *, at: datetime) -> None:
    """Whoever sat at this device is gone."""
    cookie = request.COOKIES.get(COOKIE, "")
    school = rows.school_in(cookie)
    if school is None:
        return
    with schools_open([school]):
        seat, _state = rows.seat_of(cookie, at=at)
        if seat is not None:
            rows.leave_seat(seat, at=at)


@require_POST
@seated
def class_here(request: SeatRequest) -> HttpResponse:  # noqa: ARG001
    """Somebody still touches this tablet; a seat that ended hears so (410)."""
    return HttpResponse(status=204)
