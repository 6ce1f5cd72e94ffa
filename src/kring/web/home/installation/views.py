"""Whether Kring lives and can work, for a proxy and for who watches from outside."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kring.web.guard import public
from kring.web.home.installation.queries import is_ready

LIVE, READY, NOT_READY = "live", "ready", "waiting"
AGAIN = "10"  # seconds


@public
@require_safe
def health(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Two words: that the server answers, and whether all it stands on is there. The administrator reads more, on the first page."""
    ready = is_ready(at=timezone.now())
    answer = HttpResponse(
        f"{LIVE} {READY if ready else NOT_READY}\n", content_type="text/plain; charset=utf-8", status=200 if ready else 503
    )
    if not ready:
        answer.headers["Retry-After"] = AGAIN
    return answer
