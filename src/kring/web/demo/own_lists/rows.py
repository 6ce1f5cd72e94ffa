"""At De Beuk: a list about the playground that was released and is being corrected, and one that was just begun."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from kring.core.instruments import Competence, Family, Option, ScaledItem, Season
from kring.core.sketches import Sketch, SketchedItem, SketchedScale, with_item
from kring.library import fingerprint, read_entry, written_entry
from kring.library.sketch_file import written_sketch
from kring.web.instruments.models import OwnInstrument
from kring.web.schools.models import School

Key = Callable[..., UUID]
OFTEN = (Option(1, "nooit"), Option(2, "soms"), Option(3, "vaak"), Option(4, "altijd"))
PLAYGROUND = (
    "Ik vind het leuk op het plein.",
    "Ik heb iemand om mee te spelen.",
    "Ik sta alleen op het plein.",
    "Iemand helpt mij als er ruzie is.",
)
JUST_BEGUN = ("Ik weet waar alles is.", "Ik vind het niet leuk dat niemand mij kent.", "De juf helpt mij en luistert naar mij.")


def write_own_lists(school: School, *, key: Key, now: datetime) -> None:
    """Nothing at the other schools."""
    if school.name != "De Beuk":
        return
    first = _playground(now)
    source = written_entry(read_entry(written_sketch(first), source=first.title))
    told: dict[str, Any] = {"source": source, "fingerprint": fingerprint(source.encode()), "released_at": now - timedelta(days=40)}
    OwnInstrument.objects.create(id=key("own list", "1"), school=school, key=first.key, version=1, title=first.title, **told)
    better = replace(with_item(first, SketchedItem(key="v3", text="Ik ben alleen op het plein."), scale="plein", reverse=True), version=2)
    begun = _sketch("eigen-nieuw-op-school", "Nieuw op school", JUST_BEGUN, now)
    for number, draft in enumerate((better, begun), start=2):
        OwnInstrument.objects.create(
            id=key("own list", str(number)),
            school=school,
            key=draft.key,
            version=draft.version,
            title=draft.title,
            source=written_sketch(draft),
        )


def _sketch(key: str, title: str, texts: tuple[str, ...], now: datetime) -> Sketch:
    note = "Deze vragenlijst is door De Beuk gemaakt en is niet genormeerd. Gebruik de uitslag om in gesprek te gaan."
    items = tuple(SketchedItem(key=f"v{number}", text=text) for number, text in enumerate(texts, start=1))
    begun = Sketch(key=key, title=title, options=OFTEN, items=items, attribution="De Beuk", validity_note=note, year_levels=(5, 8))
    return replace(begun, verified_on=now.date().isoformat(), may_redistribute_text=False)


def _playground(now: datetime) -> Sketch:
    scale = SketchedScale(
        key="plein",
        title="Fijn op het plein",
        family=Family.SOCIAL,
        items=tuple(ScaledItem(f"v{number}", -1 if number == 3 else 1) for number in range(1, len(PLAYGROUND) + 1)),
        competences=(Competence.RELATIONSHIPS,),
        meaning="Hoe fijn een kind het buiten heeft.",
    )
    return replace(
        _sketch("eigen-op-ons-plein", "Op ons plein", PLAYGROUND, now),
        scales=(scale,),
        minutes=2,
        seasons=(Season.SPRING,),
        promise="Je juf of meester leest wat je antwoordt, en ook de intern begeleider. Andere kinderen zien het niet.",
        licence="eigen tekst",
        licence_source="geschreven door het zorgteam",
    )
