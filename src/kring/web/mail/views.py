"""“Berichten per e-mail”, a page of one's own account: an address, the code that proves it, how often, and away with it."""

from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kring.core.access import Role
from kring.core.errors import BrokenRule
from kring.core.mail import ASKED_AGAIN, HowOften, gets_mail
from kring.web.guard import PersonalRequest, View, hats, personal
from kring.web.mail import rows
from kring.web.mail.forms import AddressForm, CodeForm, HowOftenForm
from kring.web.mail.queries import trouble_with_code
from kring.web.mail.words import TROUBLE_WITH_CODE
from kring.web.trace import record_sign_in
from kring.web.wording import sentence


def not_for_pupils(view: View) -> View:
    """Pupils get no mail: to them there is no such page."""

    @wraps(view)
    def asked(request: PersonalRequest) -> HttpResponse:
        if not gets_mail(Role(hat.role) for hat in hats(request.user)):
            raise Http404
        return view(request)

    return asked


@personal
@not_for_pupils
@require_http_methods(["GET", "HEAD", "POST"])
def mail_address(request: PersonalRequest) -> HttpResponse:
    """My address; a new one is asked to prove itself by a code."""
    if request.method != "POST":
        return _page(request)
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    try:
        rows.ask_address(request.user, form.cleaned_data["address"], at=timezone.now())
    except BrokenRule as broken:
        return _page(request, form, broken=broken)
    record_sign_in(request.user, "mail_address.asked", request=request)
    messages.success(request, _("Er gaat een code naar dit adres. Typ die hieronder, dan weten wij dat u het leest."))
    return redirect("mail_address")


@personal
@not_for_pupils
@require_POST
def confirm_mail_address(request: PersonalRequest) -> HttpResponse:
    """The code that stood in the message."""
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    try:
        rows.confirm_address(request.user, form.cleaned_data["code"], at=timezone.now())
    except BrokenRule as broken:
        return _page(request, form, broken=broken)
    record_sign_in(request.user, "mail_address.confirmed", request=request)
    messages.success(request, _("Gelukt. Berichten gaan voortaan naar dit adres."))
    return redirect("mail_address")


@personal
@not_for_pupils
@require_POST
def choose_how_often(request: PersonalRequest) -> HttpResponse:
    """Daily, at once or never."""
    form = HowOftenForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    if rows.choose_how_often(request.user, HowOften(form.cleaned_data["how_often"])):
        messages.success(request, _("Bewaard."))
    return redirect("mail_address")


@personal
@not_for_pupils
@require_POST
def remove_mail_address(request: PersonalRequest) -> HttpResponse:
    """No more messages; the address is gone."""
    if rows.remove_address(request.user):
        record_sign_in(request.user, "mail_address.removed", request=request)
        messages.success(request, _("Uw adres is weggehaald. U krijgt geen berichten meer per e-mail."))
    return redirect("mail_address")


Sent = AddressForm | CodeForm | HowOftenForm


def _page(request: PersonalRequest, sent: Sent | None = None, *, broken: BrokenRule | None = None) -> HttpResponse:
    """With the form that came back, and what was wrong with it."""
    now = timezone.now()
    address, code = rows.address_of(request.user), rows.code_on_its_way(request.user, at=now)
    forms = {
        "ask": sent if isinstance(sent, AddressForm) else AddressForm(initial={"address": "" if address else request.user.email}),
        "confirm": sent if isinstance(sent, CodeForm) else CodeForm(),
        "often": sent if isinstance(sent, HowOftenForm) else HowOftenForm(initial={"how_often": address.how_often if address else ""}),
    }
    shown = {
        "works": rows.mail_works(),
        "has_server": settings.MAIL is not None,
        "address": address,
        "is_over": address is not None and address.expires_at <= now,
        "ends_soon": address is not None and address.expires_at - ASKED_AGAIN <= now,
        "code": code,
        "code_trouble": TROUBLE_WITH_CODE.get(trouble_with_code(code), "") if code else "",
        "refused": sentence(broken) if broken else "",
    }
    return render(request, "mail/mail_address.html", {**forms, **shown}, status=409 if broken else 200)
