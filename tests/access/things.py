"""Something of every record: of one's own, of others, shared and not, withdrawn, over, gone, and of another school."""

import json
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

from django.db.models import Model
from django.utils import timezone

from kring.class_files.roster import Roster
from kring.core.access import Role
from kring.core.external_scores import ScoreScale
from kring.core.floor_plans import Shape, even_groups, floor_plan
from kring.core.places import kept_places
from kring.core.review import A_WEEK, monday
from kring.core.roster import Name, PupilLine
from kring.core.sketches import moved
from kring.library import instrument
from kring.web.classroom.rows import take_seat
from kring.web.classroom.teaching.actions import open_window
from kring.web.compositions.actions import Move, NewComposition, NewWish, add_wish, make_composition, move_pupil
from kring.web.compositions.classes.actions import NewClasses, make_classes
from kring.web.corrections.queries import seal
from kring.web.exchange.actions import Brought, check_upload
from kring.web.external_results import queries
from kring.web.external_results.actions import Brought as BroughtScores
from kring.web.external_results.actions import apply_scores, check_scores, name_scale
from kring.web.files.intake import keep
from kring.web.instruments.actions import begin_list, change_list, release_list
from kring.web.models import (
    Answer,
    Appointment,
    Assignment,
    Beat,
    BullyingName,
    BullyingReport,
    Bundle,
    CaseMember,
    ChoicePolicy,
    ComposedPupil,
    Composition,
    Consent,
    ConsentItem,
    ConsentRequest,
    Consultation,
    ConsultationReply,
    ConsultationSeat,
    Contact,
    CriticalReading,
    Draft,
    ExternalScale,
    Filling,
    Group,
    Guardian,
    GuardianAccess,
    GuardianInvitation,
    Guardianship,
    Handover,
    HandoverAnswer,
    Holiday,
    Invitation,
    Job,
    LegalGround,
    ListedPupil,
    MergedPupil,
    MovedList,
    Notice,
    Objection,
    OwnInstrument,
    Photo,
    PlaceWish,
    Pupil,
    PupilKey,
    Recovery,
    RegionalTerms,
    ResultResponse,
    Review,
    Round,
    SafetyCard,
    ScaleProfile,
    School,
    SchoolYear,
    SetAside,
    Share,
    Snapshot,
    Sociogram,
    StaffInvitation,
    Submission,
    TalkRequest,
    Task,
    Upload,
)
from kring.web.roster.bringing.actions import Brought as RosterBrought
from kring.web.roster.bringing.actions import check_roster
from kring.web.school_results.intake import count_round
from kring.web.surveys.models import asks_of
from kring.web.year_change.actions import Wanted, begin_year_change, set_year_change
from tests.access.people import DAY, SECRET, Town
from tests.access.things_attention import looked_at
from tests.access.things_cared import cared
from tests.access.things_daily import daily
from tests.access.things_outside import helped
from tests.access.things_planned import planned
from tests.access.things_seen import seen
from tests.access.things_supported import supported
from tests.access.things_talked import talked
from tests.access.things_trained import trained
from tests.access.things_tried import tried
from tests.access.thought import understood
from tests.cast_sketches import ready_sketch
from tests.measurements import HANDED_IN, PUPIL_LIST, SOCIOGRAM, TEACHER_LIST, classmates, close, list_round, round_of, sociogram_round

Things = dict[str, Model]


def make_things(town: Town) -> Things:
    made: Things = {f"group_{name}": one for name, one in town.groups.items()}
    made |= {f"pupil_{name}": one for name, one in town.pupils.items()}
    made |= {f"case_{name}": one for name, one in town.cases.items()}
    made |= {f"glass_{name}": one for name, one in town.glasses.items()}
    made |= {f"organisation_{name}": one for name, one in town.organisations.items()}
    made |= {f"school_{name}": one for name, one in town.schools.items()}
    made |= {f"hat_{name}": one for name, one in town.actors.items() if name != "nina"}
    for part in (
        _measured,
        _in_the_room,
        _brought,
        _reached,
        _cards,
        _lists,
        _consents,
        _shares,
        _consultations,
        _typed,
        _to_do,
        _talks,
        _years_to_come,
        _handovers,
        _asked_at_home,
        _about_the_class,
        _acted_upon,
        _from_elsewhere,
        looked_at,
        cared,
        understood,
        planned,
        seen,
        tried,
        daily,
        talked,
        trained,
        helped,
        supported,
    ):
        made |= part(town)
    made |= _roster(town)
    made |= _school_years(town)
    made["last_week"] = Review(pk=(monday(timezone.localdate(town.now)) - A_WEEK).isoformat())  # an address that tells a Monday
    made |= _of_people(town)
    for kind in Beat.Kind:  # worker and schedule live for as long as the tests last
        Beat.objects.create(kind=kind, started_at=town.now, last_at=town.now + DAY)
    made["pupil_gone"] = Pupil(pk=uuid4())  # deleted: only its number is left
    return made


def _about_the_class(town: Town) -> Things:
    """What the teachers of 6A fill in: about Noor it is on its way, about Sem it is in."""
    pupils = [town.pupils[name] for name in ("sem", "noor")]
    asked = list_round(town.groups["6a"], pupils, "Over de klas", key=TEACHER_LIST, silent=1)
    of_noor, of_sem = (Invitation.objects.get(round=asked, pupil=town.pupils[name]) for name in ("noor", "sem"))
    filling = Filling.objects.create(school=town.cast.beuk, invitation=of_noor, begun_at=town.now)
    item = asked.offered.items[0].key
    Answer.objects.create(school=town.cast.beuk, filling=filling, item=item, value=1, turn=1, given_by=town.actors["anna"])
    late = {item: {"value": 1, "turn": 9}}
    SetAside.objects.create(school=town.cast.beuk, round=asked, invitation=of_sem, answers=late, came_at=town.now)
    nameless = round_of(town.groups["6a"], "kring-veiligheid", "Zonder namen")
    asked_here = {"school": town.cast.beuk, "round": nameless, "group": town.groups["6a"]}
    without_name = Invitation.objects.create(pupil=town.pupils["noor"], **asked_here)
    ticked = Invitation.objects.create(pupil=town.pupils["sem"], answered=True, ticked=True, **asked_here)
    return {
        "teachers_round": asked,
        "teachers_list_noor": of_noor,
        "teachers_list_sem": of_sem,
        "nameless_round": nameless,
        "nameless_list_noor": without_name,
        "nameless_list_sem": ticked,
    }


def _measured(town: Town) -> Things:
    pupils = [town.pupils[name] for name in ("noor", "sem")]
    asked = [*pupils, town.pupils["mees"]]
    closed = list_round(town.groups["6a"], asked, "Vorige lijst")
    closed.closed_at = town.now
    closed.save()
    running = list_round(town.groups["6a"], asked)
    return {
        **_counted(town, closed),
        "closed_round": closed,
        "round_6a": running,
        **_put_right(town, running),
        **_running(town),
        **_in_class(town),
        "round_eik": list_round(town.groups["eik"], [town.pupils["fien"]]),
        "sociogram_6a": sociogram_round(town.groups["6a"], pupils),
        **_choosing(town),
        **_asked_what_may_hurt(town),
    }


def _choosing(town: Town) -> Things:
    """A sociogram of 6A that is open, and a photo of Noor beside her name."""
    group, pupils = town.groups["6a"], [town.pupils[name] for name in ("noor", "sem")]
    asked = round_of(group, SOCIOGRAM, "Kiezen in het voorjaar")
    own = [Invitation(school=town.cast.beuk, round=asked, group=group, pupil=one) for one in pupils]
    Invitation.objects.bulk_create(own)
    Photo.objects.create(school=town.cast.beuk, pupil=pupils[0], picture=b"x", added_by=town.actors["anna"], added_at=town.now)
    return {"sociogram_open": asked, "choices_noor": own[0], "choices_sem": own[1]}


def _asked_what_may_hurt(town: Town) -> Things:
    """The school decided that it may be asked, and Noor says to be bullied every week by Sem."""
    group, (noor, sem) = town.groups["6a"], [town.pupils[name] for name in ("noor", "sem")]
    decided = {"decided_by": town.actors["bram"], "follow_up": town.actors["saar"], "guardians_informed_on": date(2025, 9, 1)}
    about = {"school": town.cast.beuk, "kind": "negative", "purpose": "Een plan voor de sfeer in 6A.", "from_at": town.now - DAY}
    policy = ChoicePolicy.objects.create(**about, **decided)
    asked = close(round_of(group, "kring-sociogram-pesten", "Vragen over pesten"))
    row = Sociogram.objects.create(school=town.cast.beuk, round=asked, group=group)
    of_it = {"school": town.cast.beuk, "sociogram": row}
    for one in (noor, sem):
        ListedPupil.objects.create(**of_it, pupil=one, participation="done")
    BullyingName.objects.create(**of_it, part="bullies", victim=noor, named=sem)
    report = BullyingReport.objects.create(**of_it, pupil=noor, frequency="weekly")
    return {"policy_negative": policy, "sociogram_bullying": row, "bullying_noor": report}


def _counted(town: Town, closed: Round) -> Things:
    """The figures of a round with names and of one without: of too few to tell anything."""
    about: dict[str, Any] = {"school": town.cast.beuk, "year": town.groups["6a"].year, "opens_on": closed.opens_on}
    days: dict[str, Any] = {"closes_on": closed.closes_on, "closed_at": town.now}
    unnamed = Round.objects.create(instrument="kring-veiligheid", version=1, title="Zonder naam", **about, **days)
    Invitation.objects.create(school=town.cast.beuk, round=unnamed, group=town.groups["6a"], pupil=town.pupils["sem"])
    for one in (closed, unnamed):
        count_round(one, at=town.now)
    return {f"figures_{name}": Snapshot.objects.get(round=one) for name, one in (("named", closed), ("unnamed", unnamed))}


def _in_class(town: Town) -> Things:
    """6A may come in; Noor sits at a tablet, and her name was locked before."""
    window = open_window(town.actors["anna"], town.groups["6a"], minutes=30, at=town.now)
    noor, locked = town.pupils["noor"], {"wrong_tries": 5, "locked_at": town.now, "made_at": town.now}
    PupilKey.objects.create(school=noor.school, pupil=noor, kind=PupilKey.Kind.PIN, hash="x" * 64, **locked)
    return {"window_6a": window, "seat_noor": take_seat(window, noor, tablet="", at=town.now).seat}


def _running(town: Town) -> Things:
    """Far ahead: a round that waits for Noor and did not ask Sem, one in which Sem was absent, and one that was closed while empty."""
    school, group = town.cast.beuk, town.groups["6a"]
    year = SchoolYear.objects.create(school=school, label="2035-2036", starts_on=date(2035, 8, 1), ends_on=date(2036, 7, 31))
    days: dict[str, Any] = {"opens_on": date(2035, 9, 3), "closes_on": date(2035, 9, 14)}
    waiting, away, shut = (
        Round.objects.create(school=school, year=year, instrument=key, version=1, title=title, asks=asks_of(instrument(key, 1)), **days)
        for key, title in ((PUPIL_LIST, "Wacht"), (TEACHER_LIST, "Afwezig"), (SOCIOGRAM, "Dicht"))
    )
    Round.objects.filter(pk=shut.pk).update(closed_at=town.now, closed_by=town.actors["bram"])
    asked: dict[str, Any] = {"school": school, "group": group}
    return {
        "round_waiting": waiting,
        "round_shut": shut,
        "invitation_waiting": Invitation.objects.create(round=waiting, pupil=town.pupils["noor"], **asked),
        "invitation_away": Invitation.objects.create(round=away, pupil=town.pupils["sem"], absent=True, **asked),
    }


def _put_right(town: Town, running: Round) -> Things:
    """The lists of Sem and Mees changed places, and Lot was entered twice."""
    invitations = {name: Invitation.objects.get(round=running, pupil=town.pupils[name]) for name in ("noor", "sem", "mees")}
    pupils = {"pupil": town.pupils["sem"], "to_pupil": town.pupils["mees"]}
    where = {"school": town.cast.beuk, "round": running, "group": town.groups["6a"], "moved_by": town.actors["anna"]}
    lists = seal(*(Submission.objects.get(invitation=invitations[name]) for name in ("sem", "mees")))
    moved = MovedList.objects.create(**where, **pupils, swapped=True, seal=lists, reason="Verwisseld", moved_at=town.now)
    lot, before = town.pupils["lot"], town.now - DAY
    gone = Pupil.objects.create(school=lot.school, given_name="X", sort_name="x", admin_key="lot-oud", merged_into=lot, merged_at=before)
    nothing: dict[str, Any] = {"lists": [], "cards": [], "ended": []}
    by_bram = {"merged_by": town.actors["bram"], "merged_at": before}
    merged = MergedPupil.objects.create(school=lot.school, pupil=lot, gone=gone, reason="Twee keer", moved=nothing, **by_bram)
    return {"moved_list": moved, "merged_pupil": merged, "invitation_noor": invitations["noor"], "invitation_sem": invitations["sem"]}


def _brought(town: Town) -> Things:
    anna, group, now = town.actors["anna"], town.groups["6a"], town.now
    names = f"leerling;naam\nnoor;Noor Test\nsem;Sem{SECRET} Test\n".encode()
    contents = {"pupils": names, "nominations": b"vraag;van;naar\ntogether;noor;sem\n"}
    waiting, applied = (check_upload(anna, group, Brought(contents, None, "herfst", date(2025, 10, 6)), at=now) for _ in range(2))
    applied.applied_at = now
    applied.save()
    of_vera = Upload.objects.create(
        school=town.cast.beuk, group=group, author=town.actors["vera"], held_on=date(2025, 10, 6), created_at=now
    )
    result = keep(anna, "groepsrapporten.zip", f"Noor zip{SECRET}".encode(), content_type="application/zip", at=now)
    job = Job.objects.create(school=town.cast.beuk, author=anna, kind="group_reports", state=Job.State.DONE, created_at=now, result=result)
    task = "kring.web.reports.batch.group_reports"
    failed = Job.objects.create(
        school=town.cast.beuk, author=anna, kind="group_reports", task=task, state=Job.State.FAILED, created_at=now - timedelta(days=1)
    )
    busy = Job.objects.create(school=town.cast.beuk, author=anna, kind="pupil_reports", state=Job.State.RUNNING, created_at=now)
    return {"job_busy": busy, "upload": waiting, "upload_of_vera": of_vera, "job": job, "job_failed": failed, "no_provider": Upload()}


def _from_elsewhere(town: Town) -> Things:
    """Scores of another system that bram brought: a file that waits and one that was taken over; Noor has one."""
    bram, on = town.actors["bram"], date(2026, 1, 12)
    system = queries.system_of(bram, "sdq-leerkracht-1")
    assert system is not None
    data = b"leerlingnummer;Prosociaal gedrag\nnoor;8\n"
    waiting, applied = (check_scores(bram, town.cast.beuk, BroughtScores(system, on, "a.csv", data), at=town.now) for _ in range(2))
    apply_scores(bram, applied, shown=queries.proposal_of(bram, applied).fingerprint, at=town.now)
    own = name_scale(bram, town.cast.beuk, "Volgsysteem", ScoreScale("Inzet", 0, 4, 1))
    used = ExternalScale.objects.get(system=system.key)
    return {"external_file_waiting": waiting, "external_file_applied": applied, "external_scale": own, "external_scale_used": used}


def _roster(town: Town) -> Things:
    """Lists of all pupils that bram and olga brought and did not take over, and groups side by side."""
    year = town.groups["6a"].year
    lines = {
        "bram": [PupilLine(2, "noor", Name("Noor", "", "Test"), None, "6B", 6), _newcomer_line("bram")],
        "olga": [PupilLine(2, "noor", Name("Anders", "", "Geheten"), None, "6A", 6), _newcomer_line("olga")],
    }
    made: Things = {
        f"roster_of_{who}": check_roster(
            town.actors[who], town.cast.beuk, RosterBrought("l.csv", Roster(tuple(listed)), year, date(2025, 9, 1)), at=town.now
        )
        for who, listed in lines.items()
    }
    bundle = Bundle.objects.create(school=town.cast.beuk, year=year, name="groepen 6")
    Group.objects.filter(pk__in=[town.groups[name].pk for name in ("6a", "6b")]).update(bundle=bundle)
    return made | {"bundle_6": bundle, "year_beuk": year}


def _school_years(town: Town) -> Things:
    """A day off, a year that can go, and an edition of the words of the region."""
    school, year = town.cast.beuk, town.groups["6a"].year
    School.objects.filter(pk=school.pk).update(region="zuid")
    day = date(2026, 2, 4)
    holiday = Holiday.objects.create(school=school, year=year, kind="study", name="Studiedag", first_on=day, last_on=day)
    empty = SchoolYear.objects.create(school=school, label="2033-2034", starts_on=date(2033, 8, 1), ends_on=date(2034, 7, 31))
    terms: dict[str, Any] = {"words": {}, "layers": [], "request_fields": [], "procedure": ""}
    edition = RegionalTerms.objects.create(
        school=school, from_on=date(2025, 8, 1), partnership="SWV", terms=terms, made_at=town.now, made_by=town.actors["rik"]
    )
    return {"holiday_beuk": holiday, "year_empty": empty, "edition_beuk": edition}


def _newcomer_line(who: str) -> PupilLine:
    return PupilLine(3, f"nieuw-{who}", Name(f"Lijst{SECRET}{who}", "", "Nieuw"), None, "8", 8)


def _reached(town: Town) -> Things:
    """Addresses of guardians; that of ed is secret."""
    made: Things = {}
    for name in ("els", "ed", "pim", "gea", "twan_as_guardian"):
        of = Guardian.objects.get(person=town.actors[name].person)
        made[f"guardian_{name}"] = of
        made[f"contact_{name}"] = Contact.objects.create(
            school=of.school, guardian=of, address=f"Straat{SECRET} van {name}", phone=f"06{SECRET}{name}", is_secret=name == "ed"
        )
    guardianships = Guardianship.objects.select_related("guardian__person")
    made |= {
        f"guardianship_{one.guardian.person.username if one.guardian.person else ''}_{one.pupil.admin_key}": one
        for one in guardianships.select_related("pupil")
    }
    made["contact_of_nobody"] = Guardian.objects.create(school=town.cast.beuk, given_name="Zonder", family_name="Kind")
    return made


def _cards(town: Town) -> Things:
    def card(name: str, by: str) -> SafetyCard:
        pupil = town.pupils[name]
        return SafetyCard.objects.create(
            school=pupil.school, pupil=pupil, text=f"Kaart{SECRET} van {name}", updated_at=town.now, updated_by=town.actors[by]
        )

    return {f"card_{name}": card(name, by) for name, by in {"noor": "bram", "sem": "bram", "lot": "bram", "fien": "frans"}.items()}


def _consents(town: Town) -> Things:
    """What was asked about Noor for each organisation, and who said what."""
    made: Things = {}
    for kind in ("agreed", "agreed_too", "withdrawn", "refused", "half"):
        made[f"request_{kind}"] = asked = ConsentRequest.objects.create(
            school=town.cast.beuk,
            pupil=town.pupils["noor"],
            recipient=town.organisations.get(kind) or town.organisations["never_asked"],
            purpose=f"Vraag{SECRET} {kind}.",
            asked_by=town.actors["bram"],
            from_at=town.now - 20 * DAY,
            until_at=town.now + 50 * DAY,
        )
        ConsentItem.objects.create(school=town.cast.beuk, request=asked, record="scaleprofile")
        for who in ("els",) if kind == "half" else ("els", "ed"):
            made[f"consent_{kind}_{who}"] = _said(town, asked, who, kind)
    return made | _grounds(town)


def _said(town: Town, asked: ConsentRequest, who: str, kind: str) -> Consent:
    no, back = kind == "refused" and who == "ed", kind == "withdrawn" and who == "ed"
    return Consent.objects.create(
        school=town.cast.beuk,
        request=asked,
        guardian=Guardian.objects.get(person=town.actors[who].person),
        answer=Consent.Answer.REFUSED if no else Consent.Answer.GIVEN,
        answered_at=town.now - 10 * DAY,
        withdrawn_at=town.now - DAY if back else None,
        recorded_by=town.actors[who],
    )


def _grounds(town: Town) -> Things:
    def ground(kind: str, **confirmed: Any) -> LegalGround:
        return LegalGround.objects.create(
            school=town.cast.beuk,
            pupil=town.pupils["noor"],
            recipient=town.organisations[kind],
            record="scaleprofile",
            ground=LegalGround.Ground.LEGAL_DUTY,
            explanation=f"Grond{SECRET} {kind}.",
            recorded_by=town.actors["bram"],
            from_at=town.now - 5 * DAY,
            until_at=town.now + 20 * DAY,
            **confirmed,
        )

    by_two = ground("by_law", confirmed_by=town.actors["rik"], confirmed_at=town.now - 4 * DAY)
    return {"ground_by_two": by_two, "ground_by_one": ground("by_law_of_one")}


def _shares(town: Town) -> Things:
    def share(name: str, **more: Any) -> Share:
        data = json.dumps({"title": f"Versie{SECRET} {name}"}).encode()  # the sheet as it was, put on paper for each reader
        file = keep(town.actors["bram"], f"{name}.pdf", data, content_type="application/pdf", at=town.now)
        return Share.objects.create(
            school=town.cast.beuk,
            case=town.cases["noor"],
            record="scaleprofile",
            title=f"Profiel{SECRET} {name}",
            file=file,
            shared_by=town.actors["bram"],
            shared_at=town.now - DAY,
            **more,
        )

    seen = {"shown_to_pupil_at": town.now - DAY, "shown_to_guardians_at": town.now - DAY}
    return {
        "share": share("gedeeld"),
        "share_shown": share("getoond", **seen),
        "share_withdrawn": share("terug", withdrawn_at=town.now - DAY, **seen),
    }


def _of_people(town: Town) -> Things:
    """What is proposed, asked, told and let."""
    beuk, now, actors = town.cast.beuk, town.now, town.actors
    proposed = {
        "school": beuk,
        "person": actors["emma"].person,
        "role": Role.BEHAVIOUR_SPECIALIST.value,
        "from_at": now,
        "proposed_at": now,
    }
    asked = {"school": beuk, "asked_at": now, "expires_at": now + DAY}
    told = {"school": beuk, "event": "glass.broken", "record": "breakglass", "record_id": town.glasses["emil"].pk, "at": now}
    return {
        "proposal": Appointment.objects.create(proposed_by=actors["olga"], **proposed),
        "recovery": Recovery.objects.create(person=actors["carla"].person, asked_by=actors["olga"], **asked),
        "recovery_of_rik": Recovery.objects.create(person=actors["rik"].person, asked_by=actors["olga"], **asked),
        "notice": Notice.objects.create(receiver=actors["bram"], **told),
        "assignment_tess": Assignment.objects.get(membership=actors["tess"]),
        "assignment_lina": Assignment.objects.get(membership=actors["lina"]),
        "leave_peer": GuardianAccess.objects.get(guardianship__pupil=town.pupils["peer"]),
        "seat_pia": CaseMember.objects.get(membership=actors["pia"]),
        "place_gabi": ConsultationSeat.objects.get(membership=actors["gabi"], consultation__question__contains=" anna."),
    }


def _asked_at_home(town: Town) -> Things:
    """Noor takes no part in the check-in, says els; els is asked for a list about her; anna and bram for a list of the team."""
    beuk, now, day = town.cast.beuk, town.now, timezone.localdate(town.now)
    year = SchoolYear.objects.create(school=beuk, label="nu", starts_on=day - timedelta(days=30), ends_on=day + timedelta(days=60))
    about = {"school": beuk, "year": year, "version": 1, "opens_on": day, "closes_on": day + timedelta(days=14)}
    els = Guardian.objects.get(person=town.actors["els"].person)
    noor = {"school": beuk, "pupil": town.pupils["noor"], "guardian": els}
    at_home = Round.objects.create(instrument="kring-ouder", title="Ouderlijst", asks=Round.Asks.GUARDIANS, **about)
    of_team = Round.objects.create(instrument="kring-kijkwijzer", title="Kijkwijzer", asks=Round.Asks.STAFF, **about)
    asked = {who: StaffInvitation.objects.create(school=beuk, round=of_team, membership=town.actors[who]) for who in ("anna", "bram")}
    return {
        "objection_els": Objection.objects.create(instrument="kring-check-in", from_at=now - DAY, **noor),
        "asked_els": GuardianInvitation.objects.create(
            round=at_home,
            group=town.groups["6a"],
            reason=f"Waarom{SECRET} els",
            asked_by=town.actors["anna"],
            asked_at=now - 8 * DAY,
            **noor,
        ),
        "round_at_home": at_home,
        "round_team": of_team,
        "asked_anna": asked["anna"],
    }


def _years_to_come(town: Town) -> Things:
    """A proposal at De Beuk; at Het Baken a year to come, and of years before a proposal and one that was set."""
    day, cast, gijs = timezone.localdate(town.now), town.cast, town.actors["gijs"]
    first, last = day + timedelta(days=100), day + timedelta(days=400)
    beuk, baken = (SchoolYear.objects.create(school=one, label="straks", starts_on=first, ends_on=last) for one in (cast.beuk, cast.baken))
    older, old = (
        SchoolYear.objects.create(school=cast.baken, label=str(year), starts_on=date(year, 8, 1), ends_on=date(year + 1, 7, 31))
        for year in (2023, 2024)
    )
    stands = begin_year_change(gijs, older, baken, at=town.now)
    set_year_change(gijs, stands, Wanted(town.now + 100 * DAY, 1), at=town.now)
    stands.refresh_from_db()
    return {
        "year_beuk": cast.group_6a.year,
        "year_baken": cast.group_baken.year,
        "change_beuk": begin_year_change(town.actors["bram"], cast.group_6a.year, beuk, at=town.now),
        "change_baken": begin_year_change(gijs, old, baken, at=town.now),
        "change_set": stands,
        "coming_beuk": beuk,
        "classes_beuk": _next_classes(town, beuk),
    }


def _next_classes(town: Town, year: SchoolYear) -> Composition:
    """6A and 6B in two classes, everybody in the first."""
    asked = NewClasses("Voorstel", [f"{town.groups[name].pk}:6" for name in ("6a", "6b")], ["7X", "7Y"], 30)
    made = make_classes(town.actors["bram"], year, asked, at=town.now)
    ComposedPupil.objects.filter(composition=made).update(place="1")
    return made


def _in_the_room(town: Town) -> Things:
    """Where 6A sits since yesterday, and its tables."""
    anna, group = town.actors["anna"], town.groups["6a"]
    sits = NewComposition(Composition.Kind.SEATS, "Zo zitten wij", floor_plan(Shape.PAIRS, 6), {})
    tables = NewComposition(Composition.Kind.TABLES, "Tafels", even_groups(6, name="Tafel %(number)s", size=6), {})
    room, at_tables = (make_composition(anna, group, new, at=town.now) for new in (sits, tables))
    ComposedPupil.objects.filter(composition=at_tables).update(place="1")
    move_pupil(anna, at_tables, Move(str(town.pupils["sem"].pk)), read=1, at=town.now)
    Composition.objects.filter(pk=room.pk).update(used_from=timezone.localdate(town.now - DAY))
    small = make_composition(
        anna, group, new=NewComposition(Composition.Kind.SEATS, "Te klein", floor_plan(Shape.SINGLE, 6), {}), at=town.now
    )
    Composition.objects.filter(pk=small.pk).update(places=kept_places(floor_plan(Shape.SINGLE, 1)))
    wish = NewWish(PlaceWish.Kind.APART, town.pupils["sem"], town.pupils["noor"], reason=f"Ruzie{SECRET} sem")
    return {"room_6a": room, "tables_6a": at_tables, "small_6a": small, "wish_6a": add_wish(anna, room, wish, at=town.now)}


def _handovers(town: Town) -> Things:
    """About Noor, shown at home; about Sem, of a group before: one part was agreed to and came to 6A yesterday, the other did not."""
    cast, now = town.cast, town.now
    about = {"school": cast.beuk, "year": cast.group_6a.year, "written_at": now - 9 * DAY, "shown_at": now - 8 * DAY}
    noor = Handover.objects.create(
        pupil=town.pupils["noor"], group=cast.group_6a, works=f"Overdracht{SECRET} noor", written_by=town.actors["anna"], **about
    )
    sem = Handover.objects.create(
        pupil=town.pupils["sem"],
        group=town.groups["8"],
        works=f"Overdracht{SECRET} sem",
        watch=f"Blijft{SECRET} hier",
        written_by=town.actors["bram"],
        passes_at=now - DAY,
        until_at=now + 30 * DAY,
        **about,
    )
    said = Guardian.objects.get(person=town.actors["twan_as_guardian"].person)
    HandoverAnswer.objects.create(
        school=cast.beuk,
        handover=sem,
        guardian=said,
        version=1,
        works="agreed",
        watch="change",
        remark=f"Anders{SECRET}",
        answered_at=now - 2 * DAY,
        recorded_by=town.actors["twan_as_guardian"],
    )
    return {"handover_noor": noor, "handover_sem": sem}


def _consultations(town: Town) -> Things:
    """anna asks advice of gabi and sanne; cora was invited until yesterday; another sheet is over."""
    beuk, now = town.cast.beuk, town.now
    text = {"age_band": "8-11", "sector": "po"}
    sheets = {
        name: Consultation.objects.create(
            school=beuk,
            author=town.actors[by],
            question=f"Raad{SECRET} {name}.",
            situation=f"Toestand{SECRET} {name}.",
            from_at=now - age,
            until_at=now - age + 90 * DAY,
            **text,
        )
        for name, (by, age) in {"anna": ("anna", 5 * DAY), "carla": ("carla", 5 * DAY), "over": ("anna", 91 * DAY)}.items()
    }
    for name, until in {"gabi": None, "sanne": None, "ria": now - DAY}.items():
        for sheet in ("anna", "over"):
            ConsultationSeat.objects.create(
                school=beuk, consultation=sheets[sheet], membership=town.actors[name], from_at=now - 5 * DAY, until_at=until
            )
    ConsultationReply.objects.create(school=beuk, consultation=sheets["anna"], author=town.actors["gabi"], text=f"Advies{SECRET}", at=now)
    return {f"consultation_{name}": one for name, one in sheets.items()}


def _to_do(town: Town) -> Things:
    """What anna and carla wrote down, and what anna ticked off."""
    now, today = town.now, timezone.localdate(town.now)

    def task(who: str, **more: Any) -> Task:
        owner, days = town.actors[who], {"made_at": now, "first_due_on": today, "due_on": today}
        return Task.objects.create(school=owner.school, owner=owner, kind="task.own", title=f"Taak{SECRET} van {who}", **days, **more)

    return {"task_anna": task("anna"), "task_carla": task("carla"), "task_over": task("anna", done_at=now)}


def _talks(town: Town) -> Things:
    """Noor wants to talk with anna; sem did."""
    asked = {"school": town.cast.beuk, "receiver": town.actors["anna"], "asked_at": town.now, "answer_by_on": timezone.localdate() + DAY}
    return {
        "talk_noor": TalkRequest.objects.create(pupil=town.pupils["noor"], **asked),
        "talk_over": TalkRequest.objects.create(pupil=town.pupils["sem"], answered_at=town.now, **asked),
    }


def _lists(town: Town) -> Things:
    """A list that bram is writing, one that was released, and one of another school; no pupil stands in them."""
    written = begin_list(town.actors["bram"], town.cast.beuk, ready_sketch("Wat wij schrijven"))
    change_list(town.actors["gabi"], written, partial(moved, key="w1", steps=0), read=1)
    done = begin_list(town.actors["bram"], town.cast.beuk, ready_sketch("Wat wij schreven"))
    release_list(town.actors["bram"], done, read=1, at=town.now)
    elsewhere = begin_list(town.actors["frans"], town.cast.eik, ready_sketch("Wat zij schrijven"))
    rows = {"list_written": written, "list_released": done, "list_eik": elsewhere}
    names = {
        "item_w1": "w1",
        "scale_wellbeing": "wellbeing",
        "on_the_shelf": "kring-leerling-1",
        "on_the_shelf_of_others": "rses-1",
    }  # addresses that tell a part
    return {**{name: OwnInstrument.objects.get(pk=row.pk) for name, row in rows.items()}, **{n: Review(pk=k) for n, k in names.items()}}


def _typed(town: Town) -> Things:
    """anna was typing in the form for files of 6A."""
    anna = town.actors["anna"]
    place = f"/as/{anna.pk}/groups/{town.groups['6a'].pk}/upload/#UploadForm"
    typed = {"title": [f"Getypt{SECRET}"], "held_on": ["2025-10-06"], "instrument": [""]}
    return {
        "draft": Draft.objects.create(
            school=anna.school, author=anna, place=place, fields=typed, saved_at=town.now, expires_at=town.now + timedelta(days=20)
        )
    }


def _acted_upon(town: Town) -> Things:
    """Two lists of Noor that ask attention, of which one was read with care; one result was shown, and she and Els said something about it.

    And a group of which every pupil asks attention: that is for the class.
    """
    noor, group, anna = town.pupils["noor"], town.groups["6a"], town.actors["anna"]
    about = {"school": town.cast.beuk}
    asked = {name: _asks_attention(round_of(group, PUPIL_LIST, f"Lijst {name}"), group, noor) for name in ("unread", "read")}
    CriticalReading.objects.create(**about, invitation=asked["read"], answers={"q1": 3}, texts={}, read_by=anna, read_at=town.now)
    shown = {"shown_by": anna, "shown_to_pupil_at": town.now - DAY, "shown_to_guardians_at": town.now - DAY}
    profile = ScaleProfile.objects.create(**about, pupil=noor, round=asked["read"].round, lines=[], **shown)
    els = Guardian.objects.get(school=town.cast.beuk, person=town.actors["els"].person)
    for who, said in ((None, "noor"), (els, "els")):
        ResultResponse.objects.create(**about, profile=profile, guardian=who, text=f"Reactie{SECRET} {said}", said_at=town.now)
    year = group.year
    crowd = Group.objects.create(**about, year=year, name="6 druk", year_levels=[6])
    many = round_of(crowd, PUPIL_LIST, "Lijst van velen")
    for number, one in enumerate(classmates(crowd, 6)):
        _asks_attention(many, crowd, one, spread=number % 2)
    close(many)
    return {
        "list_unread": asked["unread"],
        "list_read": asked["read"],
        "profile_noor": profile,
        "round_crowd": many,
        "group_crowd": crowd,
    }


def _asks_attention(made: Round, group: Group, pupil: Pupil, *, spread: int = 0) -> Invitation:
    """Every answer the least favourable."""
    one = Invitation.objects.create(school=group.school, round=made, group=group, pupil=pupil)
    scaled = [(scale.direction * each.sign, each.item) for scale in made.offered.scales for each in scale.items]
    given = {item: 1 + spread if sign > 0 else 4 - spread for sign, item in scaled}
    Submission.objects.create(school=group.school, invitation=one, answers=given, submitted_at=HANDED_IN)
    close(made)
    return one
