"""Letters in plain text, in the language of whoever reads them."""

from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation


def send(template: str, subject: str, to: str, context: dict[str, Any], language: str) -> None:
    """Send one letter; `subject` is already in that language."""
    with translation.override(language):
        body = render_to_string(template, context)
    send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [to])


def language_now() -> str:
    """Give the two letters of the language of the page."""
    return (translation.get_language() or "fr")[:2]
