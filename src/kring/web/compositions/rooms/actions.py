"""Moving desks and doors."""

from datetime import datetime

from kring.core.access import Verb
from kring.core.places import NOWHERE, FloorPlan, enough, kept_places
from kring.core.rooms import at_the_board, places_then
from kring.core.versions import check_version
from kring.web.action import action
from kring.web.compositions import queries
from kring.web.compositions.models import ComposedPupil, Composition
from kring.web.schools.models import Membership


@action("composition.room_changed", needs=Verb.WRITE)
def change_room(actor: Membership, composition: Composition, room: FloorPlan, *, read: int, at: datetime) -> Composition:
    """Other desks and doors; whose desk is gone waits beside the plan. Raises ChangedMeanwhile, PlacesDoNotFit."""
    now = Composition.objects.select_for_update().get(pk=composition.pk)
    version = check_version(read, now=now.version)
    composed = list(ComposedPupil.objects.filter(composition=now))
    enough(room, len(queries.people_of(actor, now, at=at)))
    then = places_then(room, {str(one.pk): one.place for one in composed})
    for one in composed:
        one.place, one.past = then[str(one.pk)], []  # what was undone could lead to a desk that is gone
        one.is_fixed = one.is_fixed and one.place != NOWHERE
    ComposedPupil.objects.bulk_update(composed, ["place", "past", "is_fixed"])
    now.places, now.outcome, now.version = kept_places(at_the_board(room)), {}, version
    now.save(update_fields=["places", "outcome", "version"])
    return now
