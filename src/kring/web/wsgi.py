"""The server's way in. Everything is loaded before the first request, and then kept out of the garbage collector's sight:
going over all of it again and again cost every third page 60 ms.
"""

import gc
import os
from importlib import import_module
from io import StringIO

from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.urls import get_resolver

from kring.web.headers import few_at_once, in_utf8

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kring.settings")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as in kring.cli, for whoever starts the server otherwise

PAGES_AT_ONCE = 4  # more of them only wait for one another
ordinary = few_at_once(in_utf8(get_wsgi_application()), PAGES_AT_ONCE)
call_command("check", databases=["default"], stdout=StringIO())  # whoever starts the server, and however: what is unsafe does not start
connection.close()  # requests come on threads, and perhaps in processes, of their own
routes = get_resolver().url_patterns  # with them come all views and what they stand on
application = import_module("kring.web.answering.lean").lean(ordinary)  # stands on models, which are there from now on
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 50)  # a page makes a hundred thousand objects: what ends with it needs no going over meanwhile
