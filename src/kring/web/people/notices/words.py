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
    "open_answer.written": _("Een leerling schreef iets in een lijst en liet u dat lezen. Kijk vandaag nog."),
    "worry.told": _("Een leerling vertelt u over een zorg om een vriend of vriendin. Kijk vandaag nog."),
    "worry.went_on": _("Een leerling schreef verder over een zorg om een vriend of vriendin."),
    "worry.answered": _("Er is een antwoord op wat je vertelde."),
    "worry.still_waits": _("Een leerling wacht op uw antwoord. Vandaag is de beloofde dag."),
    "worry.waits_too_long": _("Een leerling wacht langer op een antwoord dan beloofd. Kijk bij welke collega."),
    "worry.handed_on": _(
        "Een zorg van een leerling komt bij u: de collega aan wie die werd verteld, werkt hier niet meer. Kijk vandaag nog."
    ),
    "worry.read_by_another": _("Iemand anders van school leest nu wat je vertelde. Er staat bij waarom."),
    "newcomer.talk_waits": _("Het gesprek met een nieuwe leerling is nog niet gehouden."),
    "support_need.asked": _("Een collega vraagt u als coach."),
    "support_need.answered": _("Uw coach heeft geantwoord."),
    "talk.asked": _("Een leerling wil met u praten. Kijk vandaag nog."),
    "talk.still_waits": _("Een leerling die met u wil praten, wacht nog. Vandaag is de beloofde dag."),
    "talk.waits_too_long": _("Een leerling die wil praten, wacht langer dan beloofd. Kijk bij welke collega."),
    "suspicion.handed_in": _("Er is iets aan u doorgegeven dat niet kan wachten. Lees het vandaag nog."),
    "suspicion.let_in": _("Een collega vraagt u mee te lezen in iets dat niet kan wachten. Lees het vandaag nog."),
    "voice.asked": _("De school wil graag in eigen woorden weten hoe het gaat, en wat zou helpen."),
    "talk_report.shown": _("Het verslag van een gesprek staat klaar om te lezen. U kunt zeggen of het klopt."),
    "talk_report.answered": _("Een ouder of leerling heeft op een verslag gereageerd."),
    "trusted_adult.asked": _("Een leerling wil graag bij u terechtkunnen. Zeg of dat goed is."),
    "expert_request.asked": _("De school stelt u een vraag. Lees haar en zeg of het kan."),
    "expert_request.answered": _("Er is antwoord op een vraag die u aan een deskundige stelde."),
    "expert_request.reported": _("Er is een verslag van een deskundige dat u mag lezen."),
    "share.made": _("In een casus waaraan u meewerkt, is iets gedeeld."),
}

LEADS_TO: Mapping[str, tuple[str, Record]] = {
    "role.proposed": ("people", Record.MEMBERSHIP),
    "voice.asked": ("my_voices", Record.VOICE),
    "role.given": ("people", Record.MEMBERSHIP),
    "talk_report.shown": ("my_reports", Record.TALK_REPORT),
    "talk_report.answered": ("gatherings", Record.GATHERING),
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
    "open_answer.written": ("written_to_me", Record.OPEN_ANSWER),
    "worry.told": ("worries", Record.PEER_CONCERN),
    "worry.went_on": ("worries", Record.PEER_CONCERN),
    "worry.answered": ("my_worries", Record.PEER_CONCERN),
    "worry.still_waits": ("worries", Record.PEER_CONCERN),
    "worry.waits_too_long": ("worries", Record.PEER_CONCERN),
    "worry.handed_on": ("worries", Record.PEER_CONCERN),
    "worry.read_by_another": ("my_worries", Record.PEER_CONCERN),
    "newcomer.talk_waits": ("newcomers", Record.NEWCOMER_WATCH),
    "support_need.asked": ("support_needs", Record.SUPPORT_NEED),
    "support_need.answered": ("support_needs", Record.SUPPORT_NEED),
    "talk.asked": ("talk_requests", Record.TALK_REQUEST),
    "talk.still_waits": ("talk_requests", Record.TALK_REQUEST),
    "talk.waits_too_long": ("talk_requests", Record.TALK_REQUEST),
    "suspicion.handed_in": ("suspicions", Record.REPORTING_CODE_FILE),
    "suspicion.let_in": ("suspicions", Record.REPORTING_CODE_FILE),
    **dict.fromkeys(
        ("expert_request.asked", "expert_request.answered", "expert_request.reported"), ("expert_requests", Record.EXPERT_REQUEST)
    ),
    "share.made": ("cases", Record.CASE),
    "handover.shown": ("handovers_asked", Record.HANDOVER),
    "handover.change_asked": ("handovers", Record.HANDOVER),
    "guardian_list.asked": ("my_lists", Record.GUARDIAN_INVITATION),
    "result.shown": ("my_results", Record.SCALE_PROFILE),
    "round.about_your_child": ("my_lists", Record.OBJECTION),
    "round.about_you": ("my_lists", Record.OBJECTION),
    "consultation.seat_given": ("consultations", Record.CONSULTATION),
    "trusted_adult.asked": ("trusted_adult_answer", Record.TRUSTED_ADULT),
}
"""The page that a notice leads to, for who may read such records."""
WITH_KEY = frozenset({"trusted_adult_answer"})
"""Pages about the one record of the notice; the others are lists."""
