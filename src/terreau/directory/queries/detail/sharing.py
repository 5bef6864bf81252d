"""A public organisation as linked data, for search engines and whoever reads pages by program."""

import json
from datetime import UTC

from terreau.directory.enums import TieFamily
from terreau.directory.models import Organisation
from terreau.directory.pure import schema_org
from terreau.directory.queries.detail.rows import PageRows
from terreau.kernel.enums import Visibility


def linked_data(organisation: Organisation, rows: PageRows, site: str) -> str:
    """Give the JSON-LD of a public page; empty for any other. What only its reader sees is left out of it.

    site: scheme and host, without a slash at the end.
    """
    if organisation.visibility != Visibility.PUBLIC:
        return ""

    def shown(other: Organisation | None) -> schema_org.Other | None:
        if other is None or other.visibility != Visibility.PUBLIC:
            return None
        return schema_org.Other(other.name, f"{site}{other.get_absolute_url()}")

    parent = rows.organisations.get(organisation.parent_id) if organisation.parent_id else None
    attached = [
        shown(tie.target)
        for tie in rows.ties
        if tie.kind.family == TieFamily.STRUCTURE
        and tie.origin_id == organisation.pk
        and tie.visibility == Visibility.PUBLIC
    ]
    branches = [shown(row) for row in rows.organisations.values() if row.parent_id == organisation.pk]
    data = schema_org.organisation(
        schema_org.Described(
            name=organisation.name,
            url=f"{site}{organisation.get_absolute_url()}",
            other_names=tuple(row.name for row in rows.names),
            description=organisation.summary or organisation.description,
            start=organisation.start.text if organisation.start else "",
            end=organisation.end.text if organisation.end else "",
            street=organisation.address,
            postcode=organisation.postcode,
            commune=organisation.commune,
            longitude=organisation.longitude,
            latitude=organisation.latitude,
            email=organisation.email,
            telephone=organisation.telephone,
            same_as=tuple(filter(None, (organisation.site, *(link.url for link in rows.links)))),
            identifiers=tuple((row.get_scheme_display(), row.value) for row in rows.identifiers),
            known_for=tuple(theme.name for theme in rows.themes),
            parent=shown(parent),
            branches=tuple(filter(None, branches)),
            member_of=tuple(filter(None, attached)),
            modified=organisation.updated_at.astimezone(UTC).date().isoformat(),
        )
    )
    return json.dumps(data, ensure_ascii=False)
