"""What each task of Kring says, and the page that it leads to. Names are filled in when the owner may see them."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kring.core.access import Record

WORDS: Mapping[str, Promise] = {
    "worry.answer": _("Antwoord een leerling die zich zorgen maakt over een vriend of vriendin."),
    "newcomer.buddy": _("Zoek een klasgenoot die met %(pupil)s meeloopt, en vraag het aan allebei."),
    "newcomer.colleagues": _("Vraag collega’s om mee te kijken hoe %(pupil)s het heeft in %(group)s."),
    "newcomer.guardians": _("Vraag thuis bij %(pupil)s hoe het gaat op de nieuwe school."),
    "newcomer.talk": _("Praat met %(pupil)s over de eerste weken in %(group)s."),
    "absence.step": _("Zet de volgende stap na het verzuim van %(pupil)s."),
    "absence.look": _("Kijk het verzuim van %(pupil)s na in het verzuimregister. Er is een grens van uw school bereikt."),
    "round.close_due": _("Sluit de afname “%(title)s” af: alles is binnen, of de tijd is om."),
    "round.lists_missing": _("Zorg dat de lijsten van “%(title)s” binnenkomen in %(group)s."),
    "draft.fading": _("Maak af wat u aan het typen was. Daarna is het weg."),
    "consent.expiring": _("De toestemming over %(pupil)s loopt bijna af. Vraag opnieuw om toestemming als u die nog nodig hebt."),
    "case.close_due": _("De casus van %(pupil)s sluit bijna. Kijk of alles klaar is."),
    "pupil.turning_16": _("%(pupil)s wordt 16 en beslist dan zelf wie er meeleest. Vertel het op tijd, ook aan de ouders."),
    "pupil.turning_18": _("%(pupil)s wordt 18. Daarna hoeven de ouders niet meer in te stemmen met een plan."),
    "handover.due": _("Schrijf de warme overdracht van %(group)s voor de volgende leerkracht."),
    "talk.wanted": _("%(pupil)s wil met u praten."),
    "talk.report_due": _("Schrijf het verslag van het gesprek over %(pupil)s."),
    "agreement.keep": _("Kom een afspraak na uit het gesprek over %(pupil)s."),
    "review.decided": _("Doe wat in de groepsbespreking over %(pupil)s is besloten."),
    "trusted_adult.asked": _("Zeg of u er voor %(pupil)s wilt zijn als vertrouwde volwassene."),
    "late_answers.waiting": _("Kijk naar de antwoorden die te laat kwamen bij “%(title)s”. Twee weken na het sluiten gaan ze weg."),
    "staff_list.fill_in": _("Lees en vul de lijst van het team in."),
    "objection.answers_there": _("%(pupil)s doet niet meer mee aan een lijst die al was ingevuld. Praat thuis over die antwoorden."),
    "bullying.talk": _("Praat met %(pupil)s: dit kind zegt dat het elke week of vaker gepest wordt."),
    "bullying.talk_late": _(
        "Een gesprek over pesten wacht langer dan twee schooldagen. Vraag de coördinator sociale veiligheid hoe het staat."
    ),
    "choice_policy.follow_up_gone": _("Wijs iemand aan die gevoelige vragen opvolgt. Tot dan opent Kring zo’n lijst niet."),
    "signal.answer": _("Beantwoord een signaal over %(pupil)s: doen, aankijken of verklaren."),
    "signal.unanswered": _("Een signaal over %(pupil)s wacht langer dan tien schooldagen. Vraag het team, of beantwoord het zelf."),
    "signal.to_tie": _("Er kwam een signaal binnen. Zoek op over wie het gaat."),
    "signal.talk": _("Praat met %(pupil)s en met de ouders over uw zorg. Wacht niet tot het volgende gesprek."),
    "signal.talk_late": _("Over %(pupil)s is een zorg, maar niemand meldde nog een gesprek met kind en ouders. Vraag hoe het staat."),
    "signal.still_there": _("Kijk of het er nog is bij %(pupil)s: dit signaal is zes weken oud."),
    "understanding.observe": _("Kijk mee in %(group)s en vertel uw collega wat u ziet of eerder zag."),
    "factor.review": _("Kijk of nog klopt wat %(pupil)s beschermt of kwetsbaar maakt. Anders gaat het weg."),
    "trial.decide": _("Kijk samen of het plan van %(pupil)s hielp, en besluit hoe het verder gaat."),
    "expert_request.unanswered": _("Een vraag over %(pupil)s aan een deskundige heeft nog geen antwoord. Bel of vraag het opnieuw."),
    "consultation.outcome_due": _("Rond uw consult zonder naam af: wat leverde het op, en wat doet u nu?"),
    "arrangement.result_due": _("Schrijf op wat het arrangement van %(pupil)s opleverde."),
    "opp.adopt": _("Stel het OPP van %(pupil)s op tijd vast: dat moet binnen zes weken."),
    "opp.review": _("Evalueer het OPP van %(pupil)s: dat moet elk schooljaar, met de leerling en de ouders."),
    "opp.check": _("Kijk tussendoor of het OPP van %(pupil)s werkt."),
    "role.proposal_waits": _("Een voorstel voor een rol wacht al een week op een akkoord."),
    "group_plan.evaluate": _("Evalueer het groepsplan van %(group)s: wat is er gedaan, en hielp het?"),
    "plan.step": _("Doe wat u op u nam in het activiteitenplan van %(group)s."),
}
SOMETHING = _("Er staat iets voor u klaar.")
A_PUPIL = _("een leerling")
A_GROUP = _("een groep")
A_ROUND = _("een afname die er niet meer is")

LEADS_TO: Mapping[str, tuple[str, Record]] = {
    "worry.answer": ("worry", Record.PEER_CONCERN),
    "newcomer.buddy": ("newcomer", Record.NEWCOMER_WATCH),
    "newcomer.colleagues": ("newcomer", Record.NEWCOMER_WATCH),
    "newcomer.guardians": ("newcomer", Record.NEWCOMER_WATCH),
    "newcomer.talk": ("newcomer", Record.NEWCOMER_WATCH),
    "absence.step": ("absence_step", Record.ABSENCE_STEP),
    "absence.look": ("absence_prompt", Record.ABSENCE_PROMPT),
    "round.close_due": ("round", Record.ROUND),
    "round.lists_missing": ("round", Record.ROUND),
    "consent.expiring": ("consent_request", Record.CONSENT_REQUEST),
    "case.close_due": ("case", Record.CASE),
    "pupil.turning_16": ("pupil", Record.PUPIL),
    "pupil.turning_18": ("pupil", Record.PUPIL),
    "handover.due": ("handovers", Record.HANDOVER),
    "talk.wanted": ("talk_request", Record.TALK_REQUEST),
    "talk.report_due": ("gathering", Record.GATHERING),
    "agreement.keep": ("agreement", Record.AGREEMENT),
    "review.decided": ("review_pupil", Record.DISCUSSED_PUPIL),
    "trusted_adult.asked": ("trusted_adult_answer", Record.TRUSTED_ADULT),
    "late_answers.waiting": ("round_late", Record.ROUND),
    "staff_list.fill_in": ("staff_list", Record.STAFF_INVITATION),
    "objection.answers_there": ("objection", Record.OBJECTION),
    "bullying.talk": ("bullying_talk", Record.BULLYING_REPORT),
    "choice_policy.follow_up_gone": ("choice_policies", Record.CHOICE_POLICY),
    **dict.fromkeys(
        ("signal.answer", "signal.unanswered", "signal.to_tie", "signal.talk", "signal.talk_late", "signal.still_there"),
        ("signal", Record.SIGNAL),
    ),
    "understanding.observe": ("understanding", Record.UNDERSTANDING),
    "factor.review": ("factor", Record.FACTOR),
    "trial.decide": ("trial", Record.INTERVENTION),
    "expert_request.unanswered": ("expert_request", Record.EXPERT_REQUEST),
    "consultation.outcome_due": ("consultation", Record.CONSULTATION),
    "arrangement.result_due": ("arrangement", Record.ARRANGEMENT),
    "opp.adopt": ("development_plan", Record.PLAN_DRAFT),
    "opp.review": ("development_plan", Record.PLAN),
    "opp.check": ("development_plan", Record.PLAN),
    "role.proposal_waits": ("people", Record.MEMBERSHIP),
    "group_plan.evaluate": ("group_plan", Record.GROUP_PLAN),
    "plan.step": ("plan_step", Record.GROUP_PLAN),
}
"""The page that a task leads to, for who may read such records."""

WITHOUT_KEY = frozenset({"handovers", "people", "choice_policies"})
"""Pages that are about no single record."""

OWN = "task.own"
"""The kind of a task in one's own words."""
