"""The line of a moment, written here rather than in a template: a page shows hundreds, and this takes half the time."""

from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from terreau.kernel.enums import Certainty
from terreau.kernel.templatetags.terreau import disputed, edtf, typeset

register = template.Library()

APART = "\u00a0· "


@register.simple_tag
def moment(line: Any) -> SafeString:
    """Show one `MomentLine` of the list: when, what, on which lane, with whom, said by which sources, its doubts."""
    told = line.told
    sure = "" if told.certainty == Certainty.ESTABLISHED else f" is-{told.certainty}"
    when = edtf(told.when) if told.when else conditional_escape(_("sans date"))
    parts = [f"<h4>{_linked(told.title, line.url)}</h4>"]
    if line.summary:
        parts.append(f"<p>{typeset(line.summary)}</p>")
    parts.append(f'<p class="meta">{APART.join(_facets(line))}</p>')
    if line.actors:
        names = ", ".join(_linked(actor["title"], actor["url"]) for actor in line.actors)
        label = conditional_escape(_("Avec :"))
        parts.append(f'<p class="meta">{label} {names}</p>')
    if line.sources:
        said = " ; ".join(_source(source) for source in line.sources)
        label = conditional_escape(_("Source :"))
        parts.append(f'<p class="meta moment-source">{label} {said}</p>')
    for dispute in line.disputes:
        mark = disputed(len(dispute.statements), dispute.url)
        parts.append(f'<p class="doubt">{mark} {typeset(dispute.subject)}</p>')
    body = mark_safe("".join(parts))  # noqa: S308 -- every part is escaped above
    shape = '<span class="shape shape-{}" aria-hidden="true"></span>'
    return format_html(
        '<li id="{}" class="moment tone-{}{}"><p class="moment-on">' + shape + '{}</p><div class="moment-what">{}</div></li>',
        line.anchor, line.tone, sure, line.shape, when, body,
    )  # fmt: skip


def _facets(line: Any) -> list[str]:
    """Say the lane, then what else is known: scale, sort, context, precision."""
    said = [f'<span class="moment-lane">{conditional_escape(line.lane)}</span>']
    said += [typeset(words) for words in (line.scale, line.sort) if words]
    if line.is_context:
        said.append(conditional_escape(_("contexte, au-delà du territoire")))
    if line.precision:
        said.append(f'<span class="precision">{conditional_escape(line.precision)}</span>')
    return said


def _linked(words: str, url: str) -> str:
    return f'<a href="{conditional_escape(url)}">{typeset(words)}</a>' if url else typeset(words)


def _source(source: Any) -> str:
    return ", ".join([_linked(source.title, source.url), *map(conditional_escape, source.locators)])
