"""Components of every page, loaded everywhere without `{% load %}`; each is shown in all its states at `/catalogue/`.

Small marks are written here, larger ones are `components/*.html`. None queries, none needs the page's context.
Lists take the dataclasses of `terreau.kernel.components`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

import nh3
from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField, CheckboxInput
from django.http import QueryDict
from django.utils.html import conditional_escape, escape, format_html, format_html_join
from django.utils.safestring import SafeData, SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext

from terreau.kernel.components import Band, Column, Facet, FactLine, Pair, SourceLine, Tag
from terreau.kernel.enums import Certainty
from terreau.kernel.pure.date_words import say, say_period
from terreau.kernel.pure.edtf import Edtf, EdtfError, parse
from terreau.kernel.pure.periods import Period
from terreau.kernel.pure.typography import typeset as typeset_text

register = template.Library()

NBSP = "\u00a0"
SHORT = 100
"""Characters: names and labels come back many times on a page and are typeset once, texts are not kept."""
Number = int | float | Decimal
Item = Mapping[str, Any]

FULL_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
MARKUP = re.compile(r"(<[^>]*>|&#?\w+;)")
MARKDOWN_TAGS = {
    *("p", "br", "hr", "strong", "em", "a", "ul", "ol", "li", "blockquote", "code", "pre"),
    *("h2", "h3", "h4", "h5", "table", "thead", "tbody", "tr", "th", "td"),
}


def language() -> str:
    """Give the two letters of the reader's language."""
    return (get_language() or "fr")[:2]


# Filters


@lru_cache(maxsize=4096)
def _typeset_words(text: str) -> SafeString:
    return escape(typeset_text(text))


@register.filter
def typeset(text: object, spoken: str = "") -> SafeString:
    """Set French typography on data, escaped: spaces, apostrophes. `spoken` overrides the page's language.

    Markup that is already safe keeps its tags untouched.
    """
    if (spoken or language()) != "fr":
        return conditional_escape(text if isinstance(text, SafeData) else str(text))
    if isinstance(text, SafeData):
        parts = MARKUP.split(str(text))
        return mark_safe("".join(part if index % 2 else typeset_text(part) for index, part in enumerate(parts)))  # noqa: S308 -- was safe, tags untouched
    words = str(text)
    return _typeset_words(words) if len(words) <= SHORT else escape(typeset_text(words))


def written(value: Number, decimals: int | None) -> str:
    """Write a number in the reader's language; without `decimals`, as many as it has, up to two."""
    if decimals is None:
        figures = f"{value:,}" if isinstance(value, int) else f"{value:,.2f}".rstrip("0").rstrip(".")
    else:
        figures = f"{value:,.{decimals}f}"
    figures = figures.replace("-", "\u2212")
    return figures.translate({ord(","): NBSP, ord("."): ","}) if language() == "fr" else figures


@register.filter
def number(value: Number | None, decimals: int | None = None) -> str:
    """Write 7892 as « 7 892 » (French) or "7,892" (English); None is unknown, never 0."""
    return gettext("non connu") if value is None else written(value, decimals)


@register.filter
def percent(share: Number | None, decimals: int | None = None) -> str:
    """Write a share between 0 and 1 as a percentage: 0.103 is « 10,3 % »; one decimal at most unless asked."""
    if share is None:
        return gettext("non connu")
    value = round(Decimal(str(share)) * 100, 1 if decimals is None else decimals)
    return written(value, decimals) + (f"{NBSP}%" if language() == "fr" else "%")


@register.filter
def euros(amount: Number | None) -> str:
    """Write an amount in euros, cents only when there are some: « 10 000 € »."""
    if amount is None:
        return gettext("non connu")
    figures = written(amount, 0 if amount == int(amount) else 2)
    return f"{figures}{NBSP}€" if language() == "fr" else f"€{figures}"


@lru_cache(maxsize=1)
def _markdown_reader() -> Any:
    from markdown_it import MarkdownIt  # noqa: PLC0415 -- slow import

    return MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")


@register.filter
def markdown(text: str) -> SafeString:
    """Turn Markdown into safe HTML, typeset; raw HTML in it is shown as text, and headings start at h2."""
    html = _markdown_reader().render(text or "").replace("<h1>", "<h2>").replace("</h1>", "</h2>")
    clean = nh3.clean(
        html, tags=MARKDOWN_TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto", "tel"}
    )
    return typeset(mark_safe(clean))  # noqa: S308 -- cleaned on the line above


def cell(value: object) -> object:
    """Write a number, or an unknown one; leave text as it is."""
    return number(value) if value is None or isinstance(value, Number) else value


# Marks


@lru_cache(maxsize=32)
def _certainty(value: str, _language: str) -> SafeString:
    return format_html('<span class="certainty certainty-{}">{}</span>', value, Certainty(value).label)


@register.simple_tag
def certainty(value: str) -> SafeString | str:
    """Mark how sure a statement is, word included: établie (solid), déduite (dashed), perçue (dotted)."""
    return _certainty(str(value), language()) if value else ""


@register.simple_tag
def disputed(count: int = 2, href: str = "") -> SafeString:
    """Say that sources disagree; `count` is how many values are stated, `href` where they are compared."""
    words = ngettext("valeur contestée", "%(count)s valeurs en désaccord", count) % {"count": count}
    return (
        format_html('<a class="disputed" href="{}">{}</a>', href, words)
        if href
        else format_html('<span class="disputed">{}</span>', words)
    )


@lru_cache(maxsize=4096)
def _edtf(text: str, spoken: str) -> SafeString:
    try:
        words = say(parse(text), spoken)
    except EdtfError:
        return conditional_escape(text)
    if FULL_DATE.fullmatch(text):
        return format_html('<time datetime="{}">{}</time>', text, words)
    return format_html('<span class="date">{}</span>', words)


@register.simple_tag
def edtf(value: Edtf | date | str | None) -> SafeString | str:
    """Write an imprecise date in words; only a full date becomes a `<time datetime>`."""
    text = value.text if isinstance(value, Edtf) else str(value or "")
    return _edtf(text, language()) if text else ""


@lru_cache(maxsize=4096)
def _period(start: str, end: str, spoken: str) -> SafeString:
    try:
        return format_html('<span class="date">{}</span>', say_period(Period.of(start, end), spoken))
    except EdtfError:
        return format_html('<span class="date">{}</span>', " – ".join(filter(None, (start, end))))


@register.simple_tag
def period(start: Edtf | date | str | None, end: Edtf | date | str | None) -> SafeString | str:
    """Write a period in words: « de 2016 à 2021 », « depuis 2021 »; ".." is an open end, an empty one is not known."""
    first, last = (value.text if isinstance(value, Edtf) else str(value or "") for value in (start, end))
    return _period(first, last, language()) if first or last else ""


@register.simple_tag
def crumb(label: object, href: str = "") -> SafeString:
    """Write one step of the breadcrumb; the last one, the page itself, has no address."""
    if href:
        return format_html('<li><a href="{}">{}</a></li>', href, typeset(label))
    return format_html('<li><span aria-current="page">{}</span></li>', typeset(label))


@register.simple_tag
def tags(items: Iterable[Tag], label: str = "") -> SafeString | str:
    """List themes or filières, each a link when it has an address."""
    lines = [
        format_html('<li><a href="{}">{}</a></li>', item.url, typeset(item.label))
        if item.url
        else f"<li>{typeset(item.label)}</li>"
        for item in items
    ]
    body = mark_safe("".join(lines))  # noqa: S308 -- every line is escaped above
    return format_html('<ul class="tags" aria-label="{}">{}</ul>', label or gettext("Thèmes"), body) if lines else ""


@register.simple_tag
def card(
    title: object,
    href: str = "",
    kicker: object = "",
    text: object = "",
    meta: object = "",
    themes: Sequence[Tag] = (),
    level: int = 2,
) -> SafeString:
    """Show one record of a list, in a `<li>` of `<ul class="cards">`; `level` is that of its heading."""
    name = typeset(title)
    linked = format_html('<a href="{}">{}</a>', href, name) if href else name
    parts = [f'<h{level} class="card-title">{linked}</h{level}>']
    if kicker:
        parts.insert(0, f'<p class="kicker">{typeset(kicker)}</p>')
    if text:
        parts.append(f"<p>{typeset(text)}</p>")
    if meta:
        parts.append(f'<p class="meta">{typeset(meta)}</p>')
    if themes:
        parts.append(tags(themes))
    return mark_safe(f'<article class="card">{"".join(parts)}</article>')  # noqa: S308 -- every part is escaped above


@register.simple_tag
def strata(bands: Sequence[Band], label: str = "", rows: int = 3) -> SafeString | str:
    """Draw bands of real data as an SVG without any style; with a `label` it is an image, without it an ornament."""
    if not bands:
        return ""
    height = 8 * max(rows, *(band.row + 1 for band in bands))
    drawn = format_html_join(
        "",
        '<line class="band tone-{} is-{}" stroke-width="{}" x1="{}" x2="{}" y1="{}" y2="{}"/>',
        (
            (
                band.tone,
                band.certainty,
                2 * band.level,
                round(band.start * 1000, 1),
                round(max(band.end, band.start + 0.002) * 1000, 1),
                y,
                y,
            )
            for band in bands
            for y in (band.row * 8 + 4,)
        ),
    )
    named = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    shape = (
        '<svg class="strata" {} height="{}" viewBox="0 0 1000 {}" preserveAspectRatio="none" focusable="false">{}</svg>'
    )
    return format_html(shape, named, height, height, drawn)


# Blocks: the arguments are those of the template of the same name


@register.inclusion_tag("components/sources.html")
def sources(items: Sequence[SourceLine], heading: str = "") -> Item:
    """List where a statement comes from."""
    return {"items": items, "heading": heading}


@register.inclusion_tag("components/facts.html")
def facts(items: Sequence[FactLine]) -> Item:
    """List dated facts as sentences, in the order given."""
    return {"items": items}


@register.inclusion_tag("components/identity.html")
def identity(pairs: Iterable[Pair]) -> Item:
    """List what a record is, term by term; pairs without a value are left out."""
    return {"pairs": [pair for pair in pairs if pair.value not in (None, "", [], ())]}


@register.inclusion_tag("components/figure.html")
def figure(
    value: object,
    label: object,
    unit: object = "",
    period: object = "",
    area: object = "",
    source: object = "",
    source_url: str = "",
    status: object = "",
    certainty: str = "",
    against: object = "",
) -> Item:
    """Show one number, or text already written, with what it needs to travel; `against`: the reference."""
    return {
        "value": cell(value),
        "known": value is not None,
        "label": label,
        "unit": unit,
        "period": period,
        "area": area,
        "source": source,
        "source_url": source_url,
        "status": status,
        "certainty": certainty,
        "against": against,
    }


@register.inclusion_tag("components/table.html")
def table(
    caption: object, columns: Sequence[Column], rows: Iterable[Sequence[object]], key: str = "table", note: object = ""
) -> Item:
    """Lay rows in a table that scrolls on its own; `key` makes its ids unique, first cells are row headings."""
    lines = [
        [(column, cell(value) if column.numeric else value) for column, value in zip(columns, row, strict=True)]
        for row in rows
    ]
    return {"caption": caption, "columns": columns, "rows": lines, "key": key, "note": note}


@register.inclusion_tag("components/empty.html")
def empty(
    title: object, why: object = "", first: object = "", href: str = "", label: object = "", level: int = 2
) -> Item:
    """Say what will be here (`title`), why it is empty, what to do first, and where (`href`, `label`)."""
    return {"title": title, "why": why, "first": first, "href": href, "label": label, "heading": f"h{level}"}


@register.inclusion_tag("components/gap.html")
def gap(question: object, ask: object = "", state: object = "", href: str = "") -> Item:
    """Show what is not known yet: the question, whom to ask, and where the search stands."""
    return {"question": question, "ask": ask, "state": state, "href": href}


@register.inclusion_tag("components/quote.html")
def quote(
    text: object, who: object = "", role: object = "", on: object = "", source: object = "", href: str = ""
) -> Item:
    """Show words of someone who agreed to be quoted."""
    return {"text": text, "who": who, "role": role, "on": on, "source": source, "href": href}


@register.inclusion_tag("components/notice.html")
def notice(text: object, kind: str = "info", title: object = "") -> Item:
    """Tell something: `kind` is info, success, warning or error, and is said in words too."""
    names = {
        "info": gettext("À savoir"),
        "success": gettext("C'est fait"),
        "warning": gettext("Attention"),
        "error": gettext("Erreur"),
        "debug": gettext("À savoir"),
    }
    return {"text": text, "kind": kind if kind in names else "info", "title": title or names.get(kind, names["info"])}


@register.inclusion_tag("components/pagination.html")
def pagination(page: Page[Any], query: QueryDict) -> Item:
    """Number the pages of a paginator; `query` is `request.GET`, whose other parameters are kept."""
    return {
        "page": page,
        "query": query,
        "numbers": list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)),
        "gap": page.paginator.ELLIPSIS,
    }


@register.inclusion_tag("components/keyset.html")
def keyset(previous: str = "", following: str = "", count: int | None = None) -> Item:
    """Offer the previous and next page by their addresses, for lists that are not numbered."""
    return {"previous": previous, "following": following, "count": count}


@register.inclusion_tag("components/filters.html")
def filters(
    facets: Sequence[Facet],
    count: int,
    q: str = "",
    search: object = "",
    action: str = "",
    target: str = "results",
    noun: object = "",
    carried: Sequence[tuple[str, str]] = (),
) -> Item:
    """Ask which results to keep; `search` labels a search box, `target` is the id of the results, named `noun`.

    carried: (name, value) of the other parameters of the address that the form keeps.
    """
    chosen = sum(facet.selected_count for facet in facets)
    return {
        "facets": facets,
        "count": count,
        "q": q,
        "search": search,
        "action": action,
        "target": target,
        "noun": noun,
        "carried": carried,
        "chosen": chosen,
        "active": chosen or q,
    }


@register.inclusion_tag("components/search_box.html")
def search_box(label: object, q: str = "", action: str = "", name: str = "q", key: str = "q") -> Item:
    """Ask for words, in a form of its own with the role of a search."""
    return {"label": label, "q": q, "action": action, "name": name, "key": key}


@register.inclusion_tag("components/field.html")
def field(bound: BoundField) -> Item:
    """Render one form field: label, help, error, control, all tied together; works with any Django widget."""
    return {"field": bound, "beside": isinstance(bound.field.widget, CheckboxInput), "several": bound.use_fieldset}


@register.inclusion_tag("components/errors.html")
def errors(form: BaseForm) -> Item:
    """Sum up the errors of a form at its top, each linked to its field; nothing when there are none."""
    return {
        "form": form,
        "wrong": [bound for bound in form if bound.errors],
        "count": sum(len(lines) for lines in form.errors.values()),
    }


@register.inclusion_tag("components/fields.html")
def fields(form: BaseForm) -> Item:
    """Render a form inside `<form>`: error summary, hidden and visible fields. The page adds token and button."""
    return {"form": form}


@register.inclusion_tag("components/time_machine.html")
def time_machine(year: int | None, first: int, last: int, action: str = "", bands: Sequence[Band] = ()) -> Item:
    """Choose the year that the page tells; None is today. `bands` are drawn under the control."""
    return {"year": year, "first": first, "last": last, "action": action, "bands": bands}
