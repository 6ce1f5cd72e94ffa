"""Style sheets, scripts and drawings go over the line compressed, for they are the same for everybody and hold no secret.

A page never does: how far it shrinks tells about what stands in it (BREACH).
"""

import gzip
from collections.abc import Callable

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

Answer = Callable[[HttpRequest], HttpResponseBase]

KINDS = frozenset({"text/css", "text/javascript", "application/javascript", "application/json", "image/svg+xml"})
OTHER_HEADERS = {"content-length", "content-encoding"}


def smaller_files(answer: Answer) -> Answer:
    """Each file is compressed once in a process, when it is first asked for."""
    made: dict[tuple[str, str], bytes] = {}

    def sent(request: HttpRequest) -> HttpResponseBase:
        response = answer(request)
        if not _is_file(request, response):
            return response
        patch_vary_headers(response, ["Accept-Encoding"])
        if not isinstance(response, FileResponse) or not _understands(request):
            return response
        which = (request.path, response.headers.get("Last-Modified", ""))
        if which not in made:
            made[which] = gzip.compress(response.getvalue(), mtime=0)
        response.close()
        return _compressed(response, made[which])

    return sent


def _is_file(request: HttpRequest, response: HttpResponseBase) -> bool:
    """A whole one, of a kind that shrinks."""
    is_ours = request.path.startswith(settings.STATIC_URL) and request.method == "GET" and response.status_code == 200
    return is_ours and response.headers.get("Content-Type", "").partition(";")[0] in KINDS


def _understands(request: HttpRequest) -> bool:
    said = request.headers.get("Accept-Encoding", "").lower().replace(" ", "")
    return any(part in {"gzip", "gzip;q=1.0", "gzip;q=1"} for part in said.split(","))


def _compressed(response: HttpResponseBase, content: bytes) -> HttpResponse:
    kept = {name: value for name, value in response.headers.items() if name.lower() not in OTHER_HEADERS}
    return HttpResponse(content, headers={**kept, "Content-Encoding": "gzip", "Content-Length": str(len(content))})
