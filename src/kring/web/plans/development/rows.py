"""Rows that several actions of a support plan write."""

from datetime import datetime

from kring.web.plans.development.queries import says_of
from kring.web.plans.models import Plan, PlanAgreement, PlanVersion
from kring.web.schools.models import Membership


def ask_everybody(actor: Membership, plan: Plan, version: PlanVersion, *, at: datetime) -> list[PlanAgreement]:
    """Of everybody with a say who was not asked about this action part yet."""
    number = version.body["agreed_as"]
    new = [one for one in says_of(plan, version, at=at) if one.row is None]
    about = {"school_id": plan.school_id, "plan": plan, "pupil_id": plan.pupil_id, "version": number}
    return [PlanAgreement.objects.create(**about, guardian=one.guardian, asked_at=at, asked_by=actor) for one in new]
