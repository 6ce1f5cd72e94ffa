"""Django looks here for the models of the app; each lives in its feature."""

from kring.web.absences.models import AbsencePrompt, AbsenceRule, AbsenceStep, AbsenceWeek
from kring.web.accounts.models import Look, PaperCode, Person
from kring.web.answering.models import Answer, Filling, SetAside
from kring.web.arrangements.models import Arrangement, SupportOffer
from kring.web.attention.models import AttentionTable, PupilAttention
from kring.web.audit.models import Entry, Segment
from kring.web.behaviour.models import BehaviourRecord, FunctionAnalysis
from kring.web.cards.models import ParentTelling
from kring.web.cases.models import Case, CaseMember, Share
from kring.web.catalogue.models import Organisation, Partner
from kring.web.check_ins.models import CheckInCard, CheckInDay
from kring.web.choice_policies.models import ChoicePolicy
from kring.web.classroom.models import PupilKey, Seat, SignInWindow
from kring.web.compositions.models import ComposedPupil, Composition, PlaceWish
from kring.web.concerns.models import ConcernMessage, PeerConcern
from kring.web.consents.models import Consent, ConsentItem, ConsentRequest, LegalGround, holding
from kring.web.consultations.models import Consultation, ConsultationReply, ConsultationSeat
from kring.web.corrections.models import MergedPupil, MovedList
from kring.web.drafts.models import Draft, MadeOnce
from kring.web.exchange.models import Upload, UploadedFile
from kring.web.expert_requests.models import ExpertReader, ExpertReport, ExpertRequest
from kring.web.external_results.models import ExternalFile, ExternalScale, ExternalScore
from kring.web.files.models import StoredFile
from kring.web.gatherings.models import (
    Agreement,
    DiscussedPupil,
    Gathering,
    GatheringSeat,
    TalkReport,
    TalkResponse,
    TrustedAdult,
)
from kring.web.instruments.models import OwnInstrument
from kring.web.jobs.models import Beat, ChoreRun, Job
from kring.web.mail.models import MailAddress, MailCode, OutgoingMail
from kring.web.newcomers.models import NewcomerWatch
from kring.web.oversight.models import Review
from kring.web.people.models import AccountInvitation, Appointment, Notice, Recovery
from kring.web.photos.models import Photo
from kring.web.plans.models import (
    Cluster,
    ClusteredPupil,
    Evaluation,
    Goal,
    Hearing,
    Mark,
    Plan,
    PlanAgreement,
    PlanVersion,
    Point,
    Step,
    TransferCheck,
)
from kring.web.reporting_code.models import ReportingCodeFile, ReportingCodeNote, ReportingCodeSeat, ReportingCodeStep
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
from kring.web.signals.models import Signal, SignalAnswer, SignalDoor
from kring.web.sociograms.models import (
    Buddies,
    BullyingName,
    BullyingReport,
    ListedPupil,
    Nomination,
    PredictedPupil,
    Prediction,
    Rating,
    Sociogram,
)
from kring.web.support_needs.models import SupportNeed, SupportNeedCoach
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
from kring.web.talk_requests.models import TalkRequest, WalkInHour
from kring.web.tasks.models import Task
from kring.web.trainings.models import Training, TrainingAttendance, TrainingPlace, TrainingSession, TrainingWish
from kring.web.understanding.models import Factor, Understanding, UnderstandingSource, Voice
from kring.web.year_change.models import Handover, HandoverAnswer, YearChange

__all__ = [
    "AbsencePrompt",
    "AbsenceRule",
    "AbsenceStep",
    "AbsenceWeek",
    "AccountInvitation",
    "Agreement",
    "Ambition",
    "AnonymousSubmission",
    "AnonymousText",
    "Answer",
    "Appointment",
    "Arrangement",
    "Assignment",
    "AttentionTable",
    "Beat",
    "BehaviourRecord",
    "Board",
    "BreakGlass",
    "Buddies",
    "BullyingName",
    "BullyingReport",
    "Bundle",
    "Case",
    "CaseMember",
    "CheckInCard",
    "CheckInDay",
    "ChoicePolicy",
    "ChoreRun",
    "Cluster",
    "ClusteredPupil",
    "ComposedPupil",
    "Composition",
    "ConcernMessage",
    "Consent",
    "ConsentItem",
    "ConsentRequest",
    "Consultation",
    "ConsultationReply",
    "ConsultationSeat",
    "Contact",
    "CriticalReading",
    "Direction",
    "DiscussedPupil",
    "Draft",
    "Enrolment",
    "Entry",
    "Evaluation",
    "ExpertReader",
    "ExpertReport",
    "ExpertRequest",
    "ExternalFile",
    "ExternalScale",
    "ExternalScore",
    "Factor",
    "Filling",
    "FunctionAnalysis",
    "Gathering",
    "GatheringSeat",
    "Goal",
    "Group",
    "Guardian",
    "GuardianAccess",
    "GuardianInvitation",
    "GuardianList",
    "Guardianship",
    "Handover",
    "HandoverAnswer",
    "Hearing",
    "Holiday",
    "Invitation",
    "Job",
    "LegalGround",
    "ListLetter",
    "ListedPupil",
    "Look",
    "MadeOnce",
    "MailAddress",
    "MailCode",
    "Mark",
    "Membership",
    "MergedPupil",
    "MovedList",
    "NewcomerWatch",
    "Nomination",
    "Notice",
    "Objection",
    "OpenAnswer",
    "OpenAnswerReader",
    "Organisation",
    "OutgoingMail",
    "OwnInstrument",
    "PaperCode",
    "ParentTelling",
    "Partner",
    "PeerConcern",
    "Person",
    "Photo",
    "PlaceWish",
    "Plan",
    "PlanAgreement",
    "PlanVersion",
    "Point",
    "PredictedPupil",
    "Prediction",
    "Pupil",
    "PupilAttention",
    "PupilKey",
    "Rating",
    "Recovery",
    "RegionalTerms",
    "Reopening",
    "ReportingCodeFile",
    "ReportingCodeNote",
    "ReportingCodeSeat",
    "ReportingCodeStep",
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
    "Signal",
    "SignalAnswer",
    "SignalDoor",
    "Snapshot",
    "Sociogram",
    "StaffInvitation",
    "Step",
    "StoredFile",
    "Submission",
    "SupportNeed",
    "SupportNeedCoach",
    "SupportOffer",
    "TalkReport",
    "TalkRequest",
    "TalkResponse",
    "Task",
    "Training",
    "TrainingAttendance",
    "TrainingPlace",
    "TrainingSession",
    "TrainingWish",
    "TransferCheck",
    "TrustedAdult",
    "Understanding",
    "UnderstandingSource",
    "Upload",
    "UploadedFile",
    "Voice",
    "WalkInHour",
    "YearChange",
    "holding",
]
