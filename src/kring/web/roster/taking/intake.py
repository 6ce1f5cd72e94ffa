"""What every step with a list does first: hold it, and see that it is still what was shown."""

from kring.core.roster import DoubtsLeft, RosterChangedMeanwhile
from kring.web.roster.models import RosterFile
from kring.web.roster.taking.proposal import RosterProposal
from kring.web.schools.models import School


def hold(found: RosterFile) -> None:
    """The school and the list as they are now, until the transaction ends: whoever else brings a list comes before or after."""
    School.objects.select_for_update().get(pk=found.school_id)
    found.refresh_from_db(from_queryset=RosterFile.objects.select_for_update(of=("self",)).select_related("file"))


def refuse_other(proposal: RosterProposal, shown: str) -> None:
    """Raises DoubtsLeft, RosterChangedMeanwhile."""
    if proposal.change.undecided:
        raise DoubtsLeft(doubts=proposal.change.undecided)
    if proposal.fingerprint != shown:
        raise RosterChangedMeanwhile
