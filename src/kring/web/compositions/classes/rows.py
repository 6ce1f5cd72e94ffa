"""What is left of a proposal that was taken over."""

from kring.web.compositions.models import ComposedPupil, Composition


def forget_marks(row: Composition) -> None:
    """No label outlives the composition for which it was given: in none of the proposals for that year."""
    proposals = Composition.objects.filter(kind=Composition.Kind.CLASSES, year=row.year_id, school=row.school_id)
    ComposedPupil.objects.filter(composition__in=proposals).exclude(mark="").update(mark="")
    for one in proposals:
        one.asks.pop("most", None)
        one.save(update_fields=["asks"])
