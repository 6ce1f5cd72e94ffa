"""What Django cannot generate: tables that only grow, a table without row order, and the wall between schools.

Before 1.0 there are two migrations: the generated 0001 is made anew when models change, this one is written by hand.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

GROW_ONLY = ("kring_entry", "kring_segment")
# Once released these columns stand still, and the row stays; a draft may change and go.
RELEASED, STANDS_STILL = "kring_owninstrument", "id, school_id, key, version, title, source, fingerprint, released_at, fills"
# The first filling of a team list: closed, and it stays what it was.
BASELINE, NEVER_CHANGES = "kring_round", "school_id, year_id, instrument, version, opens_on, closes_on, closed_at, is_baseline"
# What was said stays as it was said; it goes when the file of the pupil goes.
SAID = (
    *("kring_resultresponse", "kring_signalanswer", "kring_concernmessage", "kring_reportingcodenote", "kring_reportingcodestep"),
    *("kring_planversion", "kring_evaluation", "kring_talkresponse"),
)
FILLINGS = "kring_anonymoussubmission"
# A round in which somebody answered without a name stays a round of that list, in that version: nobody makes names of it afterwards.
PROMISED = "instrument, version"
WITHOUT_ROW_ORDER = ("kring_anonymoussubmission", "kring_anonymoustext")
# What a teacher expects of a sociogram is said before the result: sealed, or once the round is closed, it stays. It may go with a pupil.
PREDICTIONS, PREDICTED = "kring_prediction", "kring_predictedpupil"
WAS_SAID_BEFORE = (
    f"SELECT 1 FROM {PREDICTIONS} p JOIN kring_round r ON r.id = p.round_id"
    " WHERE p.id = {row}.prediction_id AND (p.sealed_at IS NOT NULL OR r.closed_at IS NOT NULL)"
)
# What was counted when a round closed stays as it was counted; only closing it once more counts anew.
SOCIOGRAMS, LISTED = "kring_sociogram", "kring_listedpupil"
COUNTS = ("participation", "skipped", "received", "given", "mutual", "unfavourable")
WAS_COUNTED = f"SELECT 1 FROM {SOCIOGRAMS} s JOIN kring_round r ON r.id = s.round_id WHERE s.id = {{row}} AND s.counted_at >= r.closed_at"
# Read before it is known which school is meant: while no school is open; once one is, only its own rows and those of who asks.
BEFORE_THE_WALL = "kring_membership"
# Found by a secret that somebody brings along, before it is known which school that is of: while no school is open, and by hash only.
FOUND_BY_SECRET = ("kring_listletter", "kring_signinwindow", "kring_signaldoor", "kring_peerconcern")
OPEN_SCHOOLS = "string_to_array(nullif(current_setting('app.schools', true), ''), ',')::uuid[]"
NONE_OPEN = "nullif(current_setting('app.schools', true), '') IS NULL"
WHO_ASKS = "nullif(current_setting('app.person', true), '')::uuid"


def keep_storage(apps: Apps, schema: BaseDatabaseSchemaEditor) -> None:
    tables = walled_tables(apps)
    {"sqlite": on_sqlite, "postgresql": on_postgresql}[schema.connection.vendor](schema, tables)


def walled_tables(apps: Apps) -> list[str]:
    """Every table whose rows belong to a school."""
    models = apps.get_app_config("kring").get_models()
    with_school = [model._meta for model in models if any(field.attname == "school_id" for field in model._meta.fields)]
    return [meta.db_table for meta in with_school]


def on_sqlite(schema: BaseDatabaseSchemaEditor, tables: list[str]) -> None:
    for table in GROW_ONLY:
        for change in ("UPDATE", "DELETE"):
            schema.execute(
                f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table}"
                f" BEGIN SELECT RAISE(ABORT, '{table} only grows'); END"
            )
    for change in (f"UPDATE OF {STANDS_STILL}", "DELETE"):
        schema.execute(
            f"CREATE TRIGGER {RELEASED}_no_{change[:6].lower()} BEFORE {change} ON {RELEASED} WHEN OLD.released_at IS NOT NULL"
            f" BEGIN SELECT RAISE(ABORT, '{RELEASED} only grows once released'); END"
        )
    schema.execute(  # INSERT OR REPLACE deletes without asking a trigger on DELETE
        f"CREATE TRIGGER {RELEASED}_no_replace BEFORE INSERT ON {RELEASED} WHEN EXISTS (SELECT 1 FROM {RELEASED} WHERE released_at"
        " IS NOT NULL AND (id = NEW.id OR (school_id = NEW.school_id AND key = NEW.key AND version = NEW.version)))"
        f" BEGIN SELECT RAISE(ABORT, '{RELEASED} only grows once released'); END"
    )
    for change in (f"UPDATE OF {NEVER_CHANGES}", "DELETE"):
        schema.execute(
            f"CREATE TRIGGER {BASELINE}_no_{change[:6].lower()} BEFORE {change} ON {BASELINE} WHEN OLD.is_baseline"
            f" BEGIN SELECT RAISE(ABORT, '{BASELINE} is the baseline'); END"
        )
    for table in SAID:
        schema.execute(f"CREATE TRIGGER {table}_stays BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{table} stays as it was said'); END")
    schema.execute(
        f"CREATE TRIGGER {BASELINE}_keeps_promise BEFORE UPDATE OF {PROMISED} ON {BASELINE}"
        " WHEN (OLD.instrument <> NEW.instrument OR OLD.version <> NEW.version)"
        f" AND EXISTS (SELECT 1 FROM {FILLINGS} WHERE round_id = OLD.id)"
        f" BEGIN SELECT RAISE(ABORT, '{BASELINE} promised no names'); END"
    )
    schema.execute(
        f"CREATE TRIGGER {PREDICTIONS}_stays BEFORE UPDATE ON {PREDICTIONS} WHEN OLD.sealed_at IS NOT NULL"
        f" BEGIN SELECT RAISE(ABORT, '{PREDICTIONS} stays as it was said'); END"
    )
    for change, row in (("INSERT", "NEW"), ("UPDATE OF prediction_id, expected", "OLD")):
        schema.execute(
            f"CREATE TRIGGER {PREDICTED}_no_{change[:6].lower()} BEFORE {change} ON {PREDICTED}"
            f" WHEN EXISTS ({WAS_SAID_BEFORE.format(row=row)}) BEGIN SELECT RAISE(ABORT, '{PREDICTED} stays as it was said'); END"
        )
    for table, columns, row in ((LISTED, COUNTS, "OLD.sociogram_id"), (SOCIOGRAMS, ("figures", "counted_at"), "OLD.id")):
        differs = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns)
        schema.execute(
            f"CREATE TRIGGER {table}_stays_counted BEFORE UPDATE OF {', '.join(columns)} ON {table}"
            f" WHEN ({differs}) AND EXISTS ({WAS_COUNTED.format(row=row)}) BEGIN SELECT RAISE(ABORT, '{table} stays as it was counted'); END"
        )
    for table in WITHOUT_ROW_ORDER:
        with schema.connection.cursor() as cursor:
            cursor.execute("SELECT type, sql FROM sqlite_master WHERE tbl_name = %s AND sql IS NOT NULL", [table])
            made = cursor.fetchall()
        schema.execute(f"DROP TABLE {table}")
        for kind, sql in sorted(made, key=lambda entry: entry[0] != "table"):
            schema.execute(sql + (" WITHOUT ROWID" if kind == "table" else ""))
    for change, rounds in (("INSERT", "NEW.round_id"), ("UPDATE", "OLD.round_id, NEW.round_id"), ("DELETE", "OLD.round_id")):
        schema.execute(
            f"CREATE TRIGGER {FILLINGS}_no_{change.lower()} BEFORE {change} ON {FILLINGS}"
            f" WHEN EXISTS (SELECT 1 FROM {BASELINE} WHERE id IN ({rounds}) AND is_baseline)"
            f" BEGIN SELECT RAISE(ABORT, '{FILLINGS} is of the baseline'); END"
        )


def on_postgresql(schema: BaseDatabaseSchemaEditor, tables: list[str]) -> None:
    schema.execute(
        "CREATE FUNCTION kring_only_grows() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' only grows'; END $$"
    )
    for table in GROW_ONLY:
        schema.execute(
            f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION kring_only_grows()"
        )
        schema.execute(f"CREATE TRIGGER {table}_is_not_emptied BEFORE TRUNCATE ON {table} EXECUTE FUNCTION kring_only_grows()")
    schema.execute(
        "CREATE FUNCTION kring_was_said() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' stays as it was said'; END $$"
    )
    for table in SAID:
        schema.execute(f"CREATE TRIGGER {table}_stays BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION kring_was_said()")
    schema.execute(
        f"CREATE TRIGGER {PREDICTIONS}_stays BEFORE UPDATE ON {PREDICTIONS} FOR EACH ROW"
        " WHEN (OLD.sealed_at IS NOT NULL) EXECUTE FUNCTION kring_was_said()"
    )
    for change, row in (("INSERT", "NEW"), ("UPDATE OF prediction_id, expected", "OLD")):
        made = f"kring_was_predicted_{change[:6].lower()}"
        schema.execute(
            f"CREATE FUNCTION {made}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" IF EXISTS ({WAS_SAID_BEFORE.format(row=row)})"
            " THEN RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' stays as it was said'; END IF; RETURN NEW; END $$"
        )
        schema.execute(f"CREATE TRIGGER {PREDICTED}_{made} BEFORE {change} ON {PREDICTED} FOR EACH ROW EXECUTE FUNCTION {made}()")
    for table, columns, row in ((LISTED, COUNTS, "OLD.sociogram_id"), (SOCIOGRAMS, ("figures", "counted_at"), "OLD.id")):
        differs = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
        made = f"{table}_was_counted"
        schema.execute(
            f"CREATE FUNCTION {made}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" IF ({differs}) AND EXISTS ({WAS_COUNTED.format(row=row)})"
            " THEN RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' stays as it was counted'; END IF; RETURN NEW; END $$"
        )
        schema.execute(
            f"CREATE TRIGGER {table}_stays_counted BEFORE UPDATE OF {', '.join(columns)} ON {table} FOR EACH ROW EXECUTE FUNCTION {made}()"
        )
    schema.execute(
        "CREATE FUNCTION kring_was_released() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' only grows once released'; END $$"
    )
    schema.execute(
        f"CREATE TRIGGER {RELEASED}_stands_still BEFORE DELETE OR UPDATE OF {STANDS_STILL} ON {RELEASED} FOR EACH ROW"
        " WHEN (OLD.released_at IS NOT NULL) EXECUTE FUNCTION kring_was_released()"
    )
    schema.execute(
        "CREATE FUNCTION kring_is_baseline() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is the baseline'; END $$"
    )
    schema.execute(
        f"CREATE TRIGGER {BASELINE}_stays BEFORE DELETE OR UPDATE OF {NEVER_CHANGES} ON {BASELINE} FOR EACH ROW"
        " WHEN (OLD.is_baseline) EXECUTE FUNCTION kring_is_baseline()"
    )
    schema.execute(
        "CREATE FUNCTION kring_promised_no_names() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " IF (OLD.instrument, OLD.version) IS DISTINCT FROM (NEW.instrument, NEW.version)"
        f" AND EXISTS (SELECT 1 FROM {FILLINGS} WHERE round_id = OLD.id)"
        " THEN RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' promised no names'; END IF; RETURN NEW; END $$"
    )
    schema.execute(
        f"CREATE TRIGGER {BASELINE}_keeps_promise BEFORE UPDATE OF {PROMISED} ON {BASELINE} FOR EACH ROW"
        " EXECUTE FUNCTION kring_promised_no_names()"
    )
    schema.execute(
        "CREATE FUNCTION kring_is_of_baseline() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF EXISTS (SELECT 1 FROM {BASELINE} WHERE id IN (OLD.round_id, NEW.round_id) AND is_baseline)"
        " THEN RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is of the baseline'; END IF;"
        " RETURN COALESCE(NEW, OLD); END $$"
    )
    schema.execute(
        f"CREATE TRIGGER {FILLINGS}_stay BEFORE INSERT OR UPDATE OR DELETE ON {FILLINGS} FOR EACH ROW"
        " EXECUTE FUNCTION kring_is_of_baseline()"
    )
    schema.execute(f"CREATE TRIGGER {FILLINGS}_is_not_emptied BEFORE TRUNCATE ON {FILLINGS} EXECUTE FUNCTION kring_only_grows()")
    for table in WITHOUT_ROW_ORDER:
        schema.execute(f"ALTER TABLE {table} CLUSTER ON {table}_pkey")
    for table in tables:
        schema.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        schema.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        inside = f"school_id = ANY ({OPEN_SCHOOLS})"
        schema.execute(f"CREATE POLICY wall ON {table} USING ({inside}) WITH CHECK ({inside})")
    for table in FOUND_BY_SECRET:
        schema.execute(f"CREATE POLICY door ON {table} FOR SELECT USING ({NONE_OPEN})")
    schema.execute(f"CREATE POLICY door ON {BEFORE_THE_WALL} FOR SELECT USING (person_id = {WHO_ASKS} OR {NONE_OPEN})")


class Migration(migrations.Migration):
    dependencies = [("kring", "0001_initial")]
    operations = [migrations.RunPython(keep_storage, migrations.RunPython.noop)]
