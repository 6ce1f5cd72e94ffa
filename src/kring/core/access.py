"""Who may see and do what: one table that a school leader can read. The shell turns a scope into rows (`web/access.py`).

The table also holds the records that Kring does not have yet (`TO_COME`), so that a school can judge the whole before it starts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol


class Role(StrEnum):
    """The hat a person wears at one school."""

    TEACHER = "teacher"
    MENTOR = "mentor"
    COORDINATOR = "coordinator"
    SAFETY_COORDINATOR = "safety_coordinator"
    CONFIDENTIAL_CONTACT = "confidential_contact"
    BEHAVIOUR_SPECIALIST = "behaviour_specialist"
    DESIGNATED_CONTACT = "designated_contact"
    REMEDIAL_TEACHER = "remedial_teacher"
    SUPPORT_TEAM_MEMBER = "support_team_member"
    COMMITTEE_MEMBER = "committee_member"
    EMPLOYEE = "employee"
    LEADER = "leader"
    BOARD = "board"
    PRIVACY_OFFICER = "privacy_officer"
    ADMINISTRATOR = "administrator"
    SUPPORT_ADVISER = "support_adviser"
    BOARD_SUPPORT_TEAM = "board_support_team"
    ITINERANT_SUPPORT = "itinerant_support"
    EDUCATIONAL_PSYCHOLOGIST = "educational_psychologist"
    MUNICIPAL_LIAISON = "municipal_liaison"
    SOCIAL_WORKER = "social_worker"
    YOUTH_HEALTH = "youth_health"
    ATTENDANCE_OFFICER = "attendance_officer"
    PUPIL = "pupil"
    GUARDIAN = "guardian"


PARTNERS = frozenset(
    {
        Role.SUPPORT_ADVISER,
        Role.BOARD_SUPPORT_TEAM,
        Role.ITINERANT_SUPPORT,
        Role.EDUCATIONAL_PSYCHOLOGIST,
        Role.MUNICIPAL_LIAISON,
        Role.SOCIAL_WORKER,
        Role.YOUTH_HEALTH,
        Role.ATTENDANCE_OFFICER,
    }
)
"""From outside the school: they see one case, what was shared of it, with consent, until it closes."""

FAMILY = frozenset({Role.PUPIL, Role.GUARDIAN})
STAFF = frozenset(Role) - PARTNERS - FAMILY
"""On the payroll of the school or its board."""

APPROVED_BY_SECOND = STAFF - {Role.TEACHER, Role.MENTOR, Role.REMEDIAL_TEACHER, Role.COMMITTEE_MEMBER, Role.EMPLOYEE}
"""Roles that look beyond one's own pupils: an administrator proposes them, a leader approves with an own second factor."""


class Record(StrEnum):
    """What can be seen or done something with; the value is the model's name in lower case."""

    SCHOOL = "school"
    SCHOOL_YEAR = "schoolyear"
    HOLIDAY = "holiday"
    REGIONAL_TERMS = "regionalterms"
    BUNDLE = "bundle"
    GROUP = "group"
    PUPIL = "pupil"
    GUARDIAN = "guardian"
    GUARDIANSHIP = "guardianship"
    CONTACT = "contact"
    GUARDIAN_ACCESS = "guardianaccess"
    ENROLMENT = "enrolment"
    ASSIGNMENT = "assignment"
    MEMBERSHIP = "membership"
    APPOINTMENT = "appointment"
    ACCOUNT_INVITATION = "accountinvitation"
    RECOVERY = "recovery"
    NOTICE = "notice"
    TASK = "task"
    ROSTER_FILE = "rosterfile"
    YEAR_CHANGE = "yearchange"
    HANDOVER = "handover"
    HANDOVER_ANSWER = "handoveranswer"
    MOVED_LIST = "movedlist"
    MERGED_PUPIL = "mergedpupil"
    DRAFT = "draft"
    ORGANISATION = "organisation"
    PARTNER = "partner"
    SAFETY_CARD = "safetycard"
    BREAK_GLASS = "breakglass"
    CONSENT_REQUEST = "consentrequest"
    CONSENT_ITEM = "consentitem"
    CONSENT = "consent"
    LEGAL_GROUND = "legalground"
    CASE = "case"
    CASE_MEMBER = "casemember"
    SHARE = "share"
    CONSULTATION = "consultation"
    CONSULTATION_SEAT = "consultationseat"
    CONSULTATION_REPLY = "consultationreply"
    OWN_INSTRUMENT = "owninstrument"
    ROUND = "round"
    REOPENING = "reopening"
    INVITATION = "invitation"
    GUARDIAN_INVITATION = "guardianinvitation"
    STAFF_INVITATION = "staffinvitation"
    LIST_LETTER = "listletter"
    OBJECTION = "objection"
    OWN_LIST = "ownlist"  # a submission: what a pupil filled in
    TEACHER_LIST = "teacherlist"  # a submission: what a teacher filled in about a pupil
    GUARDIAN_LIST = "guardianlist"
    OPEN_ANSWER = "openanswer"
    OPEN_ANSWER_READER = "openanswerreader"
    ANONYMOUS_SUBMISSION = "anonymoussubmission"
    ANONYMOUS_TEXT = "anonymoustext"
    FILLING = "filling"
    ANSWER = "answer"
    SET_ASIDE = "setaside"
    SIGN_IN_WINDOW = "signinwindow"
    PUPIL_KEY = "pupilkey"
    SEAT = "seat"
    TALK_REQUEST = "talkrequest"
    SCALE_PRECISION = "scaleprecision"
    SCALE_PROFILE = "scaleprofile"
    RESULT_RESPONSE = "resultresponse"
    CRITICAL_READING = "criticalreading"
    DIRECTION = "direction"
    AMBITION = "ambition"
    SNAPSHOT = "snapshot"
    EXTERNAL_SCALE = "externalscale"
    EXTERNAL_FILE = "externalfile"
    EXTERNAL_SCORE = "externalscore"
    SOCIOGRAM = "sociogram"
    LISTED_PUPIL = "listedpupil"
    NOMINATION = "nomination"
    REJECTION = "rejection"  # a nomination that says no: counted, never read
    RATING = "rating"
    PREDICTION = "prediction"
    PREDICTED_PUPIL = "predictedpupil"
    BULLYING_REPORT = "bullyingreport"
    BULLYING_NAME = "bullyingname"
    CHOICE_POLICY = "choicepolicy"
    PHOTO = "photo"
    COMPOSITION = "composition"
    COMPOSED_PUPIL = "composedpupil"
    PLACE_WISH = "placewish"
    BUDDIES = "buddies"
    UPLOAD = "upload"
    UPLOADED_FILE = "uploadedfile"
    STORED_FILE = "storedfile"
    JOB = "job"
    ENTRY = "entry"
    REVIEW = "review"
    SIGNAL = "signal"
    SIGNAL_ANSWER = "signalanswer"
    SIGNAL_DOOR = "signaldoor"
    PEER_CONCERN = "peerconcern"
    CONCERN_MESSAGE = "concernmessage"
    REPORTING_CODE_FILE = "reportingcodefile"
    REPORTING_CODE_SEAT = "reportingcodeseat"
    REPORTING_CODE_NOTE = "reportingcodenote"
    REPORTING_CODE_STEP = "reportingcodestep"
    SUPPORT_NEED = "supportneed"
    SUPPORT_NEED_COACH = "supportneedcoach"
    ABSENCE_WEEK = "absenceweek"
    ABSENCE_PROMPT = "absenceprompt"
    ABSENCE_STEP = "absencestep"
    ABSENCE_RULE = "absencerule"
    NEWCOMER_WATCH = "newcomerwatch"
    GATHERING = "gathering"
    GATHERING_SEAT = "gatheringseat"
    DISCUSSED_PUPIL = "discussedpupil"
    TALK_REPORT = "talkreport"
    AGREEMENT = "agreement"
    TALK_RESPONSE = "talkresponse"
    TRUSTED_ADULT = "trustedadult"
    UNDERSTANDING = "understanding"
    UNDERSTANDING_SOURCE = "understandingsource"
    VOICE = "voice"
    FACTOR = "factor"
    GROUP_PLAN = "groupplan"  # a plan is one of four: of a class,
    INTERVENTION = "intervention"  # a small trial,
    PLAN_DRAFT = "plandraft"  # something heavier, while it is being written,
    PLAN = "plan"  # and after that
    HEARING = "hearing"
    PLAN_AGREEMENT = "planagreement"
    FUNCTION_ANALYSIS = "functionanalysis"
    BEHAVIOUR_RECORD = "behaviourrecord"
    CHECK_IN_CARD = "checkincard"
    CHECK_IN_DAY = "checkinday"
    ARRANGEMENT = "arrangement"
    SUPPORT_OFFER = "supportoffer"
    WALK_IN_HOUR = "walkinhour"
    TRAINING = "training"
    TRAINING_PLACE = "trainingplace"
    TRAINING_SESSION = "trainingsession"
    TRAINING_ATTENDANCE = "trainingattendance"
    TRAINING_WISH = "trainingwish"
    PARENT_TELLING = "parenttelling"
    EXPERT_REQUEST = "expertrequest"
    EXPERT_READER = "expertreader"
    EXPERT_REPORT = "expertreport"
    PUPIL_ATTENTION = "pupilattention"
    ATTENTION_TABLE = "attentiontable"
    # To come; see TO_COME.
    CARE_TEAM_ITEM = "careteamitem"
    CONTRIBUTION = "contribution"
    REFERRAL = "referral"
    INCIDENT = "incident"
    CONFIDENTIAL_NOTE = "confidentialnote"
    CLASS_VISIT = "classvisit"
    BUILDING_BLOCK = "buildingblock"
    CATALOGUE_ENTRY = "catalogueentry"
    FULL_EXPORT = "fullexport"
    BACKUP = "backup"


_ALL = tuple(Record)
TO_COME = frozenset(_ALL[_ALL.index(Record.CARE_TEAM_ITEM) :])
"""Records whose rules are fixed and whose pages do not exist yet."""


class Verb(StrEnum):
    """What one does with a record; each stands alone, none includes another."""

    READ = "read"
    COUNT = "count"  # know how many, not which
    WRITE = "write"  # make a new one under what it hangs on, and change it
    MEASURE = "measure"  # bring in answers, choices, what was seen and what was done
    ENROL = "enrol"  # put new pupils in a group
    APPLY = "apply"  # make a checked upload real
    RUN = "run"  # close a round, end emergency access
    APPROVE = "approve"  # the second pair of eyes
    ANSWER = "answer"  # say yes or no to what is asked of me, and take it back
    SIGN = "sign"  # say that it was looked through


class Scope(StrEnum):
    """Which rows, seen from the one who asks."""

    SELF = "self"  # it is about me
    SELF_SHARED = "self_shared"  # it is about me, and it was shown to me
    CHILD = "child"  # about my child, I have parental authority, and the child is under 16 or lets me look
    CHILD_SHARED = "child_shared"  # the same, and it was shown to guardians
    MINOR = "minor"  # about my child under 18, and I have parental authority
    GROUP = "group"  # I teach the group it hangs on, or the pupil, at the moment of asking; either will do where it hangs on both
    GROUP_OWN = "group_own"  # the same, and I do not stand in for somebody
    SCHOOL = "school"  # it belongs to the school where I wear this hat
    CASE = "case"  # I am on an open case of this pupil
    CASE_SHARED = "case_shared"  # the same, and it was shared with the case
    RING = "ring"  # I have a seat at this very case, meeting or consultation
    GLASS = "glass"  # I broke the glass for this pupil, and the hour is not over
    AUTHOR = "author"  # I made it
    GROUP_AUTHOR = "group_author"  # I made it, and I teach the group it is for at the moment of asking


class Mark(StrEnum):
    """What a rule asks on top of its scope."""

    STEP_UP = "step_up"  # a fresh second factor
    FOUR_EYES = "four_eyes"  # it holds only after a second person agreed
    CONSENT = "consent"  # only with a live consent of everybody whose it is, or a legal ground that two people recorded
    WITHOUT_NAMES = "without_names"  # the page leaves names out
    SEALED = "sealed"  # locked with the author's own key


@dataclass(frozen=True, slots=True)
class Rule:
    """The rows (those of any of the scopes) and what is asked on top."""

    scopes: tuple[Scope, ...]
    marks: frozenset[Mark] = frozenset()


Table = Mapping[tuple[Role, Record, Verb], Rule]


class RuledTwice(Exception):
    """Two rules for one role, record and verb: which of them holds would hang on their order."""


class Grant(Protocol):
    """Give roles a verb on records, on the rows of these scopes."""

    def __call__(
        self, roles: Role | Iterable[Role], records: Record | Iterable[Record], verb: Verb, *scopes: Scope, marks: Iterable[Mark] = ()
    ) -> None: ...


class _Rules:
    """Gathers the table; nothing can be granted twice."""

    def __init__(self) -> None:
        self.table: dict[tuple[Role, Record, Verb], Rule] = {}

    def grant(
        self, roles: Role | Iterable[Role], records: Record | Iterable[Record], verb: Verb, *scopes: Scope, marks: Iterable[Mark] = ()
    ) -> None:
        for role in [roles] if isinstance(roles, Role) else roles:
            for record in [records] if isinstance(records, Record) else records:
                if (role, record, verb) in self.table:
                    raise RuledTwice(f"{role} {record} {verb}")
                self.table[role, record, verb] = Rule(scopes, frozenset(marks))


_TEACHING = (Role.TEACHER, Role.MENTOR)
_ROSTER = (Record.GROUP, Record.PUPIL, Record.ENROLMENT, Record.ASSIGNMENT)
_PICTURES = (Record.SOCIOGRAM, Record.LISTED_PUPIL, Record.NOMINATION)
_COUNTED_CHOICES = (Record.REJECTION, Record.RATING)
_BULLYING = (Record.BULLYING_REPORT, Record.BULLYING_NAME)
_COMPOSED = (Record.COMPOSITION, Record.COMPOSED_PUPIL, Record.PLACE_WISH)
_UPLOADS = (Record.UPLOAD, Record.UPLOADED_FILE)
_AUTHORITY = (Record.GUARDIAN, Record.GUARDIANSHIP, Record.GUARDIAN_ACCESS, Record.CONTACT)
_CONSENTS = (Record.CONSENT_REQUEST, Record.CONSENT_ITEM, Record.CONSENT)
_CASES = (Record.CASE, Record.CASE_MEMBER, Record.SHARE)
_CONSULTATIONS = (Record.CONSULTATION, Record.CONSULTATION_SEAT, Record.CONSULTATION_REPLY)
_LISTS = (Record.OWN_LIST, Record.TEACHER_LIST, Record.GUARDIAN_LIST, Record.SCALE_PROFILE, Record.RESULT_RESPONSE)
_WORK = (Record.STORED_FILE, Record.JOB)
_SCHOOL_WIDE = (
    Role.COORDINATOR,
    Role.SAFETY_COORDINATOR,
    Role.CONFIDENTIAL_CONTACT,
    Role.BEHAVIOUR_SPECIALIST,
    Role.DESIGNATED_CONTACT,
    Role.LEADER,
)
"""They know every name and group of the school, as every colleague in a staff room does."""
_SAFETY_CARD_BY_GLASS = (Role.REMEDIAL_TEACHER, Role.SUPPORT_TEAM_MEMBER, Role.EMPLOYEE, Role.BEHAVIOUR_SPECIALIST)
_ADVISERS = (*_SCHOOL_WIDE[:-1], Role.TEACHER, Role.MENTOR, Role.REMEDIAL_TEACHER, Role.SUPPORT_TEAM_MEMBER)


def _rules() -> dict[tuple[Role, Record, Verb], Rule]:
    rules = _Rules()
    parts = (
        _everybody,
        _own_work,
        _school_itself,
        _roster,
        _mistakes,
        _authority,
        _instruments,
        _asked,
        _signed_in,
        _answered,
        _measured,
        _chosen,
        _acted_upon,
        _cases,
        _safety,
        _accounts,
        _noticed,
        _suspected,
        _gathered,
        _understood,
        _planned,
        _extra_support,
        _trained,
        _asked_of_experts,
        _to_come,
    )
    for part in (*parts, _partners, _family):
        part(rules.grant)
    return rules.table


def _everybody(grant: Grant) -> None:
    grant(Role, Record.SCHOOL, Verb.READ, Scope.SCHOOL)
    grant(Role, Record.NOTICE, Verb.READ, Scope.AUTHOR)  # a notice is its receiver's
    grant(Role, Record.DRAFT, Verb.READ, Scope.AUTHOR)
    grant(Role, Record.DRAFT, Verb.WRITE, Scope.AUTHOR)

    grant(Role, Record.TASK, Verb.READ, Scope.AUTHOR)  # a task is its owner's
    grant(Role, Record.TASK, Verb.RUN, Scope.AUTHOR)  # tick it off, put it off
    grant(STAFF, Record.TASK, Verb.WRITE, Scope.AUTHOR)  # for oneself


def _school_itself(grant: Grant) -> None:
    """Year, holidays, words of the region, groups: who sets the school up and keeps it so."""
    keepers = (Role.ADMINISTRATOR, Role.LEADER, Role.COORDINATOR)
    grant((Role.ADMINISTRATOR, Role.LEADER), Record.SCHOOL, Verb.WRITE, Scope.SCHOOL)
    grant(keepers, (Record.SCHOOL_YEAR, Record.HOLIDAY, Record.REGIONAL_TERMS), Verb.WRITE, Scope.SCHOOL)
    grant(keepers, (Record.GROUP, Record.BUNDLE), Verb.WRITE, Scope.SCHOOL)
    grant(STAFF, Record.HOLIDAY, Verb.READ, Scope.SCHOOL)
    grant(STAFF, Record.REGIONAL_TERMS, Verb.READ, Scope.SCHOOL)
    grant((*_TEACHING, *_SCHOOL_WIDE, Role.ADMINISTRATOR), Record.BUNDLE, Verb.READ, Scope.SCHOOL)
    # The administrator brings in the file with names and sees those of that file alone, and no pupil afterwards.
    grant((Role.ADMINISTRATOR, Role.COORDINATOR), Record.ROSTER_FILE, Verb.READ, Scope.AUTHOR)
    grant((Role.ADMINISTRATOR, Role.COORDINATOR), Record.ROSTER_FILE, Verb.WRITE, Scope.SCHOOL)
    grant((Role.ADMINISTRATOR, Role.COORDINATOR), Record.ROSTER_FILE, Verb.APPLY, Scope.AUTHOR)
    grant((Role.COORDINATOR, Role.LEADER), Record.YEAR_CHANGE, Verb.READ, Scope.SCHOOL)
    grant((Role.COORDINATOR, Role.LEADER), Record.YEAR_CHANGE, Verb.WRITE, Scope.SCHOOL)
    grant((Role.COORDINATOR, Role.LEADER), Record.YEAR_CHANGE, Verb.APPLY, Scope.SCHOOL, marks=[Mark.STEP_UP])


def _mistakes(grant: Grant) -> None:
    """What was put with the wrong pupil, and the pupil who was entered twice."""
    grant(_TEACHING, Record.MOVED_LIST, Verb.READ, Scope.GROUP)
    grant(_TEACHING, Record.MOVED_LIST, Verb.WRITE, Scope.GROUP)
    grant(Role.COORDINATOR, (Record.MOVED_LIST, Record.MERGED_PUPIL), Verb.READ, Scope.SCHOOL)
    grant(Role.COORDINATOR, Record.MOVED_LIST, Verb.WRITE, Scope.SCHOOL)
    grant(Role.COORDINATOR, Record.MERGED_PUPIL, Verb.WRITE, Scope.SCHOOL, marks=[Mark.STEP_UP])
    # Warm handover: the next teacher and the family read what was agreed to be passed on.
    grant(_TEACHING, Record.HANDOVER, Verb.READ, Scope.GROUP)
    grant(_TEACHING, Record.HANDOVER, Verb.WRITE, Scope.GROUP)
    grant(Role.COORDINATOR, Record.HANDOVER, Verb.READ, Scope.SCHOOL)
    grant(Role.COORDINATOR, Record.HANDOVER, Verb.WRITE, Scope.SCHOOL)
    grant(Role.PUPIL, Record.HANDOVER, Verb.READ, Scope.SELF_SHARED)
    grant(Role.GUARDIAN, Record.HANDOVER, Verb.READ, Scope.CHILD_SHARED)
    grant(Role.PUPIL, Record.HANDOVER, Verb.ANSWER, Scope.SELF_SHARED)
    grant(Role.GUARDIAN, Record.HANDOVER, Verb.ANSWER, Scope.CHILD_SHARED)
    grant(_TEACHING, Record.HANDOVER_ANSWER, Verb.READ, Scope.GROUP)  # the team that wrote it, never the next teacher
    grant(Role.COORDINATOR, Record.HANDOVER_ANSWER, Verb.READ, Scope.SCHOOL)
    grant(FAMILY, Record.HANDOVER_ANSWER, Verb.READ, Scope.SELF)  # one's own answer, never the other parent's


def _own_work(grant: Grant) -> None:
    grant(_TEACHING, _UPLOADS, Verb.READ, Scope.GROUP_AUTHOR)
    grant(_TEACHING, Record.UPLOAD, Verb.APPLY, Scope.GROUP_AUTHOR)
    grant(Role.COORDINATOR, _UPLOADS, Verb.READ, Scope.AUTHOR)
    grant(Role.COORDINATOR, Record.UPLOAD, Verb.APPLY, Scope.AUTHOR)
    grant((*_TEACHING, Role.COORDINATOR, Role.PRIVACY_OFFICER), _WORK, Verb.READ, Scope.AUTHOR)


def _roster(grant: Grant) -> None:
    grant(_TEACHING, _ROSTER, Verb.READ, Scope.GROUP)
    grant(_SCHOOL_WIDE, _ROSTER, Verb.READ, Scope.SCHOOL)
    grant(Role.EMPLOYEE, (Record.GROUP, Record.PUPIL), Verb.COUNT, Scope.SCHOOL)  # hands in what was seen, and never searches
    grant((Role.REMEDIAL_TEACHER, Role.SUPPORT_TEAM_MEMBER), Record.PUPIL, Verb.READ, Scope.CASE)
    grant((*_TEACHING, *_SCHOOL_WIDE, Role.ADMINISTRATOR, Role.PRIVACY_OFFICER), Record.SCHOOL_YEAR, Verb.READ, Scope.SCHOOL)


def _authority(grant: Grant) -> None:
    grant(_TEACHING, (Record.GUARDIANSHIP, Record.CONTACT, Record.GUARDIAN_ACCESS), Verb.READ, Scope.GROUP)
    grant((Role.COORDINATOR, Role.LEADER), _AUTHORITY, Verb.READ, Scope.SCHOOL)
    grant((Role.COORDINATOR, Role.LEADER), (Record.GUARDIANSHIP, Record.CONTACT), Verb.WRITE, Scope.SCHOOL)
    grant(Role.COORDINATOR, Record.PUPIL, Verb.WRITE, Scope.SCHOOL)  # the birth date, on which rights turn


def _instruments(grant: Grant) -> None:
    """The lists themselves, before anybody answers: what a school asks is no secret to those who work there."""
    grant(STAFF, Record.OWN_INSTRUMENT, Verb.READ, Scope.SCHOOL)
    grant((Role.COORDINATOR, Role.BEHAVIOUR_SPECIALIST), Record.OWN_INSTRUMENT, Verb.WRITE, Scope.SCHOOL)
    grant(Role.COORDINATOR, Record.OWN_INSTRUMENT, Verb.APPLY, Scope.SCHOOL)  # release a version, which then never changes
    # Scores that another system worked out.
    grant(Role.COORDINATOR, Record.EXTERNAL_SCALE, Verb.READ, Scope.SCHOOL)
    grant(Role.COORDINATOR, Record.EXTERNAL_SCALE, Verb.WRITE, Scope.SCHOOL)
    grant(Role.COORDINATOR, Record.EXTERNAL_FILE, Verb.READ, Scope.AUTHOR)
    grant(Role.COORDINATOR, Record.EXTERNAL_FILE, Verb.WRITE, Scope.SCHOOL)
    grant(Role.COORDINATOR, Record.EXTERNAL_FILE, Verb.APPLY, Scope.AUTHOR)
    grant(_TEACHING, Record.EXTERNAL_SCORE, Verb.READ, Scope.GROUP)
    grant(Role.COORDINATOR, Record.EXTERNAL_SCORE, Verb.READ, Scope.SCHOOL)


def _asked(grant: Grant) -> None:
    """Who is asked what, and who is not."""
    pupil, guardian = Role.PUPIL, Role.GUARDIAN
    grant((*_TEACHING, Role.COORDINATOR, Role.LEADER), (Record.ROUND, Record.REOPENING), Verb.READ, Scope.SCHOOL)
    grant(Role.COORDINATOR, Record.REOPENING, Verb.WRITE, Scope.SCHOOL)
    grant(_TEACHING, Record.INVITATION, Verb.WRITE, Scope.GROUP)  # was absent, answers later
    grant(Role.COORDINATOR, Record.INVITATION, Verb.WRITE, Scope.SCHOOL)
    grant(pupil, Record.INVITATION, Verb.READ, Scope.SELF)
    grant(guardian, Record.INVITATION, Verb.READ, Scope.CHILD)
    # A list for the guardians of one pupil, with the reason (R041).
    grant(_TEACHING, Record.GUARDIAN_INVITATION, Verb.READ, Scope.GROUP)
    grant(_TEACHING, Record.GUARDIAN_INVITATION, Verb.WRITE, Scope.GROUP)
    grant(Role.COORDINATOR, Record.GUARDIAN_INVITATION, Verb.READ, Scope.SCHOOL)
    grant(Role.COORDINATOR, Record.GUARDIAN_INVITATION, Verb.WRITE, Scope.SCHOOL)
    grant(guardian, Record.GUARDIAN_INVITATION, Verb.READ, Scope.SELF)  # one's own, never the other parent's
    grant(_TEACHING, Record.LIST_LETTER, Verb.READ, Scope.GROUP)
    grant(_TEACHING, Record.LIST_LETTER, Verb.WRITE, Scope.GROUP)  # a letter with which it is answered without an account
    grant(Role.COORDINATOR, Record.LIST_LETTER, Verb.READ, Scope.SCHOOL)
    grant(Role.COORDINATOR, Record.LIST_LETTER, Verb.WRITE, Scope.SCHOOL)
    grant(STAFF, Record.STAFF_INVITATION, Verb.READ, Scope.AUTHOR)  # one's own
    grant((Role.COORDINATOR, Role.LEADER), Record.STAFF_INVITATION, Verb.COUNT, Scope.SCHOOL)
    grant(Role.COORDINATOR, Record.STAFF_INVITATION, Verb.WRITE, Scope.SCHOOL)
    # Not taking part: the guardians', or the pupil's own from 16 on; on paper by the coordinator.
    grant(pupil, Record.OBJECTION, Verb.READ, Scope.SELF)
    grant(pupil, Record.OBJECTION, Verb.WRITE, Scope.SELF)
    grant(guardian, Record.OBJECTION, Verb.READ, Scope.CHILD)
    grant(guardian, Record.OBJECTION, Verb.WRITE, Scope.CHILD)
    grant(_TEACHING, Record.OBJECTION, Verb.COUNT, Scope.GROUP)  # that, not by whom
    grant(Role.COORDINATOR, Record.OBJECTION, Verb.READ, Scope.SCHOOL)
    grant(Role.COORDINATOR, Record.OBJECTION, Verb.WRITE, Scope.SCHOOL)


def _measured(grant: Grant) -> None:
    # How precise a scale is tells of nobody; who reads a list needs it to read it well.
    read_lists = (*_TEACHING, Role.COORDINATOR, Role.SAFETY_COORDINATOR, Role.BEHAVIOUR_SPECIALIST)
    grant(read_lists, Record.SCALE_PRECISION, Verb.READ, Scope.SCHOOL)
    grant(_TEACHING, (Record.INVITATION, *_PICTURES), Verb.READ, Scope.GROUP)
    grant(_TEACHING, Record.INVITATION, Verb.COUNT, Scope.GROUP)
    grant(_TEACHING, Record.GROUP, Verb.MEASURE, Scope.GROUP)
    grant((Role.COORDINATOR, Role.SAFETY_COORDINATOR), (Record.INVITATION, *_PICTURES), Verb.READ, Scope.SCHOOL)
    grant(Role.BEHAVIOUR_SPECIALIST, Record.INVITATION, Verb.READ, Scope.CASE)
    grant(Role.COORDINATOR, Record.GROUP, Verb.MEASURE, Scope.SCHOOL)
    grant(Role.COORDINATOR, Record.GROUP, Verb.ENROL, Scope.SCHOOL)
    grant(Role.COORDINATOR, Record.ROUND, Verb.RUN, Scope.SCHOOL)
    grant(Role.COORDINATOR, Record.ROUND, Verb.WRITE, Scope.SCHOOL)
    # Figures of the school as a whole; never the answers of one pupil.
    counted = (Record.INVITATION, Record.ANONYMOUS_SUBMISSION, Record.ANONYMOUS_TEXT)
    grant((Role.COORDINATOR, Role.LEADER), counted, Verb.COUNT, Scope.SCHOOL)
    grant(Role.LEADER, (Record.OWN_LIST, Record.TEACHER_LIST), Verb.COUNT, Scope.SCHOOL)
    grant((*_TEACHING, Role.LEADER, Role.BOARD), Record.SNAPSHOT, Verb.READ, Scope.SCHOOL)
    grant((Role.COORDINATOR, Role.SAFETY_COORDINATOR), Record.SNAPSHOT, Verb.READ, Scope.SCHOOL)
    grant((*_TEACHING, Role.COORDINATOR, Role.SAFETY_COORDINATOR, Role.LEADER, Role.BOARD), Record.AMBITION, Verb.READ, Scope.SCHOOL)
    grant(Role.LEADER, Record.AMBITION, Verb.WRITE, Scope.SCHOOL)


def _chosen(grant: Grant) -> None:
    """Choices of classmates. Whoever is not chosen, or less than liked, is counted and never shown; by whom, nobody reads."""
    pupil, guardian, safety = Role.PUPIL, Role.GUARDIAN, Role.SAFETY_COORDINATOR
    grant(_TEACHING, (*_COUNTED_CHOICES, *_BULLYING), Verb.COUNT, Scope.GROUP)
    grant((Role.COORDINATOR, safety), _COUNTED_CHOICES, Verb.COUNT, Scope.SCHOOL)
    grant(Role.COORDINATOR, _BULLYING, Verb.COUNT, Scope.SCHOOL)
    grant(safety, _BULLYING, Verb.READ, Scope.SCHOOL)  # who follows up what a child says about being bullied
    # What a teacher expects beforehand is the teacher's own, and stays as it was said.
    grant(_TEACHING, (Record.PREDICTION, Record.PREDICTED_PUPIL), Verb.READ, Scope.GROUP_AUTHOR)
    grant(_TEACHING, Record.PREDICTION, Verb.WRITE, Scope.GROUP)
    grant((*_TEACHING, Role.COORDINATOR, safety, Role.LEADER), Record.CHOICE_POLICY, Verb.READ, Scope.SCHOOL)
    grant((Role.COORDINATOR, Role.LEADER), Record.CHOICE_POLICY, Verb.WRITE, Scope.SCHOOL)
    grant(_TEACHING, Record.PHOTO, Verb.READ, Scope.GROUP)
    grant(_TEACHING, Record.PHOTO, Verb.WRITE, Scope.GROUP)
    grant(Role.COORDINATOR, Record.PHOTO, Verb.READ, Scope.SCHOOL)
    grant(Role.COORDINATOR, Record.PHOTO, Verb.WRITE, Scope.SCHOOL)
    grant(pupil, Record.PHOTO, Verb.READ, Scope.SELF)
    grant(guardian, Record.PHOTO, Verb.READ, Scope.CHILD)
    grant(pupil, Record.PHOTO, Verb.RUN, Scope.SELF)  # take it away
    grant(guardian, Record.PHOTO, Verb.RUN, Scope.CHILD)
    # Seats, tables, work groups; the classes of next year hang on no group, and are the coordinator's.
    grant(_TEACHING, _COMPOSED, Verb.READ, Scope.GROUP)
    grant(_TEACHING, _COMPOSED, Verb.WRITE, Scope.GROUP)
    grant(Role.COORDINATOR, _COMPOSED, Verb.READ, Scope.SCHOOL)
    grant(Role.COORDINATOR, _COMPOSED, Verb.WRITE, Scope.SCHOOL)
    # Two pupils who were asked to do something together, and what they said.
    grant(_TEACHING, Record.BUDDIES, Verb.READ, Scope.GROUP)
    grant(_TEACHING, Record.BUDDIES, Verb.WRITE, Scope.GROUP)
    grant(Role.COORDINATOR, Record.BUDDIES, Verb.READ, Scope.SCHOOL)
    grant(Role.COORDINATOR, Record.BUDDIES, Verb.WRITE, Scope.SCHOOL)


def _signed_in(grant: Grant) -> None:
    """The door for a class: a window, a key per pupil, and who sits at which tablet. No key is ever read, only made anew."""
    of_door = (Record.SIGN_IN_WINDOW, Record.PUPIL_KEY, Record.SEAT)
    grant(_TEACHING, of_door, Verb.READ, Scope.GROUP)
    grant(_TEACHING, of_door, Verb.WRITE, Scope.GROUP)
    grant(Role.COORDINATOR, of_door, Verb.READ, Scope.SCHOOL)
    grant(Role.COORDINATOR, of_door, Verb.WRITE, Scope.SCHOOL)


def _answered(grant: Grant) -> None:
    """What somebody is filling in is nobody else's until it is handed in; then it is a list, and the rules of that list hold."""
    pupil, guardian, safety = Role.PUPIL, Role.GUARDIAN, Role.SAFETY_COORDINATOR
    grant(_TEACHING, _LISTS, Verb.READ, Scope.GROUP)
    grant((Role.COORDINATOR, safety), (Record.OWN_LIST, Record.SCALE_PROFILE, Record.RESULT_RESPONSE), Verb.READ, Scope.SCHOOL)
    grant(Role.COORDINATOR, (Record.TEACHER_LIST, Record.GUARDIAN_LIST), Verb.READ, Scope.SCHOOL)
    grant(Role.BEHAVIOUR_SPECIALIST, _LISTS, Verb.READ, Scope.CASE)
    grant(_TEACHING, Record.TEACHER_LIST, Verb.WRITE, Scope.GROUP)
    grant(pupil, (Record.OWN_LIST, Record.OPEN_ANSWER), Verb.WRITE, Scope.SELF)
    grant(pupil, (Record.OWN_LIST, Record.OPEN_ANSWER, Record.OPEN_ANSWER_READER), Verb.READ, Scope.SELF)
    grant(guardian, (Record.TEACHER_LIST, Record.SCALE_PROFILE), Verb.READ, Scope.CHILD_SHARED)
    grant(guardian, Record.GUARDIAN_LIST, Verb.READ, Scope.SELF)  # one's own, never the other parent's
    grant(guardian, Record.GUARDIAN_LIST, Verb.WRITE, Scope.SELF)
    grant(STAFF, Record.STAFF_INVITATION, Verb.ANSWER, Scope.AUTHOR)
    grant(pupil, Record.SCALE_PROFILE, Verb.READ, Scope.SELF_SHARED)
    chosen = (*_TEACHING, Role.COORDINATOR, safety, Role.CONFIDENTIAL_CONTACT)
    grant(chosen, (Record.OPEN_ANSWER, Record.OPEN_ANSWER_READER), Verb.READ, Scope.RING)  # the readers that the pupil chose
    # How many are busy, never what they answer.
    grant(_TEACHING, (Record.FILLING, Record.ANSWER), Verb.COUNT, Scope.GROUP)
    grant(Role.COORDINATOR, (Record.FILLING, Record.ANSWER), Verb.COUNT, Scope.SCHOOL)
    # What came in too late to count: that it is there; it counts when the round is opened again.
    grant(Role.COORDINATOR, Record.SET_ASIDE, Verb.COUNT, Scope.SCHOOL)
    grant(Role.COORDINATOR, Record.SET_ASIDE, Verb.RUN, Scope.SCHOOL)
    # “Ik wil praten”: of the pupil and of whom the pupil chose.
    grant(pupil, Record.TALK_REQUEST, Verb.READ, Scope.SELF)
    grant(pupil, Record.TALK_REQUEST, Verb.WRITE, Scope.SELF)
    grant(chosen, Record.TALK_REQUEST, Verb.READ, Scope.AUTHOR)
    grant(chosen, Record.TALK_REQUEST, Verb.RUN, Scope.AUTHOR)
    # That somebody waits longer than was promised, and with whom; never who.
    grant((Role.COORDINATOR, safety, Role.CONFIDENTIAL_CONTACT), Record.TALK_REQUEST, Verb.COUNT, Scope.SCHOOL)


def _acted_upon(grant: Grant) -> None:
    """A result is read with care, shown to the family, answered by them, and leads somewhere or not, with the reason."""
    ours = (Record.SCALE_PROFILE, Record.CRITICAL_READING, Record.DIRECTION)
    grant(_TEACHING, (Record.CRITICAL_READING, Record.DIRECTION), Verb.READ, Scope.GROUP)
    grant(_TEACHING, ours, Verb.WRITE, Scope.GROUP)
    grant(Role.COORDINATOR, (Record.CRITICAL_READING, Record.DIRECTION), Verb.READ, Scope.SCHOOL)
    grant(Role.COORDINATOR, ours, Verb.WRITE, Scope.SCHOOL)
    grant(Role.BEHAVIOUR_SPECIALIST, (Record.CRITICAL_READING, Record.DIRECTION), Verb.READ, Scope.CASE)
    # The response is the family's own and stays beside the result for ever; nobody of the school writes or changes it.
    grant(Role.PUPIL, Record.RESULT_RESPONSE, Verb.READ, Scope.SELF)
    grant(Role.GUARDIAN, Record.RESULT_RESPONSE, Verb.READ, Scope.SELF)
    grant(Role.PUPIL, Record.RESULT_RESPONSE, Verb.WRITE, Scope.SELF_SHARED)
    grant(Role.GUARDIAN, Record.RESULT_RESPONSE, Verb.WRITE, Scope.CHILD_SHARED)


def _cases(grant: Grant) -> None:
    grant(Role.COORDINATOR, (*_CONSENTS, Record.LEGAL_GROUND, *_CASES), Verb.READ, Scope.SCHOOL)
    grant(Role.COORDINATOR, (*_CONSENTS, Record.LEGAL_GROUND, *_CASES), Verb.WRITE, Scope.SCHOOL)
    grant((Role.COORDINATOR, Role.LEADER), Record.LEGAL_GROUND, Verb.APPROVE, Scope.SCHOOL, marks=[Mark.FOUR_EYES, Mark.STEP_UP])
    grant(_TEACHING, _CONSENTS, Verb.COUNT, Scope.GROUP)  # knows yes or no, not by whom
    grant(Role.LEADER, (*_CONSENTS, Record.LEGAL_GROUND), Verb.READ, Scope.SCHOOL)
    internal = (*_TEACHING, Role.BEHAVIOUR_SPECIALIST, Role.REMEDIAL_TEACHER, Role.SUPPORT_TEAM_MEMBER, Role.DESIGNATED_CONTACT)
    grant((*internal, Role.SAFETY_COORDINATOR), _CASES, Verb.READ, Scope.RING)
    grant(Role.BEHAVIOUR_SPECIALIST, _CONSENTS, Verb.READ, Scope.CASE)
    grant((Role.COORDINATOR, Role.LEADER, *internal), Record.ORGANISATION, Verb.READ, Scope.SCHOOL)
    grant(Role.COORDINATOR, (Record.ORGANISATION, Record.PARTNER), Verb.WRITE, Scope.SCHOOL)
    grant((Role.COORDINATOR, Role.LEADER, Role.ADMINISTRATOR), Record.PARTNER, Verb.READ, Scope.SCHOOL)
    grant(_ADVISERS, _CONSULTATIONS, Verb.READ, Scope.AUTHOR, Scope.RING)
    grant(_ADVISERS, Record.MEMBERSHIP, Verb.COUNT, Scope.SCHOOL)  # colleagues by name, to ask them to the table
    grant(_ADVISERS, Record.CONSULTATION, Verb.WRITE, Scope.AUTHOR)
    grant(_ADVISERS, Record.CONSULTATION, Verb.ANSWER, Scope.RING)


def _safety(grant: Grant) -> None:
    grant(_TEACHING, Record.SAFETY_CARD, Verb.READ, Scope.GROUP, Scope.GLASS)
    grant((Role.COORDINATOR, Role.SAFETY_COORDINATOR, Role.LEADER), Record.SAFETY_CARD, Verb.READ, Scope.SCHOOL)
    grant(Role.COORDINATOR, Record.SAFETY_CARD, Verb.WRITE, Scope.SCHOOL)
    grant(_SAFETY_CARD_BY_GLASS, Record.SAFETY_CARD, Verb.READ, Scope.CASE, Scope.GLASS)
    glass = (*_TEACHING, *_SAFETY_CARD_BY_GLASS, Role.LEADER)
    grant(glass, Record.BREAK_GLASS, Verb.WRITE, Scope.SCHOOL, marks=[Mark.STEP_UP])
    grant([role for role in glass if role is not Role.LEADER], Record.BREAK_GLASS, Verb.READ, Scope.AUTHOR)
    grant(glass, Record.BREAK_GLASS, Verb.RUN, Scope.AUTHOR)  # end it before the hour is over
    grant((Role.COORDINATOR, Role.LEADER, Role.PRIVACY_OFFICER), Record.BREAK_GLASS, Verb.READ, Scope.SCHOOL)  # they were told
    grant(Role.PRIVACY_OFFICER, Record.BREAK_GLASS, Verb.SIGN, Scope.SCHOOL)


def _accounts(grant: Grant) -> None:
    overseers = (Role.COORDINATOR, Role.LEADER, Role.BOARD, Role.ADMINISTRATOR, Role.PRIVACY_OFFICER)
    grant(overseers, Record.MEMBERSHIP, Verb.READ, Scope.SCHOOL)
    rights = (Record.MEMBERSHIP, Record.APPOINTMENT)
    grant(Role.ADMINISTRATOR, rights, Verb.WRITE, Scope.SCHOOL, marks=[Mark.STEP_UP])
    grant(Role.ADMINISTRATOR, (Record.GROUP, Record.ASSIGNMENT), Verb.COUNT, Scope.SCHOOL)  # groups by name, to put staff on them
    grant((Role.ADMINISTRATOR, Role.LEADER, Role.COORDINATOR), Record.ASSIGNMENT, Verb.WRITE, Scope.SCHOOL)
    grant((Role.LEADER, Role.BOARD), Record.APPOINTMENT, Verb.APPROVE, Scope.SCHOOL, marks=[Mark.FOUR_EYES, Mark.STEP_UP])
    approvers = (Role.LEADER, Role.BOARD, Role.ADMINISTRATOR, Role.PRIVACY_OFFICER)
    grant(approvers, Record.APPOINTMENT, Verb.READ, Scope.SCHOOL)
    colleagues = (Role.ADMINISTRATOR, Role.LEADER, Role.COORDINATOR)
    grant(colleagues, Record.RECOVERY, Verb.READ, Scope.SCHOOL)
    grant(colleagues, Record.RECOVERY, Verb.WRITE, Scope.SCHOOL, marks=[Mark.STEP_UP, Mark.FOUR_EYES])
    # Never an administrator: the second person holds the code, and with it one would see pupils by one's own acts.
    grant((Role.LEADER, Role.COORDINATOR), Record.RECOVERY, Verb.APPROVE, Scope.SCHOOL, marks=[Mark.STEP_UP, Mark.FOUR_EYES])
    grant(colleagues, Record.ACCOUNT_INVITATION, Verb.READ, Scope.SCHOOL)
    # Never an administrator: with the paper of a teacher who was not in yet, one would see pupils by one's own acts alone.
    grant((Role.COORDINATOR, Role.LEADER), Record.ACCOUNT_INVITATION, Verb.WRITE, Scope.SCHOOL)
    grant(Role.PRIVACY_OFFICER, (Record.ENTRY, Record.REVIEW), Verb.READ, Scope.SCHOOL)
    grant(Role.PRIVACY_OFFICER, Record.REVIEW, Verb.SIGN, Scope.SCHOOL)


def _noticed(grant: Grant) -> None:
    """What was seen, who asks for attention, and how it was answered."""
    specialist, safety, leader = Role.BEHAVIOUR_SPECIALIST, Role.SAFETY_COORDINATOR, Role.LEADER
    answered = (Record.SIGNAL, Record.SIGNAL_ANSWER)
    weekly = (Record.ABSENCE_WEEK, Record.ABSENCE_PROMPT, Record.ABSENCE_STEP, Record.NEWCOMER_WATCH)
    grant(_TEACHING, (*answered, *weekly), Verb.READ, Scope.GROUP)
    grant(_TEACHING, (*answered, *weekly), Verb.WRITE, Scope.GROUP)
    grant(Role.COORDINATOR, (*answered, *weekly), Verb.READ, Scope.SCHOOL)
    grant(Role.COORDINATOR, (*answered, *weekly), Verb.WRITE, Scope.SCHOOL)
    grant((*_TEACHING, Role.COORDINATOR, leader), Record.ABSENCE_RULE, Verb.READ, Scope.SCHOOL)
    grant((Role.COORDINATOR, leader), Record.ABSENCE_RULE, Verb.WRITE, Scope.SCHOOL)
    grant(specialist, answered, Verb.READ, Scope.CASE)
    grant(safety, answered, Verb.READ, Scope.SCHOOL)
    grant(leader, answered, Verb.READ, Scope.GLASS)
    grant(leader, answered, Verb.COUNT, Scope.SCHOOL)  # how many wait, and how long
    # Everybody of the school hands in what they saw, and hears that it came in and was picked up; one searches nobody by it.
    grant((*_ADVISERS, Role.EMPLOYEE, leader), Record.SIGNAL, Verb.MEASURE, Scope.SCHOOL)
    grant((*_ADVISERS, Role.EMPLOYEE), Record.SIGNAL, Verb.COUNT, Scope.AUTHOR)
    grant(Role.EMPLOYEE, Record.SIGNAL, Verb.WRITE, Scope.AUTHOR)
    grant(Role.EMPLOYEE, Record.SIGNAL, Verb.READ, Scope.AUTHOR)
    grant((Role.COORDINATOR, leader), Record.SIGNAL_DOOR, Verb.READ, Scope.SCHOOL)
    grant((Role.COORDINATOR, leader), Record.SIGNAL_DOOR, Verb.WRITE, Scope.SCHOOL)
    # A worry about a friend: of the pupil and of whom the pupil chose.
    worried, chosen = (Record.PEER_CONCERN, Record.CONCERN_MESSAGE), (*_TEACHING, Role.COORDINATOR, safety, Role.CONFIDENTIAL_CONTACT)
    grant(Role.PUPIL, worried, Verb.READ, Scope.SELF)
    grant(Role.PUPIL, worried, Verb.WRITE, Scope.SELF)
    grant(chosen, worried, Verb.READ, Scope.AUTHOR)
    grant(chosen, worried, Verb.ANSWER, Scope.AUTHOR)
    grant((Role.COORDINATOR, safety, Role.CONFIDENTIAL_CONTACT), Record.PEER_CONCERN, Verb.COUNT, Scope.SCHOOL)
    # What a teacher needs is between the teacher and a coach; the leader cannot see that it is there.
    needs = (Record.SUPPORT_NEED, Record.SUPPORT_NEED_COACH)
    grant((*_ADVISERS, Role.EMPLOYEE), needs, Verb.READ, Scope.AUTHOR, Scope.RING)
    grant((*_ADVISERS, Role.EMPLOYEE), needs, Verb.WRITE, Scope.AUTHOR)
    grant((*_ADVISERS, Role.EMPLOYEE), Record.SUPPORT_NEED, Verb.ANSWER, Scope.RING)
    # Whom to look at.
    grant(_TEACHING, Record.PUPIL_ATTENTION, Verb.READ, Scope.GROUP)
    grant(Role.COORDINATOR, Record.PUPIL_ATTENTION, Verb.READ, Scope.SCHOOL)
    grant(specialist, Record.PUPIL_ATTENTION, Verb.READ, Scope.CASE)
    grant((*_TEACHING, Role.COORDINATOR, specialist, leader), Record.ATTENTION_TABLE, Verb.READ, Scope.SCHOOL)
    grant(Role.COORDINATOR, Record.ATTENTION_TABLE, Verb.WRITE, Scope.SCHOOL)


def _suspected(grant: Grant) -> None:
    """The reporting code: anybody may hand in a suspicion; after that it is open to named people alone."""
    files = (Record.REPORTING_CODE_FILE, Record.REPORTING_CODE_SEAT, Record.REPORTING_CODE_NOTE)
    everybody = (*_ADVISERS, Role.EMPLOYEE, Role.LEADER)
    grant(everybody, Record.REPORTING_CODE_FILE, Verb.MEASURE, Scope.SCHOOL)
    grant(everybody, (*files, Record.REPORTING_CODE_STEP), Verb.READ, Scope.RING)
    grant(everybody, (Record.REPORTING_CODE_NOTE, Record.REPORTING_CODE_STEP), Verb.WRITE, Scope.RING)
    # Who leads reads only what has no designated contact to go to; then there must be somebody who lets others in.
    deciders = (Role.COORDINATOR, Role.DESIGNATED_CONTACT, Role.LEADER)
    grant(deciders, (Record.REPORTING_CODE_FILE, Record.REPORTING_CODE_SEAT), Verb.WRITE, Scope.RING)


def _gathered(grant: Grant) -> None:
    """Talks and reviews."""
    talks = (Record.GATHERING, Record.GATHERING_SEAT, Record.TALK_REPORT, Record.AGREEMENT)
    grant(_TEACHING, (*talks, Record.DISCUSSED_PUPIL), Verb.READ, Scope.GROUP)
    grant(_TEACHING, (*talks, Record.DISCUSSED_PUPIL), Verb.WRITE, Scope.GROUP)
    grant(Role.COORDINATOR, (*talks, Record.DISCUSSED_PUPIL), Verb.READ, Scope.SCHOOL)
    grant(Role.COORDINATOR, (*talks, Record.DISCUSSED_PUPIL), Verb.WRITE, Scope.SCHOOL)
    grant(Role.BEHAVIOUR_SPECIALIST, talks, Verb.READ, Scope.CASE)
    grant(Role.PUPIL, talks, Verb.READ, Scope.SELF_SHARED)
    grant(Role.GUARDIAN, talks, Verb.READ, Scope.CHILD_SHARED)
    grant(Role.PUPIL, Record.TALK_REPORT, Verb.ANSWER, Scope.SELF_SHARED)
    grant(Role.GUARDIAN, Record.TALK_REPORT, Verb.ANSWER, Scope.CHILD_SHARED)
    grant(_TEACHING, Record.TALK_RESPONSE, Verb.READ, Scope.GROUP)
    grant(Role.COORDINATOR, Record.TALK_RESPONSE, Verb.READ, Scope.SCHOOL)
    grant(Role.BEHAVIOUR_SPECIALIST, Record.TALK_RESPONSE, Verb.READ, Scope.CASE)
    grant(FAMILY, Record.TALK_RESPONSE, Verb.READ, Scope.SELF)  # one's own, never the other parent's
    # The adult whom a pupil trusts: who is asked, says yes or no.
    asked = STAFF - {*_TEACHING, Role.COORDINATOR, Role.BOARD, Role.PRIVACY_OFFICER, Role.ADMINISTRATOR, Role.COMMITTEE_MEMBER}
    grant(_TEACHING, Record.TRUSTED_ADULT, Verb.READ, Scope.GROUP, Scope.AUTHOR)
    grant(_TEACHING, Record.TRUSTED_ADULT, Verb.WRITE, Scope.GROUP)
    grant(Role.COORDINATOR, Record.TRUSTED_ADULT, Verb.READ, Scope.SCHOOL)
    grant(Role.COORDINATOR, Record.TRUSTED_ADULT, Verb.WRITE, Scope.SCHOOL)
    grant(asked, Record.TRUSTED_ADULT, Verb.READ, Scope.AUTHOR)
    grant((*_TEACHING, Role.COORDINATOR, *asked), Record.TRUSTED_ADULT, Verb.ANSWER, Scope.AUTHOR)
    grant(Role.PUPIL, Record.TRUSTED_ADULT, Verb.READ, Scope.SELF)
    grant(Role.PUPIL, Record.TRUSTED_ADULT, Verb.WRITE, Scope.SELF)


def _understood(grant: Grant) -> None:
    """Thinking before acting, and the words of pupil and guardians in it."""
    thoughts, specialist = (Record.UNDERSTANDING, Record.UNDERSTANDING_SOURCE), Role.BEHAVIOUR_SPECIALIST
    grant(_TEACHING, (*thoughts, Record.VOICE, Record.FACTOR), Verb.READ, Scope.GROUP)
    grant(_TEACHING, (*thoughts, Record.VOICE, Record.FACTOR), Verb.WRITE, Scope.GROUP)
    grant(Role.COORDINATOR, (*thoughts, Record.VOICE, Record.FACTOR), Verb.READ, Scope.SCHOOL)
    grant(Role.COORDINATOR, (*thoughts, Record.VOICE, Record.FACTOR), Verb.WRITE, Scope.SCHOOL)
    grant(specialist, (*thoughts, Record.VOICE, Record.FACTOR), Verb.READ, Scope.CASE)
    grant(specialist, thoughts, Verb.WRITE, Scope.CASE)
    grant(FAMILY, Record.VOICE, Verb.READ, Scope.SELF)  # one's own, never the other parent's
    grant(Role.PUPIL, Record.VOICE, Verb.WRITE, Scope.SELF)
    grant(Role.GUARDIAN, Record.VOICE, Verb.WRITE, Scope.CHILD)


def _planned(grant: Grant) -> None:
    """Plans: of a class, a small trial, a draft of something heavier, and what was adopted."""
    specialist, remedial, leader = Role.BEHAVIOUR_SPECIALIST, Role.REMEDIAL_TEACHER, Role.LEADER
    written = (Record.GROUP_PLAN, Record.INTERVENTION, Record.PLAN_DRAFT)
    grant(_TEACHING, Record.GROUP_PLAN, Verb.READ, Scope.GROUP_OWN)  # who stands in carries it out by the desk view (R141)
    grant(_TEACHING, Record.GROUP_PLAN, Verb.WRITE, Scope.GROUP_OWN)
    grant(_TEACHING, (Record.INTERVENTION, Record.PLAN_DRAFT, Record.PLAN), Verb.READ, Scope.GROUP)
    grant(_TEACHING, (Record.INTERVENTION, Record.PLAN_DRAFT), Verb.WRITE, Scope.GROUP)
    grant(_TEACHING, (*written, Record.PLAN), Verb.MEASURE, Scope.GROUP)
    grant(Role.COORDINATOR, (*written, Record.PLAN), Verb.READ, Scope.SCHOOL)
    grant(Role.COORDINATOR, (*written, Record.PLAN), Verb.WRITE, Scope.SCHOOL)
    grant(Role.COORDINATOR, (*written, Record.PLAN), Verb.MEASURE, Scope.SCHOOL)
    grant(specialist, (Record.INTERVENTION, Record.PLAN_DRAFT, Record.PLAN), Verb.READ, Scope.CASE)
    grant(specialist, (Record.INTERVENTION, Record.PLAN_DRAFT), Verb.WRITE, Scope.CASE)
    grant(specialist, (Record.INTERVENTION, Record.PLAN), Verb.MEASURE, Scope.CASE)
    grant(specialist, Record.GROUP_PLAN, Verb.READ, Scope.SCHOOL)
    grant(Role.SAFETY_COORDINATOR, Record.GROUP_PLAN, Verb.READ, Scope.SCHOOL)
    grant(remedial, (Record.INTERVENTION, Record.PLAN), Verb.READ, Scope.CASE)
    grant(remedial, Record.INTERVENTION, Verb.WRITE, Scope.CASE)
    grant(remedial, (Record.INTERVENTION, Record.PLAN), Verb.MEASURE, Scope.CASE)
    grant(leader, Record.PLAN_DRAFT, Verb.READ, Scope.GLASS)
    grant(leader, Record.GROUP_PLAN, Verb.READ, Scope.SCHOOL, marks=[Mark.WITHOUT_NAMES])
    grant(leader, Record.PLAN, Verb.READ, Scope.SCHOOL)
    grant(leader, Record.PLAN, Verb.SIGN, Scope.SCHOOL, marks=[Mark.FOUR_EYES])
    grant(leader, Record.INTERVENTION, Verb.COUNT, Scope.SCHOOL)
    # The family: heard, asked to agree, and reading what was adopted.
    grant(Role.PUPIL, Record.INTERVENTION, Verb.READ, Scope.SELF_SHARED)
    grant(Role.GUARDIAN, Record.INTERVENTION, Verb.READ, Scope.CHILD_SHARED)
    grant(Role.PUPIL, Record.PLAN, Verb.READ, Scope.SELF)
    grant(Role.PUPIL, Record.PLAN, Verb.WRITE, Scope.SELF)  # the own view
    grant(Role.GUARDIAN, Record.PLAN, Verb.READ, Scope.MINOR)
    grant(Role.GUARDIAN, Record.PLAN, Verb.ANSWER, Scope.MINOR)  # agree with the action part
    grant(_TEACHING, Record.HEARING, Verb.READ, Scope.GROUP)
    grant(_TEACHING, Record.HEARING, Verb.WRITE, Scope.GROUP)
    grant(Role.COORDINATOR, (Record.HEARING, Record.PLAN_AGREEMENT), Verb.READ, Scope.SCHOOL)
    grant(Role.COORDINATOR, (Record.HEARING, Record.PLAN_AGREEMENT), Verb.WRITE, Scope.SCHOOL)
    grant(specialist, Record.HEARING, Verb.READ, Scope.CASE)
    grant(Role.PUPIL, Record.HEARING, Verb.READ, Scope.SELF)
    grant(Role.PUPIL, Record.HEARING, Verb.WRITE, Scope.SELF)
    grant(_TEACHING, Record.PLAN_AGREEMENT, Verb.READ, Scope.GROUP)
    grant(_TEACHING, Record.PLAN_AGREEMENT, Verb.WRITE, Scope.GROUP)  # what the family said in a talk about a deepened cycle
    grant(leader, Record.PLAN_AGREEMENT, Verb.READ, Scope.SCHOOL)
    grant(FAMILY, Record.PLAN_AGREEMENT, Verb.READ, Scope.SELF)  # one's own answer, never the other parent's
    grant(FAMILY, Record.PLAN_AGREEMENT, Verb.ANSWER, Scope.SELF)


def _extra_support(grant: Grant) -> None:
    """Why somebody does what they do, the daily card, what was granted, and what the school offers others."""
    specialist, remedial = Role.BEHAVIOUR_SPECIALIST, Role.REMEDIAL_TEACHER
    seen = (Record.FUNCTION_ANALYSIS, Record.BEHAVIOUR_RECORD, Record.CHECK_IN_CARD, Record.CHECK_IN_DAY)
    grant(_TEACHING, seen, Verb.READ, Scope.GROUP)
    grant(_TEACHING, seen, Verb.WRITE, Scope.GROUP)
    grant(Role.COORDINATOR, (*seen, Record.ARRANGEMENT), Verb.READ, Scope.SCHOOL)
    grant(Role.COORDINATOR, (*seen, Record.ARRANGEMENT), Verb.WRITE, Scope.SCHOOL)
    grant(specialist, (*seen, Record.ARRANGEMENT), Verb.READ, Scope.CASE)
    grant(specialist, seen, Verb.WRITE, Scope.CASE)
    daily = (Record.BEHAVIOUR_RECORD, Record.CHECK_IN_CARD, Record.CHECK_IN_DAY)
    grant(remedial, daily, Verb.READ, Scope.CASE)
    grant(remedial, (Record.BEHAVIOUR_RECORD, Record.CHECK_IN_DAY), Verb.WRITE, Scope.CASE)
    grant(Role.PUPIL, (Record.CHECK_IN_CARD, Record.CHECK_IN_DAY), Verb.READ, Scope.SELF)
    grant(Role.GUARDIAN, (Record.CHECK_IN_CARD, Record.CHECK_IN_DAY), Verb.READ, Scope.CHILD)
    grant(_TEACHING, Record.ARRANGEMENT, Verb.READ, Scope.GROUP)
    grant(Role.LEADER, Record.ARRANGEMENT, Verb.READ, Scope.SCHOOL)
    grant(Role.GUARDIAN, Record.ARRANGEMENT, Verb.READ, Scope.MINOR)
    grant((*_ADVISERS, Role.LEADER, Role.BOARD), Record.SUPPORT_OFFER, Verb.READ, Scope.SCHOOL)
    grant((Role.COORDINATOR, specialist, Role.LEADER), Record.SUPPORT_OFFER, Verb.WRITE, Scope.SCHOOL)
    grant((*_ADVISERS, Role.LEADER, Role.PUPIL), Record.WALK_IN_HOUR, Verb.READ, Scope.SCHOOL)
    grant((Role.COORDINATOR, specialist, Role.LEADER), Record.WALK_IN_HOUR, Verb.WRITE, Scope.SCHOOL)


def _asked_of_experts(grant: Grant) -> None:
    """Questions to people from outside. Who teaches the pupil knows what was asked; the report is for who was named, and nobody else."""
    specialist, request, report = Role.BEHAVIOUR_SPECIALIST, Record.EXPERT_REQUEST, (Record.EXPERT_REPORT, Record.EXPERT_READER)
    grant(Role.COORDINATOR, (request, *report), Verb.READ, Scope.SCHOOL)
    grant(Role.COORDINATOR, (request, *report), Verb.WRITE, Scope.SCHOOL)
    grant(Role.COORDINATOR, request, Verb.ANSWER, Scope.SCHOOL)  # what came by letter or telephone
    grant(_TEACHING, request, Verb.READ, Scope.GROUP)
    grant((specialist, Role.REMEDIAL_TEACHER), request, Verb.READ, Scope.CASE)
    grant(specialist, request, Verb.WRITE, Scope.CASE)
    grant(specialist, request, Verb.ANSWER, Scope.CASE)
    grant((*_TEACHING, specialist, Role.REMEDIAL_TEACHER), report, Verb.READ, Scope.RING)
    grant(Role.LEADER, request, Verb.COUNT, Scope.SCHOOL)
    grant(PARTNERS, request, Verb.READ, Scope.RING, marks=[Mark.CONSENT])
    grant(PARTNERS, request, Verb.ANSWER, Scope.RING, marks=[Mark.CONSENT])  # accept or decline, name a day, report
    grant(PARTNERS, Record.EXPERT_REPORT, Verb.READ, Scope.AUTHOR, marks=[Mark.CONSENT])
    grant(Role.PUPIL, request, Verb.READ, Scope.SELF)
    grant(Role.GUARDIAN, request, Verb.READ, Scope.CHILD)


def _trained(grant: Grant) -> None:
    """Trainings, of whom who gives it and the coordinator know; and what a pupil said about telling the parents."""
    given = (Record.TRAINING, Record.TRAINING_PLACE, Record.TRAINING_SESSION, Record.TRAINING_ATTENDANCE)
    trainers = (Role.REMEDIAL_TEACHER, Role.BEHAVIOUR_SPECIALIST, Role.SAFETY_COORDINATOR, Role.SUPPORT_TEAM_MEMBER)
    grant(Role.COORDINATOR, (*given, Record.TRAINING_WISH), Verb.READ, Scope.SCHOOL)
    grant(Role.COORDINATOR, (*given, Record.TRAINING_WISH), Verb.WRITE, Scope.SCHOOL)
    grant(trainers, given, Verb.READ, Scope.AUTHOR)
    grant(_TEACHING, (Record.TRAINING, Record.TRAINING_SESSION, Record.TRAINING_ATTENDANCE), Verb.READ, Scope.AUTHOR)
    grant(_TEACHING, Record.TRAINING_PLACE, Verb.READ, Scope.AUTHOR, Scope.GROUP)  # of the own pupils, unless it is confidential
    grant((*trainers, *_TEACHING), given, Verb.WRITE, Scope.AUTHOR)
    # Told by who talked with the pupil; nobody who merely teaches the pupil reads it.
    talking = (*_TEACHING, Role.SAFETY_COORDINATOR, Role.BEHAVIOUR_SPECIALIST, Role.CONFIDENTIAL_CONTACT, Role.REMEDIAL_TEACHER)
    grant(Role.COORDINATOR, Record.PARENT_TELLING, Verb.READ, Scope.SCHOOL)
    grant(Role.COORDINATOR, Record.PARENT_TELLING, Verb.WRITE, Scope.SCHOOL)
    grant(talking, Record.PARENT_TELLING, Verb.READ, Scope.AUTHOR)
    grant(talking, Record.PARENT_TELLING, Verb.WRITE, Scope.AUTHOR)
    grant(_TEACHING, Record.PARENT_TELLING, Verb.MEASURE, Scope.GROUP)
    grant((Role.COORDINATOR, *talking[2:]), Record.PARENT_TELLING, Verb.MEASURE, Scope.SCHOOL)


def _to_come(grant: Grant) -> None:
    specialist, safety = Role.BEHAVIOUR_SPECIALIST, Role.SAFETY_COORDINATOR
    grant(_TEACHING, (Record.REFERRAL, Record.CLASS_VISIT), Verb.READ, Scope.GROUP)
    care = (Record.CARE_TEAM_ITEM, Record.CONTRIBUTION)
    grant(Role.COORDINATOR, (*care, Record.REFERRAL, Record.INCIDENT, Record.CLASS_VISIT), Verb.READ, Scope.SCHOOL)
    grant(Role.COORDINATOR, care, Verb.WRITE, Scope.SCHOOL)
    grant(Role.COORDINATOR, Record.REFERRAL, Verb.WRITE, Scope.SCHOOL, marks=[Mark.STEP_UP, Mark.CONSENT])
    grant(specialist, (Record.REFERRAL, Record.CARE_TEAM_ITEM), Verb.READ, Scope.CASE)
    grant(specialist, Record.CARE_TEAM_ITEM, Verb.WRITE, Scope.CASE)
    grant(safety, (Record.INCIDENT, Record.CLASS_VISIT), Verb.READ, Scope.SCHOOL)
    grant(safety, (Record.INCIDENT, Record.CLASS_VISIT), Verb.WRITE, Scope.SCHOOL)
    grant((*_TEACHING, safety, Role.LEADER, Role.SUPPORT_TEAM_MEMBER), Record.CARE_TEAM_ITEM, Verb.READ, Scope.RING)
    grant((*_TEACHING, specialist), Record.INCIDENT, Verb.READ, Scope.RING)
    grant(Role.CONFIDENTIAL_CONTACT, Record.CONFIDENTIAL_NOTE, Verb.READ, Scope.AUTHOR, marks=[Mark.SEALED])
    grant(Role.CONFIDENTIAL_CONTACT, Record.CONFIDENTIAL_NOTE, Verb.WRITE, Scope.AUTHOR, marks=[Mark.SEALED])
    grant(Role.EMPLOYEE, Record.INCIDENT, Verb.WRITE, Scope.AUTHOR)
    contributors = (*_TEACHING, Role.REMEDIAL_TEACHER, Role.EMPLOYEE, specialist)
    grant(contributors, Record.CONTRIBUTION, Verb.READ, Scope.RING)
    grant(contributors, Record.CONTRIBUTION, Verb.WRITE, Scope.RING)
    grant(Role.LEADER, Record.REFERRAL, Verb.COUNT, Scope.SCHOOL)
    grant(Role.LEADER, Record.INCIDENT, Verb.READ, Scope.CASE, marks=[Mark.STEP_UP])
    quality = (Record.BUILDING_BLOCK, Record.CATALOGUE_ENTRY)
    grant((*_TEACHING, *_SCHOOL_WIDE, Role.COMMITTEE_MEMBER), quality, Verb.READ, Scope.SCHOOL)
    grant((Role.COORDINATOR, specialist, Role.LEADER, Role.COMMITTEE_MEMBER), Record.BUILDING_BLOCK, Verb.WRITE, Scope.SCHOOL)
    grant((Role.COORDINATOR, specialist), Record.CATALOGUE_ENTRY, Verb.WRITE, Scope.SCHOOL)
    grant((Role.LEADER,), Record.FULL_EXPORT, Verb.WRITE, Scope.SCHOOL, marks=[Mark.STEP_UP, Mark.FOUR_EYES])
    grant(Role.ADMINISTRATOR, Record.BACKUP, Verb.WRITE, Scope.SCHOOL, marks=[Mark.STEP_UP])


def _partners(grant: Grant) -> None:
    consent = [Mark.CONSENT]
    grant(PARTNERS, Record.PUPIL, Verb.READ, Scope.CASE, marks=consent)
    grant(PARTNERS, _CASES, Verb.READ, Scope.RING, marks=consent)
    grant(PARTNERS, (Record.CONSENT_REQUEST, Record.CONSENT_ITEM), Verb.READ, Scope.CASE, marks=consent)  # the part that names them
    grant(PARTNERS, _CONSULTATIONS, Verb.READ, Scope.RING)
    grant(PARTNERS, Record.CONSULTATION, Verb.ANSWER, Scope.RING)
    grant(PARTNERS, (Record.SCALE_PROFILE, Record.PLAN, Record.REFERRAL), Verb.READ, Scope.CASE_SHARED, marks=consent)
    grant(PARTNERS, Record.CARE_TEAM_ITEM, Verb.READ, Scope.RING, marks=consent)
    grant(PARTNERS, Record.INTERVENTION, Verb.READ, Scope.RING, marks=consent)
    grant(PARTNERS, Record.INTERVENTION, Verb.WRITE, Scope.RING, marks=consent)
    grant(PARTNERS, Record.SIGNAL, Verb.WRITE, Scope.AUTHOR)
    grant(PARTNERS, Record.SIGNAL, Verb.READ, Scope.AUTHOR)


def _family(grant: Grant) -> None:
    pupil, guardian = Role.PUPIL, Role.GUARDIAN
    grant(pupil, _ROSTER, Verb.READ, Scope.SELF)
    grant(guardian, _ROSTER, Verb.READ, Scope.CHILD)
    grant(pupil, Record.GUARDIANSHIP, Verb.READ, Scope.SELF)  # to say from 16 on which of them reads along
    grant(guardian, Record.GUARDIAN, Verb.READ, Scope.SELF)
    grant(guardian, Record.CONTACT, Verb.READ, Scope.SELF)  # one's own entry, never the other parent's
    grant(guardian, Record.CONTACT, Verb.WRITE, Scope.SELF)
    grant(guardian, Record.SAFETY_CARD, Verb.READ, Scope.CHILD)
    grant(guardian, Record.SAFETY_CARD, Verb.WRITE, Scope.CHILD)
    asked = (Record.CONSENT_REQUEST, Record.CONSENT_ITEM)
    grant(pupil, asked, Verb.READ, Scope.SELF)
    grant(guardian, asked, Verb.READ, Scope.CHILD)
    grant(pupil, Record.CONSENT_REQUEST, Verb.ANSWER, Scope.SELF)
    grant(guardian, Record.CONSENT_REQUEST, Verb.ANSWER, Scope.CHILD)
    grant((pupil, guardian), Record.CONSENT, Verb.READ, Scope.SELF)  # one's own yes or no, never the other parent's
    grant(pupil, Record.GUARDIAN_ACCESS, Verb.READ, Scope.SELF)
    grant(pupil, Record.GUARDIAN_ACCESS, Verb.WRITE, Scope.SELF)
    grant(pupil, Record.SHARE, Verb.READ, Scope.SELF_SHARED)
    grant(guardian, Record.SHARE, Verb.READ, Scope.CHILD_SHARED)
    grant(pupil, Record.ENTRY, Verb.READ, Scope.SELF)  # who looked
    grant(guardian, Record.ENTRY, Verb.READ, Scope.CHILD)
    shown = (Record.CARE_TEAM_ITEM, Record.INCIDENT)
    grant(pupil, shown, Verb.READ, Scope.SELF_SHARED)
    grant(guardian, (*shown, Record.SIGNAL), Verb.READ, Scope.CHILD_SHARED)
    grant(pupil, Record.REFERRAL, Verb.READ, Scope.SELF)
    grant(guardian, Record.REFERRAL, Verb.READ, Scope.CHILD)


TABLE: Table = MappingProxyType(_rules())
"""The whole of it. What is not in here nobody may."""


def rule_of(role: Role, record: Record, verb: Verb) -> Rule | None:
    """The rows on which a role may do this, and what is asked on top; None when on no row at all.

    >>> rule_of(Role.TEACHER, Record.PUPIL, Verb.READ).scopes
    (<Scope.GROUP: 'group'>,)
    >>> rule_of(Role.ADMINISTRATOR, Record.PUPIL, Verb.READ) is None
    True
    """
    return TABLE.get((role, record, verb))


def roles_that(record: Record, verb: Verb) -> frozenset[Role]:
    """The roles that may do this on some row.

    >>> sorted(roles_that(Record.GROUP, Verb.MEASURE))
    [<Role.COORDINATOR: 'coordinator'>, <Role.MENTOR: 'mentor'>, <Role.TEACHER: 'teacher'>]
    """
    return frozenset(role for role, of, what in TABLE if (of, what) == (record, verb))
