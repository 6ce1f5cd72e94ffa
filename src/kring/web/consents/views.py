"""Consent: for the school to ask and follow, for guardians and pupils to answer; and a ground in law by two people."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.core.access import FAMILY, PARTNERS, Record, Role, Verb
from kring.core.consents import Answer
from kring.core.errors import BrokenRule
from kring.web.access import may_do
from kring.web.consents import actions, queries
from kring.web.consents.forms import AnswerForm, GroundForm, HeardForm, PaperForm, RequestForm
from kring.web.consents.models import Consent, ConsentRequest, LegalGround
from kring.web.drafts.once import made_once
from kring.web.files.attachments import download
from kring.web.guard import SchoolRequest, find, guard
from kring.web.schools.models import Guardian, Pupil
from kring.web.wording import sentence

KEEPERS = frozenset({Role.COORDINATOR})
READERS = frozenset({Role.COORDINATOR, Role.LEADER})
FOLLOWERS = READERS | {Role.BEHAVIOUR_SPECIALIST}

# ---- for the school -------------------------------------------------------------------------------------------


@require_safe
@guard(Record.CONSENT_REQUEST, Verb.READ, roles=FOLLOWERS)
def consents(request: SchoolRequest) -> HttpResponse:
    """What stands open, what runs out, what holds."""
    found = queries.overview(request.actor, at=timezone.now())
    request.readings.extend(found.shown)
    return render(request, "consents/overview.html", {"overview": found, "may_ask": Role(request.actor.role) in KEEPERS})


@require_safe
@guard(Record.CONSENT_REQUEST, Verb.READ, roles=READERS)
def pupil_consents(request: SchoolRequest, pupil: UUID) -> HttpResponse:
    """Everything that was asked and recorded about one pupil."""
    found = find(request, Pupil, pupil)
    lines, grounds = queries.of_pupil(request.actor, found, at=timezone.now())
    page = {"pupil": found, "lines": lines, "grounds": grounds, "now": timezone.now()}
    page["may_ask"] = may_do(request.actor, found, Verb.WRITE, of=Record.CONSENT_REQUEST)
    return render(request, "consents/pupil.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.CONSENT_REQUEST, Verb.WRITE, roles=KEEPERS)
@made_once
def consent_new(request: SchoolRequest, pupil: UUID) -> HttpResponse:
    """Ask for consent."""
    found = find(request, Pupil, pupil, Verb.WRITE, of=Record.CONSENT_REQUEST)
    form = RequestForm(request.POST or None, recipients=queries.organisations(request.actor))
    if not form.is_bound or not form.is_valid():
        return _new(request, found, form)
    try:
        made = actions.ask_consent(request.actor, found, form.wanted(), at=timezone.now())
    except BrokenRule as broken:
        return _new(request, found, form, broken)
    messages.success(request, _("De vraag staat klaar voor wie moet antwoorden. Hiermee mag nog niets."))
    return redirect("consent_request", request.actor.pk, made.pk)


def _new(request: SchoolRequest, pupil: Pupil, form: RequestForm, broken: BrokenRule | None = None) -> HttpResponse:
    page = {"pupil": pupil, "form": form, "refusal": sentence(broken) if broken else ""}
    page["has_organisations"] = queries.organisations(request.actor).exists()
    return render(request, "consents/new.html", page, status=409 if broken else 200)


@require_safe
@guard(Record.CONSENT_REQUEST, Verb.READ, roles=FOLLOWERS)
def consent_request(request: SchoolRequest, consentrequest: UUID) -> HttpResponse:
    """One request: who said what, and what is still missing."""
    return _request_page(request, find(request, ConsentRequest, consentrequest))


def _request_page(
    request: SchoolRequest, found: ConsentRequest, *, heard: HeardForm | None = None, broken: BrokenRule | None = None
) -> HttpResponse:
    page = {
        "line": queries.one_line(request.actor, found, at=timezone.now()),
        "may_write": may_do(request.actor, found, Verb.WRITE),
        "sees_pupil_page": Role(request.actor.role) in READERS,
        "heard": heard or HeardForm(),
        "refusal": sentence(broken) if broken else "",
    }
    return render(request, "consents/request.html", page, status=409 if broken else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.CONSENT_REQUEST, Verb.WRITE, roles=KEEPERS)
def consent_paper(request: SchoolRequest, consentrequest: UUID) -> HttpResponse:
    """Record an answer that came on paper."""
    found = find(request, ConsentRequest, consentrequest, Verb.WRITE)
    line = queries.one_line(request.actor, found, at=timezone.now())
    form = PaperForm(request.POST or None, request.FILES or None, voices=line.voices)
    if not form.is_bound or not form.is_valid():
        return _paper(request, line, form)
    given = form.cleaned_data
    try:
        who = _signer(request, given["who"])
        actions.record_on_paper(request.actor, found, who, Answer(given["answer"]), given["scan"], at=timezone.now())
    except BrokenRule as broken:
        return _paper(request, line, form, broken)
    messages.success(request, _("Het antwoord op papier is vastgelegd."))
    return redirect("consent_request", request.actor.pk, found.pk)


def _signer(request: SchoolRequest, key: str) -> Guardian | None:
    return None if key == "pupil" else find(request, Guardian, UUID(key))


def _paper(request: SchoolRequest, line: queries.RequestLine, form: PaperForm, broken: BrokenRule | None = None) -> HttpResponse:
    page = {"line": line, "form": form, "refusal": sentence(broken) if broken else ""}
    return render(request, "consents/paper.html", page, status=409 if broken else 200)


@require_safe
@guard(Record.CONSENT, Verb.READ, roles=READERS)
def consent_scan(request: SchoolRequest, consent: UUID) -> HttpResponse:
    """The paper that somebody signed."""
    found = find(request, Consent, consent)
    if found.paper is None:
        raise Http404
    try:
        return download(found.paper)
    except FileNotFoundError:
        raise Http404 from None


@require_POST
@guard(Record.CONSENT_REQUEST, Verb.WRITE, roles=KEEPERS)
def consent_heard(request: SchoolRequest, consentrequest: UUID) -> HttpResponse:
    """The pupil was heard."""
    found = find(request, ConsentRequest, consentrequest, Verb.WRITE)
    form = HeardForm(request.POST)
    if not form.is_valid():
        return _request_page(request, found, heard=form)
    try:
        actions.note_hearing(request.actor, found, form.cleaned_data["heard_on"], today=timezone.localdate())
    except BrokenRule as broken:
        return _request_page(request, found, heard=form, broken=broken)
    messages.success(request, _("Vastgelegd dat de leerling is gehoord."))
    return redirect("consent_request", request.actor.pk, found.pk)


@require_POST
@guard(Record.CONSENT_REQUEST, Verb.WRITE, roles=KEEPERS)
def consent_end(request: SchoolRequest, consentrequest: UUID) -> HttpResponse:
    """End the request, and with it whatever it allowed."""
    found = find(request, ConsentRequest, consentrequest, Verb.WRITE)
    try:
        actions.end_request(request.actor, found, at=timezone.now())
    except BrokenRule as broken:
        return _request_page(request, found, broken=broken)
    messages.success(request, _("Beëindigd. Met deze toestemming mag vanaf nu niets meer."))
    return redirect("pupil_consents", request.actor.pk, found.pupil_id)


# ---- a ground in law ------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.LEGAL_GROUND, Verb.WRITE, roles=KEEPERS)
@made_once
def legal_ground_new(request: SchoolRequest, pupil: UUID) -> HttpResponse:
    """Record why something must be shared without consent."""
    found = find(request, Pupil, pupil, Verb.WRITE, of=Record.LEGAL_GROUND)
    form = GroundForm(request.POST or None, recipients=queries.organisations(request.actor))
    if not form.is_bound or not form.is_valid():
        return _new_ground(request, found, form)
    try:
        made = actions.record_legal_ground(request.actor, found, form.given(), at=timezone.now())
    except BrokenRule as broken:
        return _new_ground(request, found, form, broken)
    messages.success(request, _("Vastgelegd. Er mag pas iets als een tweede persoon het bevestigt."))
    return redirect("legal_ground", request.actor.pk, made.pk)


def _new_ground(request: SchoolRequest, pupil: Pupil, form: GroundForm, broken: BrokenRule | None = None) -> HttpResponse:
    page = {"pupil": pupil, "form": form, "refusal": sentence(broken) if broken else ""}
    return render(request, "consents/ground_new.html", page, status=409 if broken else 200)


@require_safe
@guard(Record.LEGAL_GROUND, Verb.READ, roles=READERS)
def legal_ground(request: SchoolRequest, legalground: UUID) -> HttpResponse:
    """One ground: by whom, why, and whether it was confirmed."""
    return _ground_page(request, find(request, LegalGround, legalground))


def _ground_page(request: SchoolRequest, found: LegalGround, broken: BrokenRule | None = None) -> HttpResponse:
    now = timezone.now()
    is_over = found.until_at is not None and found.until_at <= now
    page = {
        "ground": found,
        "record": queries.record_word(found.record),
        "is_over": is_over,
        "may_confirm": not is_over and found.confirmed_at is None and found.recorded_by.person_id != request.actor.person_id,
        "may_end": not is_over and may_do(request.actor, found, Verb.WRITE),
        "refusal": sentence(broken) if broken else "",
    }
    return render(request, "consents/ground.html", page, status=409 if broken else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.LEGAL_GROUND, Verb.APPROVE, roles=READERS)
def legal_ground_confirm(request: SchoolRequest, legalground: UUID) -> HttpResponse:
    """The second person: reads it once more, with a fresh second factor, and confirms."""
    found = find(request, LegalGround, legalground, Verb.APPROVE)
    if request.method != "POST":
        return render(request, "consents/ground_confirm.html", {"ground": found, "record": queries.record_word(found.record)})
    try:
        actions.confirm_legal_ground(request.actor, found, at=timezone.now())
    except BrokenRule as broken:
        return _ground_page(request, find(request, LegalGround, legalground), broken)
    messages.success(request, _("Bevestigd. De functionaris gegevensbescherming krijgt bericht."))
    return redirect("legal_ground", request.actor.pk, found.pk)


@require_POST
@guard(Record.LEGAL_GROUND, Verb.WRITE, roles=KEEPERS)
def legal_ground_end(request: SchoolRequest, legalground: UUID) -> HttpResponse:
    """From now on nothing may be shared by it."""
    found = find(request, LegalGround, legalground, Verb.WRITE)
    try:
        actions.end_legal_ground(request.actor, found, at=timezone.now())
    except BrokenRule as broken:
        return _ground_page(request, found, broken)
    messages.success(request, _("Beëindigd. Op deze grond mag vanaf nu niets meer."))
    return redirect("pupil_consents", request.actor.pk, found.pupil_id)


# ---- for partners ---------------------------------------------------------------------------------------------


@require_safe
@guard(Record.CONSENT_REQUEST, Verb.READ, roles=PARTNERS)
def consents_given(request: SchoolRequest) -> HttpResponse:
    """What was agreed to for my organisation: the part that names us."""
    found = queries.given_to(request.actor, at=timezone.now())
    request.readings.extend(one.request for one in found)
    return render(request, "consents/given.html", {"given": found})


# ---- for guardians and pupils ---------------------------------------------------------------------------------


@require_safe
@guard(Record.CONSENT_REQUEST, Verb.READ, roles=FAMILY)
def consents_asked(request: SchoolRequest) -> HttpResponse:
    """What is asked about me or my children."""
    return _asked(request)


def _asked(request: SchoolRequest, broken: BrokenRule | None = None) -> HttpResponse:
    found = queries.asked_of(request.actor, at=timezone.now())
    request.readings.extend(one.request for one in found)
    page = {"asked": found, "is_pupil": request.actor.role == Role.PUPIL.value, "refusal": sentence(broken) if broken else ""}
    return render(request, "consents/asked.html", page, status=409 if broken else 200)


@require_POST
@guard(Record.CONSENT_REQUEST, Verb.ANSWER, roles=FAMILY)
def consent_answer(request: SchoolRequest, consentrequest: UUID) -> HttpResponse:
    """Yes or no."""
    found = find(request, ConsentRequest, consentrequest, Verb.ANSWER)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _asked(request)
    try:
        actions.answer_request(request.actor, found, Answer(form.cleaned_data["answer"]), at=timezone.now())
    except BrokenRule as broken:
        return _asked(request, broken)
    is_pupil = request.actor.role == Role.PUPIL.value
    said = _("Je antwoord is bewaard. Je mag altijd van gedachten veranderen.") if is_pupil else ""
    messages.success(request, said or _("Uw antwoord is bewaard. U kunt er altijd op terugkomen."))
    return redirect("consents_asked", request.actor.pk)


@require_POST
@guard(Record.CONSENT_REQUEST, Verb.ANSWER, roles=FAMILY)
def consent_withdraw(request: SchoolRequest, consentrequest: UUID) -> HttpResponse:
    """Take one's yes back."""
    found = find(request, ConsentRequest, consentrequest, Verb.ANSWER)
    try:
        actions.withdraw_consent(request.actor, found, at=timezone.now())
    except BrokenRule as broken:
        return _asked(request, broken)
    is_pupil = request.actor.role == Role.PUPIL.value
    said = _("Je ja is teruggenomen. Deze organisatie ziet vanaf nu niets meer.") if is_pupil else ""
    messages.success(request, said or _("Uw toestemming is ingetrokken. Vanaf nu kan deze organisatie er niets meer mee zien."))
    return redirect("consents_asked", request.actor.pk)
