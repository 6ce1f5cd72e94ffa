"""A day of the card on paper, to be filled in by hand."""

from datetime import date

from django.utils.translation import gettext as _

from kring.documents.day_card import DayCard
from kring.web.check_ins.forms import POINTS
from kring.web.check_ins.models import CheckInCard


def paper_of(card: CheckInCard, *, on: date) -> DayCard:
    """With the given name alone: papers are left lying."""
    return DayCard(
        title=_("Dagkaart van %(name)s") % {"name": card.pupil.given_name},
        school=card.school.name,
        with_whom=_("Samen met %(name)s") % {"name": card.with_whom.person},
        day=_("Dag en datum:"),
        how=_("Zet een rondje om wat past. Punten krijg je erbij; er gaan er nooit af."),
        moment=_("Wanneer"),
        goals=tuple(card.goals),
        moments=tuple(card.moments),
        points=tuple((point, str(words)) for point, words in POINTS.items()),
        asked=(_("’s Ochtends"), _("Aan het eind: wat ging goed?"), _("Wat vind je er zelf van?")),
        foot=_("Voor jou, je ouders en wie jou helpt. Vernietig dit papier als het is overgenomen."),
        made_on=on,
    )
