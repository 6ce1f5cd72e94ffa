"""The server's way in. Everything is loaded before the first request, and then kept out of the garbage collector's sight:
going over all of it again and again cost every third page 60 ms.
"""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kring.settings")

application = get_wsgi_application()
routes = get_resolver().url_patterns  # with them come all views and what they stand on
gc.collect()
gc.freeze()
