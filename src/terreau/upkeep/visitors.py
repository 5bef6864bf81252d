"""Where a request comes from, so that abuse is counted by sender."""

from django.conf import settings
from django.http import HttpRequest


def sender_of(request: HttpRequest) -> str:
    """Give the address of whoever asks: that of the connection, or the one told by the server in front.

    Of `X-Forwarded-For`, the last address alone was written by our own server.
    """
    if settings.SECURE_PROXY_SSL_HEADER:
        last = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if last:
            return last
    return str(request.META.get("REMOTE_ADDR", ""))
