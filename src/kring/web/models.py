"""Django looks here for the models of the app; each lives in its feature."""

from kring.web.accounts.models import Person
from kring.web.audit.models import Event, Reading
from kring.web.exchange.models import Upload, UploadedFile
from kring.web.files.models import StoredFile
from kring.web.jobs.models import Job
from kring.web.schools.models import Assignment, Board, Enrolment, Group, Guardian, Guardianship, Membership, Pupil, School, SchoolYear
from kring.web.sociograms.models import ListedPupil, Nomination, Sociogram
from kring.web.surveys.models import AnonymousSubmission, Invitation, Round, ScalePrecision, Submission

__all__ = [
    "AnonymousSubmission",
    "Assignment",
    "Board",
    "Enrolment",
    "Event",
    "Group",
    "Guardian",
    "Guardianship",
    "Invitation",
    "Job",
    "ListedPupil",
    "Membership",
    "Nomination",
    "Person",
    "Pupil",
    "Reading",
    "Round",
    "ScalePrecision",
    "School",
    "SchoolYear",
    "Sociogram",
    "StoredFile",
    "Submission",
    "Upload",
    "UploadedFile",
]
