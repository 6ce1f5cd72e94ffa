"""Who has parental authority over the pupil of a plan: whose yes is asked."""

from datetime import datetime

from kring.web.plans.models import Plan
from kring.web.schools.models import Guardian, Guardianship, live


def with_authority(plan: Plan, *, at: datetime) -> list[Guardian]:
    """At this moment, by name."""
    ties = Guardianship.objects.filter(live(at), pupil=plan.pupil_id, has_authority=True).select_related("guardian")
    return sorted({one.guardian for one in ties}, key=lambda one: (str(one), str(one.pk)))
