"""The words of the region: the editions of a school, and the packs that it may begin from."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from kring.core.access import Verb
from kring.core.region import Layer, RequestField, Terms, Word, edition_on
from kring.core.school_types import SECONDARY, SPECIAL, SchoolType
from kring.library import Pack, packs
from kring.web.access import may
from kring.web.school_years.models import RegionalTerms
from kring.web.schools.models import Membership, School


def editions(actor: Membership) -> list[RegionalTerms]:
    """In the order in which they were made."""
    return list(may(actor, RegionalTerms, Verb.READ).order_by("made_at", "pk"))


def terms_of(school: School, *, on: date) -> Terms:
    """What holds on this day: the edition of the school, otherwise the words that Kring itself uses."""
    row = edition_on(RegionalTerms.objects.filter(school=school).order_by("made_at", "pk"), on)
    return as_terms(row.terms) if row is not None else usual_terms(SchoolType(school.type))


def usual_terms(school_type: SchoolType) -> Terms:
    """Before a region said otherwise. A school for special education heals as well as teaches, with the partners in its chain."""
    if school_type in SPECIAL:
        return Terms(usual_words(school_type), _special_layers())
    heavier = _("Voortgezet speciaal onderwijs") if school_type in SECONDARY else _("Speciaal (basis)onderwijs")
    layers = (
        Layer(_("Basisondersteuning"), _("Wat de school zelf doet.")),
        Layer(_("Extra ondersteuning"), _("Hulp met een eigen doel, met het samenwerkingsverband.")),
        Layer(heavier, _("Een plaats op een andere school.")),
    )
    return Terms(usual_words(school_type), layers)


def _special_layers() -> tuple[Layer, ...]:
    return (
        Layer(_("Aanbod voor alle leerlingen"), _("Elke leerling heeft hier een ontwikkelingsperspectief.")),
        Layer(_("Curatieve ondersteuning"), _("Behandeling of begeleiding op school, naast de les.")),
        Layer(_("Samen met ketenpartners"), _("Met jeugdhulp, jeugd-ggz, jeugdgezondheidszorg, de gemeente of een revalidatiecentrum.")),
    )


def usual_words(school_type: SchoolType) -> dict[Word, str]:
    """What Kring calls it."""
    return {
        Word.COORDINATOR: _("ondersteuningscoördinator") if school_type in SECONDARY else _("intern begeleider"),
        Word.SUPPORT_TEAM: _("ondersteuningsteam"),
        Word.SUPPORT_PLAN: _("ontwikkelingsperspectief"),
        Word.REQUEST: _("aanvraag"),
        Word.ADVISER: _("adviseur van het samenwerkingsverband"),
    }


def as_terms(written: Mapping[str, Any]) -> Terms:
    """From the row."""
    return Terms(
        {Word(key): text for key, text in written["words"].items()},
        tuple(Layer(**layer) for layer in written["layers"]),
        tuple(RequestField(**asked) for asked in written["request_fields"]),
        written["procedure"],
    )


def written(terms: Terms) -> dict[str, Any]:
    """As it stands in the row."""
    return {
        "words": {word.value: text for word, text in terms.words.items()},
        "layers": [asdict(layer) for layer in terms.layers],
        "request_fields": [asdict(asked) for asked in terms.request_fields],
        "procedure": terms.procedure,
    }


def packs_for(school: School, *, on: date) -> list[Pack]:
    """The newest pack of each partnership for this type of school that holds on this day; of its own municipality first."""
    newest = {pack.key: pack for pack in packs() if SchoolType(school.type) in pack.school_types and pack.holds_on(on)}
    return sorted(newest.values(), key=lambda pack: (school.municipality not in pack.municipalities, pack.name))


def packs_at(municipality: str, school_type: SchoolType, *, on: date) -> list[Pack]:
    """The packs that hold where a pupil lives, which need not be where the school is."""
    found = {pack.key: pack for pack in packs() if pack.holds_on(on) and school_type in pack.school_types}
    return [pack for pack in found.values() if municipality.casefold() in {one.casefold() for one in pack.municipalities}]
