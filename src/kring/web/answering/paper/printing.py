"""What stands on the sheets of a list."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from kring.core.choice_sheets import heard_by_adult
from kring.core.fast_entry import REASONS, keys_of
from kring.core.instruments import Instrument, Item, NoAnswer
from kring.documents.answer_sheets import AnswerSheets, Overview, PrintedItem, Sheet
from kring.documents.choice_sheets import ChoiceSheet, ChoiceSheets, PrintedChoice
from kring.web.answering.paper.queries import NumberedNames, SheetLine, ever_listed, numbered
from kring.web.schools.models import Group, Membership
from kring.web.schools.naming import group_label
from kring.web.sociograms.collecting.queries import names_on_list
from kring.web.surveys.models import Round


def sheets(actor: Membership, round: Round, group: Group, found: Sequence[SheetLine], *, on: date) -> AnswerSheets:
    """A sheet for each of these; of a list without names as many that are all the same."""
    offered = round.offered
    whose = [Sheet() if offered.anonymous else Sheet(one.name, one.about, one.number) for one in found]
    return AnswerSheets(
        title=offered.title,
        school=actor.school.name,
        group=group_label(group, actor.school),
        introduction=offered.introduction,
        promise=offered.promise,
        reader=_reader(round),
        items=tuple(_item(item) for item in offered.items),
        reasons=tuple(f"{REASONS[reason]} = {_no_answer(reason)}" for reason in offered.reasons),
        sheets=tuple(whose),
        made_on=on,
        list_language=offered.language,
    )


def choice_sheets(actor: Membership, round: Round, group: Group, found: Sequence[SheetLine], *, on: date) -> ChoiceSheets:
    """A sheet with all names for each of these; only the questions that a grown-up may read the answer to."""
    offered, listed, names = round.offered, ever_listed(round, group), names_on_list(round.pk, group.pk)
    return ChoiceSheets(
        title=offered.title,
        school=actor.school.name,
        group=group_label(group, actor.school),
        introduction=offered.introduction,
        promise=offered.promise,
        reader=_("Iemand van school typt dit blad over en leest dan wie je kiest."),
        questions=tuple(PrintedChoice(one.text, one.limit) for one in heard_by_adult(offered)),
        sheets=tuple(_choice_sheet(one, numbered(one.asked.pk, listed, names)) for one in found),
        made_on=on,
        list_language=offered.language,
    )


def _choice_sheet(line: SheetLine, found: NumberedNames) -> ChoiceSheet:
    return ChoiceSheet(line.name, line.number, tuple((str(number), name) for number, name in found.names.items()))


def overview(actor: Membership, round: Round, group: Group, names: Sequence[str], *, on: date) -> Overview:
    """The items that have an answer of one sign."""
    offered: Instrument = round.offered
    return Overview(
        title=round.title,
        school=actor.school.name,
        group=group_label(group, actor.school),
        introduction=offered.introduction,
        items=tuple(_item(item) for item in offered.coded),
        names=tuple(names),
        made_on=on,
        list_language=offered.language,
    )


def _reader(round: Round) -> str:
    """On paper somebody always reads it: whoever types it in."""
    if round.offered.anonymous:
        return _("Iemand van school typt dit blad over. Er staat geen naam op, en de bladen liggen door elkaar.")
    if round.asks == Round.Asks.GUARDIANS:
        return _("Een medewerker van de school typt dit blad over en leest dan wat u invulde.")
    return _("Iemand van school typt dit blad over en leest dan wat je invulde. Ook wat je zelf schrijft.")


def _no_answer(reason: NoAnswer) -> str:
    return _("weet ik niet") if reason is NoAnswer.DONT_KNOW else _("niet van toepassing")


def _item(item: Item) -> PrintedItem:
    keys = keys_of(item)
    answers = tuple((keys[option.code], option.label) for option in item.options if option.code in keys)
    return PrintedItem(item.text, answers, (item.low, item.high) if item.options and not answers else None)
