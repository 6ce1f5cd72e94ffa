"""What each notice says: one sentence, without a name. Where it leads, the page itself asks again who may look."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kring.core.access import Record

WORDS: Mapping[str, Promise] = {
    "role.proposed": _("Er wacht een voorstel voor een rol op uw akkoord."),
    "role.given": _("Een collega heeft een rol gekregen die u ook hebt, of waarvan u als schoolleider bericht krijgt."),
    "role.yours": _("U hebt deze rol gekregen."),
    "role.declined": _("Een voorstel voor een rol dat u deed, is afgewezen."),
    "role.ended": _("De rol van een collega is beëindigd of heeft een einddatum gekregen."),
    "group.yours": _("U bent aan een groep gekoppeld."),
    "group.shared": _("Een collega is aan uw groep gekoppeld."),
    "roster_file.applied": _("Een collega heeft een lijst met leerlingen overgenomen. Kijk of de groepen kloppen."),
    "recovery.confirmed": _("Twee collega's hebben iemand een nieuwe manier van inloggen gegeven. Weet u hier niets van? Zeg het meteen."),
    "glass.broken": _("Een collega heeft noodtoegang tot een leerling genomen."),
    "consent.withdrawn": _("Een toestemming is ingetrokken. Wat daarmee gedeeld was, is dicht."),
    "legal_ground.recorded": _("Er wacht een grond in de wet om te delen op een tweede persoon."),
    "legal_ground.confirmed": _("Twee mensen hebben een grond in de wet vastgelegd om gegevens te delen."),
    "case.joined": _("U werkt mee aan een casus."),
    "consultation.seat_given": _("U bent gevraagd om mee te denken in een consult zonder naam."),
    "mail_address.refused": _("Een bericht aan uw e-mailadres kwam terug. Kijk bij Mijn account, bij Berichten per e-mail."),
    "mail_address.ends_soon": _(
        "Leest u uw e-mailadres voor berichten nog? Bevestig het opnieuw bij Mijn account, bij Berichten per e-mail; anders stoppen ze."
    ),
    "round.halfway": _("Een afname is op de helft, en van uw groep zijn nog niet alle lijsten binnen."),
    "round.ends_soon": _("Een afname is bijna om, en van uw groep zijn nog niet alle lijsten binnen."),
    "task.passed_on": _("Een taak van een collega is naar u gegaan. Die staat nu bij uw taken."),
    "handover.shown": _("De school wil iets doorgeven aan de volgende leerkracht, en vraagt of dat mag."),
    "handover.change_asked": _("De ouders of de leerling willen andere woorden in een warme overdracht."),
    "guardian_list.asked": _("De school vraagt u een lijst over uw kind in te vullen. U leest erbij waarom."),
    "result.shown": _("Een uitslag die op school is besproken, staat klaar om na te lezen."),
    "round.about_your_child": _(
        "Op school komt een vragenlijst voor of over uw kind. U kunt alle vragen vooraf lezen, en u mag nee zeggen."
    ),
    "round.about_you": _("Op school komt een vragenlijst voor of over jou. Je kunt alle vragen vooraf lezen, en je mag nee zeggen."),
    "talk.asked": _("Een leerling wil met u praten. Kijk vandaag nog."),
    "talk.still_waits": _("Een leerling die met u wil praten, wacht nog. Vandaag is de beloofde dag."),
    "talk.waits_too_long": _("Een leerling die wil praten, wacht langer dan beloofd. Kijk bij welke collega."),
    "share.made": _("In een casus waaraan u meewerkt, is iets gedeeld."),
}

LEADS_TO: Mapping[str, tuple[str, Record]] = {
    "role.proposed": ("people", Record.MEMBERSHIP),
    "role.given": ("people", Record.MEMBERSHIP),
    "role.declined": ("people", Record.MEMBERSHIP),
    "role.ended": ("people", Record.MEMBERSHIP),
    "roster_file.applied": ("groups", Record.ENROLMENT),
    "recovery.confirmed": ("people", Record.MEMBERSHIP),
    "glass.broken": ("glasses", Record.BREAK_GLASS),
    "consent.withdrawn": ("consents", Record.CONSENT_REQUEST),
    "legal_ground.recorded": ("consents", Record.LEGAL_GROUND),
    "case.joined": ("cases", Record.CASE),
    "round.halfway": ("rounds", Record.ROUND),
    "round.ends_soon": ("rounds", Record.ROUND),
    "task.passed_on": ("tasks", Record.TASK),
    "talk.asked": ("talk_requests", Record.TALK_REQUEST),
    "talk.still_waits": ("talk_requests", Record.TALK_REQUEST),
    "talk.waits_too_long": ("talk_requests", Record.TALK_REQUEST),
    "share.made": ("cases", Record.CASE),
    "handover.shown": ("handovers_asked", Record.HANDOVER),
    "handover.change_asked": ("handovers", Record.HANDOVER),
    "guardian_list.asked": ("my_lists", Record.GUARDIAN_INVITATION),
    "result.shown": ("my_results", Record.SCALE_PROFILE),
    "round.about_your_child": ("my_lists", Record.OBJECTION),
    "round.about_you": ("my_lists", Record.OBJECTION),
    "consultation.seat_given": ("consultations", Record.CONSULTATION),
}
"""The page that a notice leads to, for who may read such records."""
