"""The first migration makes each table at once, after those to which it has a key."""

from importlib import import_module

from django.db import models
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel, RunSQL
from django.db.migrations.operations.base import Operation

from kring.web.management.commands.makemigrations import whole_tables

FIRST = import_module("kring.web.migrations.0001_initial").Migration


def test_the_first_migration_is_made_of_whole_tables() -> None:
    assert {type(one) for one in FIRST.operations} == {CreateModel}


def test_what_is_added_to_a_table_goes_into_it() -> None:
    number = models.IntegerField()
    index, whole = models.Index(fields=["n"], name="by_n"), models.UniqueConstraint("n", name="n_once")
    operations: list[Operation] = [
        CreateModel("Answer", [("id", models.AutoField(primary_key=True))]),
        CreateModel("Question", [("id", models.AutoField(primary_key=True))]),
        AddField("answer", "question", models.ForeignKey("kring.Question", models.CASCADE)),
        AddField("answer", "n", number),
        AddIndex("answer", index),
        AddConstraint("answer", whole),
    ]
    question, answer = whole_tables(operations)
    assert isinstance(question, CreateModel)
    assert isinstance(answer, CreateModel)
    assert (question.name, answer.name, [name for name, _ in answer.fields]) == ("Question", "Answer", ["id", "question", "n"])
    assert answer.options == {"indexes": [index], "constraints": [whole]}


def test_what_it_does_not_know_it_leaves_alone() -> None:
    operations: list[Operation] = [RunSQL("select 1"), CreateModel("Answer", [("id", models.AutoField(primary_key=True))])]
    assert whole_tables(operations) == operations
