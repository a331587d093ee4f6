"""Leaving the mail: one link from the mail, no sign-in, one press."""

from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from samenwijk.notify.models import Unsubscribe, read_token
from samenwijk.ui.respond import respond


@csrf_exempt  # Mail programs press "unsubscribe" for the reader, without a page or a cookie; the link is the key.
@require_http_methods(["GET", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Ask on GET, since mail scanners open every link; do it on POST."""
    try:
        read_token(token)
    except BadSignature as error:
        raise Http404 from error
    undo = "toch-wel" in request.POST
    if request.method == "POST":
        (Unsubscribe.undo_by_token if undo else Unsubscribe.by_token)(token)
    state = "asked" if request.method == "GET" else "back" if undo else "gone"
    return respond(request, "notify/unsubscribe.html", {"state": state, "token": token})
