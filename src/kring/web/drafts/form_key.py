"""The signed key of a form that was really shown: by whom, where it stands, and which of its fields may be kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.core.signing import BadSignature, Signer

KEY = "draft"
LONGEST_PLACE = 300
NEVER_KEPT = {"password", "file"}
SECRET = {"off", "one-time-code", "current-password", "new-password"}


@dataclass(frozen=True, slots=True)
class FormKey:
    """One form on one page under one hat."""

    author: UUID
    place: str  # the address of the page, and after # which form of that page
    names: tuple[str, ...]
    sealed: bool = False  # kept locked: a form that says so of itself

    @property
    def page(self) -> str:
        """The address at which the form is shown."""
        return self.place.partition("#")[0]


def signed(key: FormKey) -> str:
    """The key as it stands in the form; without a moment in it, so that the same form has the same key."""
    return _signer().sign_object([str(key.author), key.place, key.sealed, *key.names], compress=True)


def read(text: str) -> FormKey | None:
    """The key, when it is one of ours."""
    try:
        author, place, sealed, *names = _signer().unsign_object(text)
    except (BadSignature, ValueError):
        return None
    return FormKey(UUID(author), place, tuple(names), sealed=bool(sealed))


def _signer() -> Signer:
    return Signer(salt="kring.draft")


def key_of(form: forms.BaseForm, *, author: UUID, page: str) -> FormKey | None:
    """None when the form has nothing that is worth keeping, or stands at an address too long to remember."""
    kept = [field for field in form if _may_be_kept(field.field)]
    place = f"{page}#{type(form).__name__}{'.' if form.prefix else ''}{form.prefix or ''}"
    if len(place) > LONGEST_PLACE or all(field.is_hidden for field in kept):
        return None
    return FormKey(author, place, tuple(field.html_name for field in kept), sealed=getattr(form, "sealed", False))


def _may_be_kept(field: forms.Field) -> bool:
    """No password, no code, no file; a hidden field goes along, so that a version still says what the text was written over."""
    widget = field.widget
    secret = getattr(widget, "input_type", "") in NEVER_KEPT or widget.attrs.get("autocomplete") in SECRET
    return not (secret or field.disabled or isinstance(field, forms.FileField) or isinstance(widget, forms.MultiWidget))


def typed_before(form: forms.BaseForm, fields: dict[str, list[str]]) -> Iterator[tuple[str, object]]:
    """By the names that the form itself uses, what was typed; a box that was not ticked sends nothing."""
    for name, field in form.fields.items():
        given = fields.get(form.add_prefix(name), [])
        if not _may_be_kept(field):
            continue
        if getattr(field.widget, "allow_multiple_selected", False):
            yield name, given
        elif isinstance(field.widget, forms.CheckboxInput):
            yield name, bool(given)
        elif given:
            yield name, given[-1]
