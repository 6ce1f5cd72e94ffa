"""Two people in one form: the moment goes along to the microsecond, and both texts come back in words."""

from datetime import UTC, datetime

import pytest
from django import forms
from django.http import QueryDict

from kring.web.edited import Both, ReadField, both_texts, sent_again

THEN = datetime(2026, 11, 23, 9, 30, 15, 123456, tzinfo=UTC)


class Wish(forms.Form):
    """A text, a choice, several choices."""

    text = forms.CharField(label="Tekst", required=False)
    kind = forms.ChoiceField(label="Soort", choices=[("a", "Appel"), ("b", "Peer")])
    who = forms.MultipleChoiceField(label="Wie", choices=[("n", "Noor"), ("s", "Sem")], required=False)
    read = ReadField()


def sent(query: str) -> Wish:
    return Wish(QueryDict(query))


def test_the_moment_that_was_read_comes_back_as_it_was() -> None:
    assert f'value="{THEN.isoformat()}"' in str(Wish(initial={"read": THEN})["read"])
    again = Wish(sent_again(QueryDict("kind=a&read=oud"), THEN))
    assert again.is_valid()
    assert again.cleaned_data["read"] == THEN


@pytest.mark.parametrize("nonsense", ["", "gisteren", "2026-11-23T09:30:15", "2026-99-99T09:30:15Z"])
def test_a_moment_that_is_none_is_refused(nonsense: str) -> None:
    assert "read" in sent(f"kind=a&read={nonsense}").errors


def test_with_a_prefix_the_field_has_it_too() -> None:
    assert sent_again(QueryDict(""), THEN, prefix="x")["x-read"] == THEN.isoformat()


def test_what_differs_is_said_in_words() -> None:
    form = sent("text=mijn&kind=a&who=n&who=s")
    found = both_texts(form, {"text": "hun", "kind": "b", "who": ["s"]})
    assert found == [Both("Tekst", "mijn", "hun"), Both("Soort", "Appel", "Peer"), Both("Wie", "Noor, Sem", "Sem")]
    assert both_texts(form, {"text": "mijn ", "kind": "a", "who": ["n", "s"]}) == []
    assert both_texts(form, {"text": None})[0].theirs == ""
