"""The background worker that calls for as long as it lives: when it falls, its work is taken up again (`jobs/intake.py`)."""

import logging
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django_tasks_db.management.commands.db_worker import Worker

from kring.web.jobs.beating import EVERY, beating
from kring.web.jobs.models import Beat

A_LOOK = 1.0  # seconds between two looks at the queue


class Command(BaseCommand):
    """Run by `./kring serve` and `./kring demo` beside the server. There may be more than one."""

    help = "Doet het werk op de achtergrond dat mensen vragen, zoals rapporten. Stopt met SIGTERM, na het werk waar het mee bezig is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--beat", type=float, default=EVERY, help="seconden tussen twee levenstekens")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        logging.getLogger("django_tasks_db").setLevel(logging.ERROR)  # it warns when it is told to stop
        with beating(Beat.Kind.WORKER, every=options["beat"]) as me:
            worker = Worker(
                queue_names=["*"],
                interval=A_LOOK,
                batch=False,
                backend_name="default",
                startup_delay=False,
                max_tasks=None,
                worker_id=me.hex,
                excluded_queue_names=[],
            )
            worker.configure_signals()
            worker.run()
