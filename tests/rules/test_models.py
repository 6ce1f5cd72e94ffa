"""Rules about the models, each with a planted fault that it must find."""

from collections.abc import Collection, Iterable

import pytest
from django.apps import apps
from django.db.models import Field, ForeignKey, Model, UniqueConstraint

from kring.core.access import TABLE, TO_COME, Record
from kring.core.retention import Holding
from kring.web import models as kring
from kring.web.access import WAYS, records_of

OF_A_PERSON = {kring.Look, kring.MailAddress, kring.MailCode, kring.OutgoingMail, kring.PaperCode, kring.Person}
PUBLIC = {kring.Beat, kring.Board, kring.ChoreRun, kring.MadeOnce, kring.Segment} | OF_A_PERSON
"""Not reached through `may`: nothing about a pupil (ids only in the traces); a person sees only their own account."""

FEATURES = [
    *("audit", "accounts", "schools", "files", "jobs", "drafts", "catalogue", "school_years", "tasks", "people", "mail"),
    *("photos", "classroom", "talk_requests", "safety"),
    *("consents", "cases"),
    *("consultations", "instruments", "choice_policies", "surveys", "sociograms", "external_results", "answering", "results"),
    *("school_results", "compositions"),
    *("signals", "concerns", "reporting_code", "support_needs", "absences", "newcomers"),
    *("gatherings", "trainings", "cards"),
    *("understanding", "plans", "behaviour", "check_ins", "arrangements", "expert_requests", "attention", "partnership", "quality"),
    *(
        "timeline",
        "roster",
        "reports",
        "exchange",
        "api",
        "year_change",
        "corrections",
        "oversight",
        "portal",
        "setting_up",
        "demo",
        "home",
    ),
]


def ours() -> list[type[Model]]:
    return list(apps.get_app_config("kring").get_models())


def keys_that_point_up(models: Iterable[type[Model]], features: list[str]) -> list[str]:
    def floor(model: type[Model]) -> int:
        return features.index(model.__module__.split(".")[2])

    return [
        f"{model.__name__}.{field.name}"
        for model in models
        for field in model._meta.local_fields
        if isinstance(field, ForeignKey)
        and field.related_model.__module__.startswith("kring.web")
        and floor(field.related_model) > floor(model)
    ]


def bears_a_pupil(model: type[Model]) -> bool:
    named = any(field.related_model is kring.Pupil for field in model._meta.local_fields)
    return model is kring.Pupil or named or bool(model in WAYS and WAYS[model].pupil)


def fields_without_holding(models: Iterable[type[Model]]) -> list[str]:
    return [
        f"{model.__name__}.{field.name}"
        for model in models
        if bears_a_pupil(model)
        for field in own_fields(model)
        if not isinstance(getattr(model, "holdings", {}).get(field.name), Holding)
    ]


def own_fields(model: type[Model]) -> list["Field[object, object]"]:
    return [field for field in model._meta.local_fields if field.name not in {"id", "school"}]


def uniqueness_that_looks_over_the_wall(models: Iterable[type[Model]]) -> list[str]:
    """A duplicate error must not tell that another school has such a row."""
    return [
        constraint.name
        for model in models
        if any(field.name == "school" for field in model._meta.fields)
        for constraint in model._meta.constraints
        if isinstance(constraint, UniqueConstraint) and first_part(constraint) != "school"
    ] + [
        f"{model.__name__}.{field.name}"
        for model in models
        for field in model._meta.local_fields
        if field.unique and not field.primary_key and hasattr(model, "school") and not belongs_to_its_own(field)
    ]


def belongs_to_its_own(field: "Field[object, object]") -> bool:
    """One-to-one with a row of the same school: nothing to tell about another."""
    return isinstance(field, ForeignKey) and hasattr(field.related_model, "school")


def first_part(constraint: UniqueConstraint) -> str:
    first = (*constraint.fields, *(constraint.expressions or ()))[0]
    return str(first).removeprefix("F(").removesuffix(")")


def open_to_all(models: Iterable[type[Model]], guarded: Collection[type[Model]]) -> set[type[Model]]:
    return {model for model in models if model not in guarded}


def test_every_model_is_guarded_or_public() -> None:
    assert open_to_all(ours(), WAYS) == PUBLIC


def test_a_model_that_is_not_guarded_is_found() -> None:
    assert open_to_all(ours(), set(WAYS) - {kring.Pupil}) == PUBLIC | {kring.Pupil}


def test_every_guarded_model_is_a_record_and_the_other_way_round() -> None:
    assert {record for model in WAYS for record in records_of(model)} == set(Record) - TO_COME


def test_every_record_stands_in_the_table() -> None:
    assert {record for _, record, _ in TABLE} == set(Record)


def test_no_key_points_up() -> None:
    assert keys_that_point_up(ours(), FEATURES) == []


def test_a_key_that_points_up_is_found() -> None:
    upside_down = list(reversed(FEATURES))
    assert "Round.year" in keys_that_point_up([kring.Round], upside_down)


def test_every_field_that_bears_a_pupil_says_why_how_long_and_who() -> None:
    assert fields_without_holding(ours()) == []


def test_a_field_without_purpose_is_found() -> None:
    kept = dict(kring.Pupil.holdings)
    try:
        kring.Pupil.holdings = {name: holding for name, holding in kept.items() if name != "family_name"}
        assert fields_without_holding(ours()) == ["Pupil.family_name"]
    finally:
        kring.Pupil.holdings = kept


def test_no_uniqueness_looks_over_the_wall() -> None:
    assert uniqueness_that_looks_over_the_wall(ours()) == []


def test_a_uniqueness_that_looks_over_the_wall_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kring.Pupil._meta, "constraints", [UniqueConstraint("admin_key", name="pupil_once")])
    monkeypatch.setitem(vars(kring.Pupil._meta.get_field("admin_key")), "unique", True)  # noqa: FBT003 (Django remembers it there)
    assert uniqueness_that_looks_over_the_wall([kring.Pupil]) == ["pupil_once", "Pupil.admin_key"]
