"""For each route that changes something: who sends which fields, so that it is done."""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from kring.core.sketches import Sketch
from kring.web.attention.tables.forms import TableForm
from kring.web.instruments.exchanging.sealing import sealed
from kring.web.models import GatheringSeat
from kring.web.year_change.stored import plan_of
from tests.access.things_daily import last_monday
from tests.access.things_talked import read_at, review_form, talk_form
from tests.access.world import World


@dataclass(frozen=True, slots=True)
class Sent:
    """The fields of a form as this person fills it in."""

    who: str
    data: Callable[[World], dict[str, Any]] = lambda _world: {}


def _points(_world: World) -> dict[str, Any]:
    """Other points than now, after a look at what they do."""
    form = TableForm(None, now=None)
    data = {name: str(form.initial.get(name, "")) for name in form.fields} | {"class_line": "25"}
    looked_at = TableForm(data, now=None)
    assert looked_at.is_valid()
    return data | {"seen": looked_at.mark(), "use": "1"}


def _draft(world: World) -> dict[str, Any]:
    from kring.web.drafts.form_key import FormKey, signed
    from kring.web.models import Draft

    draft = Draft.objects.get(pk=world.objects["draft"].pk)
    return {"draft": signed(FormKey(draft.author_id, draft.place, tuple(draft.fields)))}


def _soon() -> str:
    return (timezone.localdate() + timedelta(days=30)).isoformat()


def _school_day() -> date:
    soon = timezone.localdate() + timedelta(days=30)
    return soon + timedelta(days=-soon.weekday() % 7)  # a Monday: the town has no holidays


def _asking(world: World) -> dict[str, Any]:
    recipient = world.objects["organisation_agreed"].pk
    purpose = "Samen een training kiezen voor durven praten"
    return {"purpose": purpose, "recipient": recipient, "records": ["scaleprofile"], "until_on": _soon()}


def _scores(_world: World) -> dict[str, Any]:
    file = SimpleUploadedFile("uitslagen.csv", b"leerlingnummer;Prosociaal gedrag\nnoor;8\n")
    return {"system": "sdq-leerkracht-1", "measured_on": "2026-01-12", "file": file}


def _read_thought(world: World, name: str) -> str:
    from kring.web.models import Understanding

    return Understanding.objects.get(pk=world.objects[name].pk).edited_at.isoformat()


def _steps() -> dict[str, Any]:
    more = {"can_be_better": "Laat.", "not_yet": "Vaak.", "works_already": "Soms.", "in_pupil": "Spannend.", "in_surroundings": "Druk."}
    return {"goes_well": "Zij helpt graag.", **more, "needs": "Zij heeft nodig dat de som samen gaat."}


def _class_steps() -> dict[str, Any]:
    asked = ("going_on", "helps", "strong_pupils", "prevent", "own_strategy", "instruments", "new_approach")
    return {"goes_well": "Zij helpen elkaar.", **dict.fromkeys(asked, "Rustig."), "needs": ""}


def _read_voice(world: World) -> str:
    from kring.web.models import Voice

    written_at = Voice.objects.get(pk=world.objects["voice_school"].pk).written_at
    return written_at.isoformat() if written_at else ""


def _factor(_world: World) -> dict[str, Any]:
    what = {"protects": "Oma", "protects_side": "surroundings", "weighs": "Verhuisd", "weighs_side": "pupil"}
    return {**what, "source": "Van thuis", "review_on": _soon()}


def _at_home(world: World) -> dict[str, Any]:
    why = "Wij horen graag hoe het thuis gaat"
    return {"instrument": "kring-ouder:1", "reason": why, "guardians": [str(world.objects["guardian_ed"].pk)], "closes_on": _soon()}


def _training(world: World) -> dict[str, Any]:
    what = {"title": "Durven", "topic": "resilience", "most": "8", "starts_on": _today(), "ends_on": _soon()}
    return {**what, "trainer": str(world.actors["remi"].pk), "intervention": "", "group": "", "outside": ""}


def _attended(world: World) -> dict[str, Any]:
    """After somebody said yes."""
    from kring.web.models import TrainingPlace

    place = TrainingPlace.objects.get(pk=world.objects["training_place_open"].pk)
    ties = place.pupil.guardianships.filter(has_authority=True)
    TrainingPlace.objects.filter(pk=place.pk).update(yes={str(tie.guardian_id): {"on": _today()} for tie in ties})
    return {"place": str(place.pk), "came": "yes"}


def _closed(world: World) -> dict[str, Any]:
    """After somebody looked what stayed of it."""
    from kring.web.models import TrainingPlace

    TrainingPlace.objects.filter(pk=world.objects["training_place_open"].pk).update(transfer_on=_today())
    return {"closing": "Het ging goed"}


def _ground(world: World) -> dict[str, Any]:
    why = "De stappen van de meldcode zijn gevolgd en Veilig Thuis vraagt om dit profiel."
    recipient = world.objects["organisation_agreed"].pk
    return {"ground": "legal_duty", "explanation": why, "recipient": recipient, "record": "scaleprofile", "until_on": _soon()}


def _paper(world: World) -> dict[str, Any]:
    scan = SimpleUploadedFile("formulier.pdf", b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")
    return {"who": str(world.objects["guardian_ed"].pk), "answer": "given", "scan": scan}


def _organisation(world: World) -> dict[str, Any]:
    return {"name": "Buro Nieuw", "kind": "other", "offer": "", "contact": ""}


def _sheet(world: World) -> dict[str, Any]:
    said = {"question": "Hoe help ik een kind dat bijna niet praat?", "situation": "Het kind speelt op het plein alleen.", "tried": ""}
    return {"age_band": "8-11", **said, "step": "keep", "words": ""}


def _role(world: World) -> dict[str, Any]:
    names = {"given_name": "", "name_prefix": "", "family_name": "", "code": ""}
    return {"person": world.actors["cora"].person_id, "role": "teacher", "from_on": _today(), "until_on": "", **names}


def _because() -> dict[str, Any]:
    return {"reason": "Wij oefenen dit samen.", "first_steps": []}


def _held(world: World) -> dict[str, Any]:
    seat = GatheringSeat.objects.get(gathering=world.objects["gathering_open"].pk)
    told = {"text": "Wij spraken over de pauze.", "pupil_words": "Ik wil meedoen", "no_words_because": "", "read": ""}
    return {"came": [str(seat.pk)], **told}


def _about_class(world: World) -> dict[str, Any]:
    said = {"last_plan": "De vaste plaatsen hielpen.", "about_class": "Meer vrij samenwerken."}
    return {**said, "read": read_at(world.objects["review_6a"])}


def _seen() -> dict[str, Any]:
    when = {"day": (timezone.localdate() - timedelta(days=1)).isoformat(), "clock": "10:00", "started_on": ""}
    return (
        when
        | {"fact": "Zat alleen op de bank.", "place": "", "heard": "seen", "worry": "1", "interpretation": ""}
        | {"signs": [], "families": []}
    )


def _classes(world: World) -> dict[str, Any]:
    return {"streams": [f"{world.objects['group_6a'].pk}:6"], "classes": "7X", "most": 30, "name": "Anders"}


def _facts() -> dict[str, Any]:
    return {"fact": "Een plek op de arm.", "source": "Zelf gezien", "seen_on": _today(), "interpretation": ""}


def _worry(world: World) -> dict[str, Any]:
    return {"worry": "", "listener": str(world.actors["bram"].pk), "about": "", "text": "Mijn vriend eet niet.", "name": "own"}


def _need(world: World) -> dict[str, Any]:
    return {"text": "Ik wil leren wachten.", "wants": "time", "coach": str(world.actors["carla"].pk)}


def _absence_rules(_world: World) -> dict[str, Any]:
    most = {"hours": 12, "sick_reports": 4, "sick_in_a_row": 7, "late": 9, "late_again": 12}
    return {f"{rule}_most": value for rule, value in most.items()}


def _today() -> str:
    return timezone.localdate().isoformat()


def _turn(world: World) -> dict[str, Any]:
    return {"who": world.actors["carla"].pk, "from_on": _today(), "until_on": "", "replaces": ""}


def _guardian(_world: World) -> dict[str, Any]:
    names = {"given_name": "Oma", "name_prefix": "", "family_name": "Nieuw", "colleague": "", "same_as": ""}
    return {"has_authority": "no", "from_on": _today(), "court_note": "", **names}


def _hour(_world: World) -> dict[str, Any]:
    when = {"weekday": "0", "starts_at": "12:00", "ends_at": "13:00"}
    return when | dict.fromkeys(("name", "profession", "place", "for_whom", "text"), "Fatima")


def _reached(_world: World) -> dict[str, Any]:
    return {"address": "Nieuwstraat 1", "phone": "0612345678", "email": "oma@voorbeeld.nl", "language": "tr", "read": "1"}


def _photo(world: World) -> dict[str, Any]:
    made = BytesIO()
    Image.new("RGB", (8, 8), "teal").save(made, "PNG")
    return {"file": ["sem.png"], "picture": [b64encode(made.getvalue()).decode()], "pupil-0": str(world.objects["pupil_sem"].pk)}


def _policy(world: World) -> dict[str, Any]:
    """Somebody of the school follows it up."""
    day = (timezone.localdate() - timedelta(days=7)).isoformat()
    follows = str(world.actors["saar"].pk)
    return {"purpose": "Een plan voor de sfeer in groep 6.", "guardians_informed_on": day, "follow_up": follows, "kept_days": "100"}


def _moved_list(world: World) -> dict[str, Any]:
    from kring.web.corrections.queries import seal
    from kring.web.models import Submission

    here, there = world.objects["invitation_noor"], world.objects["invitation_sem"]
    seen = seal(*(Submission.objects.get(invitation=one.pk) for one in (here, there)))
    return {"to": str(there.pk), "reason": "Verwisseld bij het invullen", "seen": seen}


def _merged_pupil(world: World) -> dict[str, Any]:
    from kring.web.corrections.queries import side, sight
    from kring.web.models import Pupil

    pupils = [Pupil.objects.get(pk=world.objects[name].pk) for name in ("pupil_lot", "pupil_mees")]
    seen = sight(*(side(world.actors["bram"], one, at=timezone.now()) for one in pupils))
    return {"reason": "Twee keer ingeschreven in augustus", "agreed": "on", "seen": seen}


def _case(_world: World) -> dict[str, Any]:
    return {"purpose": "Samen kijken wat helpt in de klas", "until": _soon()}


def _newcomer(world: World) -> dict[str, Any]:
    names = {"given_name": "Nieuw", "name_prefix": "", "family_name": "Iemand", "position": ""}
    return {"organisation": world.objects["organisation_agreed"].pk, "role": "social_worker", "until": _soon(), **names}


def _glass(_world: World) -> dict[str, Any]:
    reason = "Het kind is gevallen en wij moeten nu weten wat helpt."
    return {"given_name": "", "family_name": "", "group": "", "number": "puk", "reason": reason}


def _roster_shown(world: World) -> dict[str, Any]:
    from kring.web.roster.taking.queries import proposal_of

    found: Any = world.objects["roster_of_olga"]
    return {"shown": proposal_of(world.actors["olga"], found, at=timezone.now()).fingerprint}


def _colleague(_world: World) -> dict[str, Any]:
    return {
        "given_name": "Nieuwe",
        "name_prefix": "",
        "family_name": "Collega",
        "role": "teacher",
        "groups": [],
        "from_on": _today(),
        "until_on": "",
    }


def _new_groups(world: World) -> dict[str, Any]:
    plan = plan_of(world.objects["change_beuk"].plan)  # type: ignore[attr-defined]
    data: dict[str, Any] = {"read": 1}
    for one in plan.groups:
        data |= {f"name-{one.key}": f"{one.name}x", f"levels-{one.key}": "/".join(map(str, one.levels))}
    return data


def _new_ways(world: World) -> dict[str, Any]:
    return {"read": 1, f"{world.objects['group_6a'].pk}:6": "leaves", f"{world.objects['group_6b'].pk}:6": "leaves"}


def _new_pupils(world: World) -> dict[str, Any]:
    pupil = world.objects["pupil_noor"].pk
    return {"read": 1, "tool": "pupils", f"way-{pupil}": "leaves", f"on-{pupil}": "", f"reason-{pupil}": "moved"}


def _school(_world: World) -> dict[str, Any]:
    about = {"name": "De Beukenlaan", "type": "sbo", "brin": "12AB", "region": "zuid"}
    return {**about, "municipality": "Zilverhaven", "partnership": "SWV Ergens"}


def _days_off(world: World) -> dict[str, Any]:
    group = str(world.objects["group_6a"].pk)
    return {"name": "Studiedag", "kind": "study", "first_on": "2026-06-11", "last_on": "2026-06-12", "groups": [group]}


def _edition(_world: World) -> dict[str, Any]:
    words = {"coordinator": "ib'er", "support_team": "zorgteam", "support_plan": "groeiplan", "request": "vraag", "adviser": "consulent"}
    lines = {"layers": "Basis: wat de school doet", "request_fields": "Wat is de vraag? *", "procedure": "Bel eerst."}
    return {**words, **lines, "from_on": "2026-08-01", "partnership": "SWV Ergens", "pack": ""}


def _list_head(_world: World) -> dict[str, Any]:
    told = {"title": "Een andere naam", "who": "pupil:pupil", "first_year": "5", "last_year": "8", "minutes": "4", "often": "spring"}
    return {**told, "read": 2, "promise": "Je juf leest het.", "introduction": ""}


def _list_scale(_world: World) -> dict[str, Any]:
    told = {"title": "Anders", "meaning": "", "family": "social", "direction": "1", "competences": ["choices"], "items": [], "reversed": []}
    return {**told, "read": 2, "pupil_red": "", "pupil_green": "", "group_red": "", "group_green": "", "cuts_source": ""}


def _list_item(_world: World) -> dict[str, Any]:
    ends = {"low": "", "high": "", "low_label": "", "high_label": ""}
    return {**ends, "read": 2, "text": "Ik ga graag naar school.", "kind": "list", "own": "", "scale": "wellbeing"}


def _buddies(world: World) -> dict[str, Any]:
    first, second = (str(world.objects[one].pk) for one in ("pupil_noor", "pupil_sem"))
    return {"first": first, "first_says": "yes", "second": second, "second_says": ""}


def _place_wish(world: World) -> dict[str, Any]:
    return {"pupil": world.objects["pupil_sem"].pk, "what": "front", "other": "", "reason": "Ziet niet ver"}


def _period() -> dict[str, Any]:
    return {"starts_on": _today(), "ends_on": _soon()}


def _tried(**other: str) -> dict[str, Any]:
    days = {"starts_on": _today(), "ends_on": (timezone.localdate() + timedelta(weeks=6)).isoformat()}
    levels = {f"level_{number}": f"vraagt {number} keer" for number in range(5)}
    goal = {"type": "skill", "level": "group", "text": "Vraagt elke pauze een kind mee", "own_words": "", "own_words_by": ""}
    how = {"measure": "hoe vaak, in de pauze", "unit": "count", "better": "high", "target": "2", "start_level": "-1", "entry": ""}
    done = {"what": "Samen oefenen", "core_steps": "", "executor": "Anna", "where": "class", "because": "", "times_a_week": "2"}
    done |= {"in_pupil": "Stil en vindingrijk", "in_surroundings": "De pauze is druk"}
    return {**days, **levels, **goal, **how, **done, "steps_because": "Wij kennen dit kind al", **other}


def _habits() -> dict[str, Any]:
    layers = {"level_1": "basic", "level_2": "basic_plus", "level_3": "extra"}
    return {**layers, "least_weeks": 3, "most_weeks": 9, "phase_names": "observe"}


def _decided(_world: World) -> dict[str, Any]:
    said = {"carried_out": "Bijna elke dag gedaan", "effect": "", "decision": "not-yet", "next_on": _soon(), "reason": "Nog even kijken"}
    return {
        **said,
        "quality": "2",
        "level": "",
        "pupil_view": "",
        "guardians_view": "",
        "pupil_words": "",
        "pupil_words_by": "",
        "guardians_words": "",
    }


def _document(world: World) -> dict[str, Any]:
    parts = ("overview", "insight", "outlook", "others", "outside_because", "transfer")
    days = {"starts_on": _today(), "ends_on": _soon()}
    return {**dict.fromkeys(parts, "Zo is het nu"), "title": "Groei", "outside": "no", **days, "read": _plan_read(world, "deepened_draft")}


def _plan_read(world: World, name: str) -> str:
    from kring.web.models import Plan

    return Plan.objects.get(pk=world.objects[name].pk).edited_at.isoformat()


def _step_of(world: World) -> str:
    from kring.web.models import Step

    return str(Step.objects.get(plan=world.objects["trial_noor"].pk).pk)


def _as_read(world: World, name: str) -> str:
    return str(world.objects[name].edited_at.isoformat())  # type: ignore[attr-defined]


def _cluster() -> dict[str, Any]:
    return {"level": 2, "goal": "", "approach": "", "until_on": "", "partner": "", "escalation": ""}


def _expert(world: World) -> dict[str, Any]:
    said = {"kind": "observation", "question": "Hoe helpen wij haar om weer graag te komen?", "tried": "", "with_name": "yes"}
    return {**said, "by_on": _soon(), "organisation": str(world.objects["organisation_agreed"].pk), "plan": "", "case": ""}


def _edited(world: World, name: str) -> str:
    row = world.objects[name]
    return str(type(row)._default_manager.values_list("edited_at", flat=True).get(pk=row.pk).isoformat())


def _arrangement() -> dict[str, Any]:
    return {"kind": "city", "grantor": "", "goals": "Zelf werken", "hours": "20", "euros": "", "starts_on": _today(), "ends_on": _soon()}


def _offer(world: World) -> dict[str, Any]:
    said = {"cluster": "autism", "title": "Stille kamer", "text": "Wij kijken mee.", "places": 2, "until": _soon()}
    return {**said, "contact": str(world.actors["bram"].pk)}


def _behaviour_seen() -> dict[str, Any]:
    when = {"day": (timezone.localdate() - timedelta(days=1)).isoformat(), "clock": "10:00"}
    said = {"before_kind": "task", "before": "", "behaviour": "Loopt weg", "after_kind": "away", "after": ""}
    return {**when, **said, "place": "classroom"}


def _analysed(world: World) -> dict[str, Any]:
    answers = dict.fromkeys(("known", "factors", "learned", "further"), "Zo is het nu anders")
    return {**answers, "function": "", "hypothesis": "", "read": _as_read(world, "analysis_noor")}


def _day_card(world: World) -> dict[str, Any]:
    first = timezone.localdate() + timedelta(weeks=30)
    days = {"from_on": first.isoformat(), "until_on": (first + timedelta(weeks=4)).isoformat()}
    said = {"goal_0": "Ik steek mijn vinger op", "goal_1": "", "goal_2": "", "moments": "ochtend", "target": "80", "plan": ""}
    return {**days, **said, "with_whom": world.actors["anna"].pk}


def _card_day() -> dict[str, Any]:
    said = {"morning": "Fijn dat je er bent", "evening": "", "pupil_words": "", "read": "", "p_0_0": "2"}
    return {**said, "on": last_monday(timezone.localdate()).isoformat()}


def _guardian_of(world: World, who: str) -> object:
    from kring.web.models import Guardian

    return Guardian.objects.filter(person=world.actors[who].person).order_by("pk")[0].pk


def _opp() -> dict[str, Any]:
    days = {"clock_from_on": _today(), "starts_on": _today(), "ends_on": _soon()}
    why = {"because": "Dit kan niet wachten", "steps_because": "Wij kennen dit kind al", "first_steps": []}
    return {"title": "Ruimte", "layer": "extra", "legal": "yes", **why, **days}


def _opp_part(world: World) -> dict[str, Any]:
    read = world.objects["opp_sem"].made_at.isoformat()  # type: ignore[attr-defined]
    return {"pupil_needs": "Rust", "teacher_needs": "Tijd", "school_needs": "Een plek", "read": read}


def _opp_goal() -> dict[str, Any]:
    said = {"text": "Sem vraagt om hulp voor hij opstaat", "measure": "hoe vaak per dag", "own_words": "", "owner": "Bram"}
    return {"level": "pupil", "type": "skill", **said, "by_on": _soon()}


def _opp_help() -> dict[str, Any]:
    return {"what": "Samen oefenen", "executor": "Carla", "kind": "teacher", "where": "class", "hours": "1"}


SENT = {
    "development_plan_new": Sent("bram", lambda _world: _opp()),
    "development_plan_part": Sent("anna", _opp_part),
    "development_plan_goal_new": Sent("anna", lambda _world: {**_opp_goal(), **_opp_help()}),
    "development_plan_goal": Sent("anna", lambda _world: _opp_goal()),
    "development_plan_goal_remove": Sent("anna"),
    "development_plan_help_new": Sent("anna", lambda _world: _opp_help()),
    "development_plan_help": Sent("anna", lambda _world: _opp_help()),
    "development_plan_help_remove": Sent("anna"),
    "development_plan_heard": Sent(
        "anna", lambda _world: {"moment": "draft", "form": "talk", "said": "Ik wil rust", "done_with": "Dat doen wij", "not_because": ""}
    ),
    "development_plan_sign": Sent("rik"),
    "development_plan_ask_pupil": Sent("anna"),
    "my_view": Sent("sem", lambda _world: {"said": "Ik wil graag in de klas blijven"}),
    "hearing_answer": Sent("anna", lambda _world: {"done_with": "Dat doen wij zo", "moment": "draft"}),
    "plan_agreement_answer": Sent("els", lambda _world: {"answer": "no", "note": "Te veel"}),
    "plan_agreement_record": Sent("bram", lambda _world: {"answer": "no", "method": "paper", "note": "Te veel"}),
    "expert_request_new": Sent("bram", _expert),
    "expert_request_answer": Sent("pia", lambda _world: {"step": "accept", "answer": "Graag"}),
    "expert_request_day": Sent("pia", lambda _world: {"planned_on": _soon()}),
    "expert_request_report": Sent("pia", lambda _world: {"text": "Geef haar een vaste plek.", "evaluation": ""}),
    "expert_request_withdraw": Sent("bram"),
    "expert_reader_name": Sent("bram", lambda world: {"reader": str(world.actors["dora"].pk)}),
    "expert_reader_remove": Sent("bram"),
    "arrangement_new": Sent("bram", lambda _world: _arrangement()),
    "arrangement_edit": Sent("bram", lambda world: {**_arrangement(), "read": _edited(world, "arrangement_noor")}),
    "arrangement_result": Sent("bram", lambda world: {"result": "Zij werkt zelf", "read": _edited(world, "arrangement_noor")}),
    "support_offer_new": Sent("rik", _offer),
    "support_offer_edit": Sent("gabi", lambda world: {**_offer(world), "read": _edited(world, "offer_beuk")}),
    "support_offer_end": Sent("bram"),
    "walk_in_hour_new": Sent("gabi", _hour),
    "walk_in_hour_edit": Sent("gabi", _hour),
    "walk_in_hour_end": Sent("bram"),
    "group_plan_new": Sent("carla", lambda _world: _period()),
    "group_plan_agree": Sent("anna", lambda _world: {"because": "De vorige leerkracht is ziek geworden."}),
    "group_plan_adjust": Sent("anna", lambda _world: {"reason": "Er is een leerling bij gekomen."}),
    "group_plan_class": Sent(
        "anna", lambda world: {"class_part": "Elke dag", "works": "", "read": _as_read(world, "plan_6a"), **_period()}
    ),
    "group_plan_proposals": Sent("anna", lambda _world: {"taken": ["1:belonging"]}),
    "cluster_new": Sent(
        "anna", lambda world: {**_cluster(), "need": "duidelijke beurten", "pupils": [str(world.objects["pupil_noor"].pk)]}
    ),
    "cluster": Sent("anna", lambda world: {**_cluster(), "need": "een maatje", "read": _as_read(world, "cluster_6a")}),
    "cluster_remove": Sent("anna"),
    "cluster_move": Sent("anna", lambda world: {"pupil": f".{world.objects['pupil_sem'].pk}", "to": str(world.objects["cluster_6a"].pk)}),
    "trial_new": Sent("anna", lambda _world: _tried()),
    "trial_edit": Sent("anna", lambda world: _tried(read=_plan_read(world, "trial_draft"))),
    "trial_start": Sent("anna"),
    "trial_tick": Sent("anna", lambda world: {"step": _step_of(world), "done": "yes", "on": _today(), "core_steps_done": "", "back": ""}),
    "trial_measure": Sent("anna", lambda _world: {"value": "2", "on": _today(), "observer": ""}),
    "trial_evaluate": Sent("anna", _decided),
    "trial_layer": Sent("anna"),
    "trial_step_back": Sent("anna"),
    "trial_close": Sent("anna"),
    "trial_show": Sent("anna", lambda _world: {"to_pupil": "on", "to_guardians": "on"}),
    "deepened_new": Sent(
        "anna",
        lambda _world: {
            "title": "Groei",
            "because": "Dit kan niet wachten",
            "steps_because": "",
            "starts_on": _today(),
            "ends_on": _soon(),
        },
    ),
    "deepened_edit": Sent("anna", _document),
    "deepened_family": Sent(
        "anna",
        lambda world: {"guardian": str(_guardian_of(world, "els")), "answer": "yes", "method": "talk", "note": "Elke avond lezen"},
    ),
    "deepened_goal": Sent("anna", lambda _world: _tried()),
    "deepened_settle": Sent("bram"),
    "deepened_agree": Sent("anna"),
    "function_analysis_new": Sent("anna", lambda _world: {"behaviour": "Loopt van de plaats bij een lange taak"}),
    "behaviour_record_new": Sent("anna", lambda _world: _behaviour_seen()),
    "function_analysis_edit": Sent("anna", _analysed),
    "function_analysis_settle": Sent("anna"),
    "check_in_new": Sent("anna", _day_card),
    "check_in_day": Sent("anna", lambda _world: _card_day()),
    "check_in_fewer": Sent("anna", lambda _world: {"moments": ["middag"], "until_on": _soon()}),
    "check_in_stop": Sent("anna"),
    "deepened_transfer": Sent("anna", lambda _world: {"setting": "home", "used": "yes", "told_by": "", "on": _today()}),
    "group_plan_start": Sent("anna"),
    "group_plan_take_back": Sent("anna"),
    "group_plan_evaluate": Sent("anna", lambda _world: {"carried_out": "Alles", "quality": 4, "effect": "Rust", "decision": "adapt"}),
    "plan_layers": Sent("rik", lambda _world: _habits()),
    "activity_plan_new": Sent("anna", lambda _world: {"title": "Rust", "need": "rust op de gang", "ends_on": _soon()}),
    "plan_step_new": Sent("anna", lambda world: {"text": "x", "level": "group", "owner": world.actors["anna"].pk, "ends_on": _soon()}),
    "plan_step_done": Sent("anna"),
    "plan_step_remove": Sent("anna"),
    "activity_plan_start": Sent("anna", lambda _world: {"because": ""}),
    "activity_plan_evaluate": Sent("anna", lambda _world: {"carried_out": "Alles", "quality": 4, "effect": "Rust", "decision": "stop"}),
    "instrument_new": Sent("gabi", lambda _world: {"title": "Nieuw", "basis": "empty"}),
    "instrument_bring_keep": Sent("gabi", lambda world: {"shown": sealed(world.actors["gabi"], Sketch(key="", title="Van elders"))}),
    "own_instrument_edit": Sent("gabi", lambda _world: {"read": 2, "texts": "Ik zing graag.", "scale": ""}),
    "own_instrument_head": Sent("bram", _list_head),
    "own_instrument_origin": Sent(
        "bram",
        lambda _world: {"read": 2, "licence": "eigen tekst", "licence_source": "team", "attribution": "Wij", "validity_note": "Weinig."},
    ),
    "own_instrument_answers": Sent("bram", lambda _world: {"read": 2, "answers": "how_often", "own": ""}),
    "own_item": Sent("bram", _list_item),
    "own_item_move": Sent("bram", lambda _world: {"read": 2, "to": "down"}),
    "own_item_remove": Sent("bram", lambda _world: {"read": 2}),
    "own_scale_new": Sent("bram", _list_scale),
    "own_scale": Sent("bram", _list_scale),
    "own_scale_remove": Sent("bram", lambda _world: {"read": 2}),
    "own_instrument_undo": Sent("gabi", lambda _world: {"read": 2}),
    "own_instrument_reworded": Sent("gabi", lambda _world: {"read": 2, "reason": "Alleen een tikfout verbeterd."}),
    "own_instrument_release": Sent("bram", lambda _world: {"read": 2}),
    "own_instrument_correct": Sent("gabi"),
    "own_instrument_discard": Sent("gabi"),
    "own_instrument_retire": Sent("bram"),
    "own_instrument_licence": Sent("bram", lambda _world: {"proof": "A-1", "until": _soon(), "agreed": "on"}),
    "job_again": Sent("anna"),
    "year_change_begin": Sent("gijs"),
    "year_change_again": Sent("bram", lambda _world: {"read": 1}),
    "year_change_groups": Sent("bram", _new_groups),
    "year_change_ways": Sent("bram", _new_ways),
    "year_change_group": Sent("bram", _new_pupils),
    "year_change_classes": Sent("bram", lambda _world: {"read": 1}),
    "next_classes_new": Sent("bram", _classes),
    "classes_change": Sent("bram", lambda _world: {"read": 1, "classes": "7X\n7Z", "most": 30}),
    "classes_marks": Sent("bram", lambda world: {"read": 1, f"mark-{world.objects['pupil_noor'].pk}": "A"}),
    "classes_newcomers": Sent("bram"),
    "composition_new": Sent("anna", lambda _world: {"kind": "groups", "shape": "pairs", "size": "3", "number": "", "name": "Proef"}),
    "composition_move": Sent("anna", lambda world: {"read": 1, "pupil": world.objects["pupil_noor"].pk, "to": "1-1"}),
    "composition_fix": Sent("anna", lambda world: {"read": 2, "pupil": world.objects["pupil_noor"].pk, "is_fixed": "on"}),
    "composition_undo": Sent("anna", lambda _world: {"read": 2}),
    "place_wish_add": Sent("anna", _place_wish),
    "place_wish_remove": Sent("anna"),
    "composition_asks": Sent("anna", lambda _world: {"choices": "on"}),
    "composition_use": Sent("anna", lambda _world: {"used_from": _today()}),
    "composition_copy": Sent("anna"),
    "composition_remove": Sent("anna"),
    "composition_room": Sent("anna", lambda _world: {"read": 1, "seat": [f"{row}-1" for row in range(1, 13)]}),
    "year_change_set": Sent("gijs", lambda _world: {"read": 1, "when": "other", "on": _soon(), "time": "08:00"}),
    "year_change_take_back": Sent("gijs"),
    "handover_write": Sent("anna", lambda _world: {"read": 1, "works": "Voordoen.", "watch": "", "wish": ""}),
    "handover_show": Sent("anna"),
    "handover_talk": Sent("anna", lambda _world: {"read": 1, "who": "pupil", "talked_on": _today(), "works": "agreed", "remark": ""}),
    "handover_answer": Sent("els", lambda _world: {"read": 1, "works": "agreed", "remark": ""}),
    "handover_keep": Sent("anna"),
    "handovers_remind": Sent("bram"),
    "add_colleague": Sent("olga", _colleague),
    "school_group": Sent("rik", lambda _world: {"name": "De Vossen", "levels": ["6"]}),
    "bundle_end": Sent("bram"),
    "roster_decide": Sent("bram", lambda world: {f"gone-{world.objects['pupil_puk'].pk}": "2026-05-04"}),
    "roster_apply": Sent("olga", _roster_shown),
    "roster_throw_away": Sent("bram"),
    "propose_role": Sent("olga", _role),
    "approve_role": Sent("rik"),
    "decline_role": Sent("rik"),
    "end_role": Sent("olga", lambda _world: {"until_on": ""}),
    "invite": Sent("rik"),
    "invite_all": Sent("rik"),
    "guardian_letter": Sent("bram"),
    "ask_recovery": Sent("olga"),
    "confirm_recovery": Sent("rik"),
    "notice_seen": Sent("bram"),
    "group_teaching": Sent("rik", _turn),
    "end_assignment": Sent("rik", lambda _world: {"until_on": ""}),
    "register_guardian": Sent("bram", _guardian),
    "change_authority": Sent("bram", lambda _world: {"has_authority": "yes", "from_on": _today(), "court_note": ""}),
    "end_guardianship": Sent("bram", lambda _world: {"until_on": ""}),
    "pupil_home": Sent("bram", lambda _world: {"municipality": "Zilverhaven"}),
    "school_edit": Sent("rik", _school),
    "school_year_new": Sent("rik", lambda _world: {"starts_on": "2030-08-01", "ends_on": "2031-07-31"}),
    "school_year_edit": Sent("rik", lambda _world: {"starts_on": "2025-08-02", "ends_on": "2026-07-30"}),
    "school_year_remove": Sent("rik"),
    "holidays_copy": Sent("rik"),
    "holiday_new": Sent("rik", lambda world: {**_days_off(world), "first_on": "2026-06-10"}),
    "holiday_edit": Sent("rik", lambda world: {**_days_off(world), "name": "Studiemiddag", "kind": "public"}),
    "holiday_remove": Sent("rik"),
    "region_new": Sent("rik", _edition),
    "birth_date": Sent("bram", lambda _world: {"born_on": "2016-05-04"}),
    "contact": Sent("bram", _reached),
    "my_contact": Sent("els", _reached),
    "let_read_along": Sent("pelle"),
    "stop_reading_along": Sent("peer"),
    "safety_card_edit": Sent("els", lambda _world: {"text": "Rustig laten zitten.", "read": "1"}),
    "glass_end": Sent("emil"),
    "glass_break": Sent("glen", _glass),
    "glass_review": Sent("fleur", lambda _world: {"remark": "needed"}),
    "gathering_new": Sent("anna", lambda _world: talk_form(_today())),
    "gathering_change": Sent("anna", lambda world: {**talk_form(_today()), "read": read_at(world.objects["gathering_open"])}),
    "gathering_prepare": Sent(
        "anna", lambda world: {"done_goal": "on", "note_goal": "Rustig", "read": read_at(world.objects["gathering_open"])}
    ),
    "gathering_off": Sent("anna", lambda _world: {"because": "Moeder is ziek geworden"}),
    "gathering_held": Sent("anna", _held),
    "agreement_new": Sent(
        "anna", lambda world: {"text": "Weer praten", "colleague": str(world.actors["bram"].pk), "who": "", "by_on": _soon()}
    ),
    "agreement": Sent("anna"),
    "talk_report_show": Sent("anna", lambda _world: {"to_guardians": "on"}),
    "my_report": Sent("sem", lambda _world: {"says": "right", "text": "Ja zo was het"}),
    "review_new": Sent("anna", lambda world: review_form(_today(), world.objects["pupil_sem"])),
    "review_class": Sent("anna", _about_class),
    "review_close": Sent("anna"),
    "review_off": Sent("anna", lambda _world: {"because": "De juf is ziek geworden"}),
    "review_pupil": Sent("anna", lambda _world: {"decision": "explain", "reason": "Zij was net verhuisd", "who": "", "by_on": ""}),
    "trusted_adult_new": Sent("anna", lambda world: {"adult": str(world.actors["emma"].pk)}),
    "my_trusted_adult": Sent("noor", lambda world: {"adult": str(world.actors["emma"].pk)}),
    "trusted_adult_answer": Sent("emma", lambda _world: {"says": "yes"}),
    "trusted_adult_end": Sent("anna"),
    "case_open": Sent("bram", _case),
    "case_close": Sent("bram"),
    "case_colleague": Sent("bram", lambda world: {"colleague": world.actors["stef"].pk, "until": _soon()}),
    "case_newcomer": Sent("bram", _newcomer),
    "case_member_remove": Sent("bram"),
    "share_new": Sent("bram"),
    "share_withdraw": Sent("bram"),
    "organisation_new": Sent("bram", _organisation),
    "organisation_edit": Sent("bram", _organisation),
    "organisation_checked": Sent("bram"),
    "consent_new": Sent("bram", _asking),
    "consent_answer": Sent("ed", lambda _world: {"answer": "given"}),
    "consent_withdraw": Sent("els"),
    "consent_paper": Sent("bram", _paper),
    "consent_heard": Sent("bram", lambda _world: {"heard_on": timezone.localdate().isoformat()}),
    "consent_end": Sent("bram"),
    "legal_ground_new": Sent("bram", _ground),
    "legal_ground_confirm": Sent("rik"),
    "legal_ground_end": Sent("bram"),
    "consultation_new": Sent("anna", _sheet),
    "consultation_seat": Sent("anna", lambda world: {"whom": world.actors["remi"].pk, "until_on": ""}),
    "consultation_seat_end": Sent("anna"),
    "consultation_advise": Sent("gabi", lambda _world: {"text": "Begin met samen tekenen."}),
    "consultation_close": Sent(
        "anna",
        lambda _world: {"asked": ["colleague"], "outcome": "Het kind heeft rust nodig.", "next_step": "Morgen praten wij met thuis."},
    ),
    "close_round": Sent("bram"),
    "critical_reading": Sent("anna", lambda _world: {"q1": "3", "q2": "2", "o2": "Nog niet afgenomen", "q3": "1"}),
    "signal_new": Sent("anna", lambda _world: _seen()),
    "group_signal_new": Sent("anna", lambda world: _seen() | {"whom": [str(world.objects["pupil_noor"].pk)]}),
    "signal_hand_in": Sent("emma", lambda _world: _seen() | {"about": "Iemand uit groep 6"}),
    "signal_answer": Sent("anna", lambda _world: {"kind": "act", "until_on": "", "judgement": "known", **_because()}),
    "signal_tie": Sent("bram", lambda world: {"pupil": str(world.objects["pupil_sem"].pk), "group": "", "signs": ["tired"]}),
    "signal_look_again": Sent("anna", lambda _world: {"still_there": "no"}),
    "signal_show": Sent("anna"),
    "signal_to_reporting_code": Sent("bram"),
    "signal_doors": Sent("bram", lambda _world: {"name": "Sportclub"}),
    "signal_door_end": Sent("bram"),
    "pupil_directions": Sent("anna", lambda _world: {"scale": "wellbeing", "entry": "tijd-voor-de-band", "taken": "yes", "reason": ""}),
    "group_directions": Sent("bram", lambda _world: {"scale": "wellbeing", "entry": "groeten-bij-de-deur", "taken": "yes", "reason": ""}),
    "result_show": Sent("anna", lambda _world: {"to_pupil": "on", "to_guardians": "on"}),
    "my_result": Sent("els", lambda _world: {"text": "Wij herkennen dit."}),
    "pupil_understanding_new": Sent("anna", lambda _world: _steps()),
    "group_understanding_new": Sent("carla", lambda _world: _class_steps()),
    "understanding_steps": Sent("anna", lambda world: {**_steps(), "read": _read_thought(world, "understanding_noor")}),
    "understanding_sources": Sent(
        "anna",
        lambda world: {
            "colleague": "Rustig bij gym.",
            "activity": "gym",
            "pupil": "Ik wil vooraan.",
            "read": _read_thought(world, "understanding_noor"),
        },
    ),
    "understanding_observer": Sent("anna", lambda world: {"whom": str(world.actors["bram"].pk)}),
    "understanding_settle": Sent("carla", lambda world: {"read": _read_thought(world, "understanding_lot")}),
    "voice_ask": Sent("anna", lambda world: {"whose": str(world.objects["guardian_ed"].pk)}),
    "voice": Sent("anna", lambda world: {"overview": "Wij zien haar lachen.", "insight": "", "outlook": "", "read": _read_voice(world)}),
    "my_voice": Sent("noor", lambda _world: {"overview": "Het gaat goed.", "insight": "", "outlook": ""}),
    "factor_new": Sent("anna", _factor),
    "factor": Sent("anna", lambda _world: {"review_on": _soon()}),
    "factor_drop": Sent("anna"),
    "object_to_list": Sent("els", lambda _world: {"instrument": "kring-leerling"}),
    "take_back_objection": Sent("els"),
    "pupil_objections": Sent("bram", lambda world: {"who": str(world.objects["guardian_ed"].pk), "instrument": "kring-leerling"}),
    "end_objection": Sent("bram"),
    "guardian_list_new": Sent("anna", _at_home),
    "remind_guardian": Sent("anna"),
    "withdraw_guardian_list": Sent("anna"),
    "close_team_list": Sent("bram"),
    "list_letter": Sent("anna"),
    "round_newcomers": Sent("bram"),
    "round_late_take_in": Sent("bram"),
    "round_late_throw_away": Sent("bram", lambda _world: {"reason": "Dubbel ingevuld, ook op papier"}),
    "round_reopen": Sent("bram", lambda _world: {"reason": "Zes leerlingen waren ziek", "until": "2035-09-21"}),
    "round_withdraw": Sent("bram"),
    "class_open": Sent("anna", lambda _world: {"minutes": "30"}),
    "class_cards": Sent("anna", lambda world: {"knows": "pin", "pupils": [str(world.objects["pupil_noor"].pk)]}),
    "window_close": Sent("anna"),
    "window_extend": Sent("anna"),
    "pupil_unlock": Sent("anna"),
    "seat_end": Sent("anna"),
    "seat_call_back": Sent("anna"),
    "class_absent": Sent("anna"),
    "paper_print": Sent("anna"),
    "paper_list": Sent("anna", lambda _world: {"answer-1": "1"}),
    "paper_guardian_list": Sent("anna", lambda _world: {"answer-1": "1"}),
    "paper_tick": Sent("anna", lambda world: {"who": str(world.objects["nameless_list_noor"].pk)}),
    "paper_untick": Sent("anna"),
    "paper_nameless": Sent("anna", lambda _world: {"answer-1": "1"}),
    "teacher_list_open_again": Sent("anna"),
    "teacher_lists_hand_in": Sent("anna", lambda world: {"lists": str(world.objects["teachers_list_noor"].pk)}),
    "invitation_absent": Sent("anna"),
    "invitation_later": Sent("anna", lambda _world: {"until": "2035-09-17"}),
    "invitation_wait": Sent("anna"),
    "move_list": Sent("anna", _moved_list),
    "undo_move": Sent("anna"),
    "merge_pupils": Sent("bram", _merged_pupil),
    "undo_merge": Sent("bram"),
    "upload_throw_away": Sent("anna"),
    "group_photos_put": Sent("anna", _photo),
    "pupil_photo_away": Sent("anna"),
    "photo_refuse": Sent("noor"),
    "choice_policy_new": Sent("bram", _policy),
    "choice_policy_end": Sent("bram"),
    "sociogram_buddies": Sent("anna", _buddies),
    "prediction": Sent("anna", lambda world: {f"pupil-{world.objects['pupil_sem'].pk}": "often"}),
    "interview": Sent("anna", lambda _world: {"who-1-nobody": "on"}),
    "external_files": Sent("bram", _scores),
    "external_scales": Sent(
        "bram", lambda _world: {"system": "", "title": "Iets", "name": "Rust", "low": "0", "high": "4", "direction": "1"}
    ),
    "external_scale_forget": Sent("bram"),
    "external_file_throw_away": Sent("bram"),
    "external_file_take_back": Sent("bram"),
    "group_reports": Sent("anna"),
    "pupil_reports": Sent("bram"),  # anna's are being made already
    "group_pupil_reports": Sent("anna"),
    "job_stop": Sent("anna"),
    "attention_table": Sent("gijs", _points),
    "ambitions": Sent("rik", lambda _world: {"percent": "15", "reds_needed": "2", "green": []}),
    "draft_throw_away": Sent("anna", _draft),
    "my_talks": Sent("noor", lambda world: {"listener": str(world.actors["bram"].pk)}),
    "talk_seen": Sent("anna"),
    "talk_had": Sent("anna"),
    "suspicion_new": Sent("anna", lambda world: {"pupil": str(world.objects["pupil_noor"].pk), "called": "", **_facts()}),
    "suspicion_note": Sent("anna", lambda _world: {"kind": "consulted", **_facts()}),
    "suspicion_let_in": Sent("daan", lambda world: {"whom": str(world.actors["bram"].pk)}),
    "suspicion_let_out": Sent("daan"),
    "suspicion_tie": Sent("daan", lambda world: {"pupil": str(world.objects["pupil_noor"].pk)}),
    "my_worries": Sent("noor", _worry),
    "worry_answer": Sent("anna", lambda _world: {"text": "Dank je wel, ik kijk ernaar."}),
    "worry_end": Sent("vic"),
    "support_need_new": Sent("anna", _need),
    "support_need_coach": Sent("anna", lambda world: {"coach": str(world.actors["bram"].pk)}),
    "support_need_answer": Sent("carla", lambda _world: {"text": "Ik kijk morgen mee."}),
    "support_need_end": Sent("anna", lambda _world: {"outcome": "Het gaat beter."}),
    "group_absence": Sent("anna", lambda world: {f"{world.objects['pupil_noor'].pk}:late": "1"}),
    "absence_settle": Sent("anna", lambda _world: {"outcome": "reported", "reported_on": _today()}),
    "absence_over": Sent("anna", lambda _world: {"over_on": _today()}),
    "absence_rules": Sent("bram", _absence_rules),
    "absence_step_plan": Sent("anna", lambda world: {"step": "check", "due_on": _today(), "owner": str(world.actors["anna"].pk)}),
    "absence_step": Sent("anna", lambda _world: {"done_on": _today(), "outcome": "Wij praatten met moeder"}),
    "suspicion_step": Sent("anna", lambda _world: {"done_on": _today(), "who": "Anna", "weighed": "Wij zagen het twee keer"}),
    "training_new": Sent("bram", _training),
    "training_edit": Sent("bram", lambda world: {**_training(world), "read": _edited(world, "training_open")}),
    "training_place_add": Sent("bram", lambda world: {"pupil": str(world.objects["pupil_sem"].pk), "goal": "Ik durf meer te zeggen"}),
    "training_session_add": Sent("remi", lambda _world: {"day": _soon(), "about": "Oefenen"}),
    "training_attend": Sent("remi", _attended),
    "training_close": Sent("remi", _closed),
    "training_wish": Sent("bram", lambda _world: {"is_on": "yes"}),
    "training_agree": Sent("bram", lambda world: {"guardian": str(world.objects["guardian_ed"].pk), "agreed_on": _today()}),
    "training_levels": Sent("remi", lambda _world: {"before": "3", "after": "6"}),
    "training_transfer": Sent("remi", lambda _world: {"where": "In de kring in de klas", "who": "juf", "looked_on": _today()}),
    "training_leave": Sent("remi"),
    "telling_new": Sent("anna", lambda _world: {"talked_on": _today(), "said": "yes", "note": ""}),
    "telling": Sent("anna", lambda _world: {"told_on": _today(), "because": ""}),
    "newcomer_buddy": Sent("anna", lambda world: {"buddy": str(world.objects["pupil_sem"].pk), "both_said_yes": "on"}),
    "newcomer_done": Sent("anna", lambda _world: {"step": "talk", "done_on": _today()}),
    "newcomer_end": Sent("anna", lambda _world: {"words": "Het kind heeft een plek gevonden."}),
    "task_new": Sent("anna", lambda _world: {"line": "bellen met de GGD", "due_on": "", "group": ""}),
    "task_done": Sent("anna"),
    "task_undo": Sent("anna"),
    "task_put_off": Sent("anna", lambda _world: {"to": _school_day().isoformat()}),
    "task_drop": Sent("anna", lambda _world: {"reason": "Dit is op papier al geregeld"}),
}
