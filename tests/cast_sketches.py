"""Small lists that somebody is writing, for tests."""

from dataclasses import replace

from kring.core.instruments import Competence, Family, Option, ScaledItem
from kring.core.sketches import Sketch, SketchedItem, SketchedScale

OPTIONS = (Option(1, "nooit"), Option(2, "soms"), Option(3, "vaak"), Option(4, "altijd"))


def ready_sketch(title: str = "Onze lijst") -> Sketch:
    """Two items in one scale, with everything that a release asks."""
    wellbeing = SketchedScale(
        key="wellbeing",
        title="Fijn op school",
        family=Family.WELLBEING,
        items=(ScaledItem("w1", 1), ScaledItem("w2", -1)),
        competences=(Competence.SELF_AWARENESS,),
    )
    told = Sketch(key="eigen-onze-lijst", title=title, promise="Je juf leest wat je antwoordt.", minutes=3, year_levels=(5, 8))
    rights = replace(told, licence="eigen tekst", licence_source="zelf geschreven", attribution="De Beuk", verified_on="2025-09-01")
    items = (SketchedItem(key="w1", text="Ik ga graag naar school."), SketchedItem(key="w2", text="Ik voel me alleen."))
    return replace(rights, may_redistribute_text=False, validity_note="Niet genormeerd.", options=OPTIONS, items=items, scales=(wellbeing,))
