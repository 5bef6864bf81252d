"""Words of imports, for their pages."""

from django import template

from terreau.opendata import words
from terreau.opendata.models import ImportBatch

register = template.Library()


@register.simple_tag
def field_name(field: str) -> str:
    """Name one of our fields; a column that is read with others (`*`) says so."""
    return words.field_name(field)


@register.simple_tag
def format_name(batch: ImportBatch) -> str:
    """Say the format of a file: « CSV, Windows-1252, séparé par : point-virgule »."""
    return words.format_of(batch.format, batch.encoding, batch.separator)
