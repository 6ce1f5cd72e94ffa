"""Django looks here for the models of the app; each lives in its feature."""

from kring.web.accounts.models import Look, PaperCode, Person
from kring.web.answering.models import Answer, Filling, SetAside
from kring.web.audit.models import Entry, Segment
from kring.web.cases.models import Case, CaseMember, Share
from kring.web.catalogue.models import Organisation, Partner
from kring.web.classroom.models import PupilKey, Seat, SignInWindow
from kring.web.consents.models import Consent, ConsentItem, ConsentRequest, LegalGround, holding
from kring.web.consultations.models import Consultation, ConsultationReply, ConsultationSeat
from kring.web.corrections.models import MergedPupil, MovedList
from kring.web.drafts.models import Draft
from kring.web.exchange.models import Upload, UploadedFile
from kring.web.external_results.models import ExternalFile, ExternalScale, ExternalScore
from kring.web.files.models import StoredFile
from kring.web.instruments.models import OwnInstrument
from kring.web.jobs.models import Beat, ChoreRun, Job
from kring.web.mail.models import MailAddress, MailCode, OutgoingMail
from kring.web.oversight.models import Review
from kring.web.people.models import AccountInvitation, Appointment, Notice, Recovery
from kring.web.results.models import CriticalReading, Direction, ResultResponse, ScaleProfile
from kring.web.roster.models import RosterFile
from kring.web.safety.models import BreakGlass, SafetyCard
from kring.web.school_results.models import Ambition, Snapshot
from kring.web.school_years.models import Holiday, RegionalTerms
from kring.web.schools.models import (
    Assignment,
    Board,
    Bundle,
    Contact,
    Enrolment,
    Group,
    Guardian,
    GuardianAccess,
    Guardianship,
    Membership,
    Pupil,
    School,
    SchoolYear,
)
from kring.web.sociograms.models import ListedPupil, Nomination, Sociogram
from kring.web.surveys.models import (
    AnonymousSubmission,
    AnonymousText,
    GuardianInvitation,
    GuardianList,
    Invitation,
    ListLetter,
    Objection,
    OpenAnswer,
    OpenAnswerReader,
    Reopening,
    Round,
    ScalePrecision,
    StaffInvitation,
    Submission,
)
from kring.web.talk_requests.models import TalkRequest
from kring.web.tasks.models import Task
from kring.web.year_change.models import Handover, HandoverAnswer, YearChange

__all__ = [
    "AccountInvitation",
    "Ambition",
    "AnonymousSubmission",
    "AnonymousText",
    "Answer",
    "Appointment",
    "Assignment",
    "Beat",
    "Board",
    "BreakGlass",
    "Bundle",
    "Case",
    "CaseMember",
    "ChoreRun",
    "Consent",
    "ConsentItem",
    "ConsentRequest",
    "Consultation",
    "ConsultationReply",
    "ConsultationSeat",
    "Contact",
    "CriticalReading",
    "Direction",
    "Draft",
    "Enrolment",
    "Entry",
    "ExternalFile",
    "ExternalScale",
    "ExternalScore",
    "Filling",
    "Group",
    "Guardian",
    "GuardianAccess",
    "GuardianInvitation",
    "GuardianList",
    "Guardianship",
    "Handover",
    "HandoverAnswer",
    "Holiday",
    "Invitation",
    "Job",
    "LegalGround",
    "ListLetter",
    "ListedPupil",
    "Look",
    "MailAddress",
    "MailCode",
    "Membership",
    "MergedPupil",
    "MovedList",
    "Nomination",
    "Notice",
    "Objection",
    "OpenAnswer",
    "OpenAnswerReader",
    "Organisation",
    "OutgoingMail",
    "OwnInstrument",
    "PaperCode",
    "Partner",
    "Person",
    "Pupil",
    "PupilKey",
    "Recovery",
    "RegionalTerms",
    "Reopening",
    "ResultResponse",
    "Review",
    "RosterFile",
    "Round",
    "SafetyCard",
    "ScalePrecision",
    "ScaleProfile",
    "School",
    "SchoolYear",
    "Seat",
    "Segment",
    "SetAside",
    "Share",
    "SignInWindow",
    "Snapshot",
    "Sociogram",
    "StaffInvitation",
    "StoredFile",
    "Submission",
    "TalkRequest",
    "Task",
    "Upload",
    "UploadedFile",
    "YearChange",
    "holding",
]
