"""Django looks here for the models of the app; each lives in its feature."""

from kring.web.accounts.models import Look, PaperCode, Person
from kring.web.audit.models import Entry, Segment
from kring.web.cases.models import Case, CaseMember, Share
from kring.web.catalogue.models import Organisation, Partner
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
from kring.web.roster.models import RosterFile
from kring.web.safety.models import BreakGlass, SafetyCard
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
    GuardianInvitation,
    Invitation,
    Objection,
    Reopening,
    Round,
    ScalePrecision,
    StaffInvitation,
    Submission,
)
from kring.web.tasks.models import Task
from kring.web.year_change.models import Handover, HandoverAnswer, YearChange

__all__ = [
    "AccountInvitation",
    "AnonymousSubmission",
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
    "Draft",
    "Enrolment",
    "Entry",
    "ExternalFile",
    "ExternalScale",
    "ExternalScore",
    "Group",
    "Guardian",
    "GuardianAccess",
    "GuardianInvitation",
    "Guardianship",
    "Handover",
    "HandoverAnswer",
    "Holiday",
    "Invitation",
    "Job",
    "LegalGround",
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
    "Organisation",
    "OutgoingMail",
    "OwnInstrument",
    "PaperCode",
    "Partner",
    "Person",
    "Pupil",
    "Recovery",
    "RegionalTerms",
    "Reopening",
    "Review",
    "RosterFile",
    "Round",
    "SafetyCard",
    "ScalePrecision",
    "School",
    "SchoolYear",
    "Segment",
    "Share",
    "Sociogram",
    "StaffInvitation",
    "StoredFile",
    "Submission",
    "Task",
    "Upload",
    "UploadedFile",
    "YearChange",
    "holding",
]
