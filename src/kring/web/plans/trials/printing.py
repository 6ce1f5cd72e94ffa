"""A plan of one pupil on paper: what plays a part, the goal, the graph with its figures, what was done and decided. For the team alone."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from kring.core.both_sides import Side
from kring.documents.plan import PlanPaper, PlanPart
from kring.web.days import spoken_day, spoken_full_day, spoken_number
from kring.web.plans.models import Evaluation, Plan, Point
from kring.web.plans.trials.both_sides import lines_of
from kring.web.plans.trials.measured import GoalSheet
from kring.web.plans.trials.queries import Sheet, StepLog
from kring.web.schools.models import School
from kring.web.templatetags.plans import because, outcome, where


def paper_of(sheet: Sheet, school: School, *, on: date) -> PlanPaper:
    """On one page, unless much was measured and decided."""
    plan = sheet.plan
    days = [spoken_full_day(one) for one in (plan.starts_on, plan.ends_on) if one]
    facts = (str(plan.pupil), f"{plan.get_kind_display()}, {plan.get_state_display()}", " – ".join(days))
    parts = [*_sides(plan), *(part for one in sheet.goals for part in _goal(one)), _log(sheet.log), *_decided(sheet.evaluations)]
    foot = _("Voor wie met deze leerling werkt. Vernietig dit papier als u het niet meer nodig hebt.")
    return PlanPaper(plan.title, school.name, facts, tuple(parts), on, foot)


def _sides(plan: Plan) -> Iterator[PlanPart]:
    """The lines of the plan itself; what was written elsewhere is read there."""
    lines = lines_of(plan.parts)
    if any(lines.values()):
        pairs = ((_("Bij de leerling"), lines[Side.PUPIL]), (_("In de klas, de school of thuis"), lines[Side.SURROUNDINGS]))
        yield PlanPart(_("Wat speelt mee?"), (), (), pairs, is_main=True)


def _goal(one: GoalSheet) -> Iterator[PlanPart]:
    goal = one.goal
    levels = "; ".join(words for _level, words in one.levels)
    own = f"“{goal.own_words}”" if goal.own_words else ""
    if own and goal.own_words_by_text:
        own = _("%(words)s (opgeschreven door %(who)s)") % {"words": own, "who": goal.own_words_by_text}
    pairs = ((_("De leerling zegt"), own), (_("Wat wij meten"), goal.measure), (_("Vijf niveaus, van min naar meer"), levels))
    yield PlanPart(_("Het doel"), (goal.text,), (), pairs, is_main=True)
    if one.chart:
        yield PlanPart(_("Zo gaat het"), (one.chart.description,), (), (), is_main=True, chart=one.chart, grid=_figures(one))
    else:
        yield PlanPart(_("Zo gaat het"), (_("Er is nog niets gemeten."),), is_main=True)


def _figures(one: GoalSheet) -> tuple[tuple[str, ...], ...]:
    """Phase by phase, every measurement with its day."""
    head = (_("Wanneer"), _("Metingen"), _("Wie keek"))
    rows = []
    for phase in Point.Phase:
        points = [point for point in one.points if point.phase == phase]
        if points:
            values = "; ".join(f"{spoken_day(point.on)}: {spoken_number(point.value)}" for point in points)
            rows.append((str(phase.label), values, ", ".join(dict.fromkeys(point.observer for point in points if point.observer))))
    return (head, *rows)


def _log(log: tuple[StepLog, ...]) -> PlanPart:
    return PlanPart(_("Wat wij doen"), tuple(map(_step, log)) or (_("Nog niets opgeschreven."),), is_main=True)


def _step(one: StepLog) -> str:
    said = {"what": one.step.text, "who": one.step.executor, "where": where(one.step.where)}
    told = _("%(what)s (%(who)s, %(where)s)") % said
    if not one.planned:
        return told
    done = _("%(held)s keer gedaan van de %(planned)s keer dat het kon.") % {"held": one.held, "planned": one.planned}
    return f"{told}. {done}"


def _decided(found: tuple[Evaluation, ...]) -> Iterator[PlanPart]:
    if not found:
        yield PlanPart(_("Wat wij besloten"), (_("Er is nog niets besloten."),), is_main=True)
        return
    yield PlanPart(_("Wat wij besloten"), is_main=True)
    for one in found:
        who = _("%(who)s, %(day)s") % {"who": one.evaluated_by.person, "day": spoken_full_day(one.evaluated_at)}
        pairs = (
            (_("Uitvoering"), one.carried_out),
            (_("Effect"), one.effect or _("niet te beoordelen")),
            (_("De leerling"), one.pupil_words),
            (_("De ouders"), one.guardians_words),
            (_("Voorstel van Kring"), f"{outcome(one.proposal['outcome'])}. {because(one.proposal['rule'])}"),
            (_("Waarom wij dit besloten"), one.reason),
            (_("Wij kijken opnieuw op"), spoken_full_day(one.next_on) if one.next_on else ""),
        )
        yield PlanPart(outcome(one.decision), (), (who,), pairs)
