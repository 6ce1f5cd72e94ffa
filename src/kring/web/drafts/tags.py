"""{% draft form %}, inside a <form> and before its fields: what its author typed before stands in it again, what is typed is kept, and
who presses twice makes one thing (drafts/once.py)."""

from typing import Any
from uuid import UUID, uuid4

from django import forms, template
from django.utils import timezone
from django.utils.html import format_html

from kring.web.drafts.form_key import KEY, FormKey, key_of, read, signed, typed_before
from kring.web.drafts.models import Draft
from kring.web.drafts.once import FIELD
from kring.web.drafts.queries import draft_at
from kring.web.drafts.seal import ask_for_half, half_of, unlocked
from kring.web.schools.models import Membership

register = template.Library()


@register.simple_tag
def once() -> str:
    """In a form that keeps no drafts: no more than the number."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, uuid4().hex)


@register.inclusion_tag("drafts/in_form.html", takes_context=True)
def draft(context: template.Context, form: object) -> dict[str, Any]:
    """Nothing outside a hat, and nothing to keep in a form without a field that is worth it; a number anew for every form that is shown."""
    request: Any = context.get("request")
    actor: Membership | None = getattr(request, "actor", None)
    if actor is None or not isinstance(form, forms.BaseForm):
        return {}
    once = uuid4().hex
    key = _as_sent(request, actor.pk, form) or key_of(form, author=actor.pk, page=request.get_full_path())
    if key is None:
        return {"once": once}
    if key.sealed:
        ask_for_half(request)
    kept = None if form.is_bound else draft_at(actor, key.place, at=timezone.now())
    typed = _typed(request, key, kept) if kept else None
    if typed:
        form.initial = {**form.initial, **dict(typed_before(form, typed))}
    page = {"actor": actor, "key": signed(key), "names": " ".join(key.names), "kept": kept if typed else None, "sealed": key.sealed}
    return page | {"once": once}


def _as_sent(request: Any, author: UUID, form: forms.BaseForm) -> FormKey | None:
    """A form that comes back with a fault may stand at another address than where it was first shown."""
    key = read(request.POST.get(KEY, "")) if form.is_bound else None
    return key if key and key.author == author else None


def _typed(request: Any, key: FormKey, kept: Draft) -> dict[str, list[str]] | None:
    return unlocked(kept.fields, half_of(request)) if key.sealed else kept.fields
