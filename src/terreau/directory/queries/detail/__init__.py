"""One organisation and all that is known around it, in six queries whatever there is to say."""

from terreau.directory.queries.detail.page import OrganisationPage, organisation_for, organisation_page, replacement_of

__all__ = ["OrganisationPage", "organisation_for", "organisation_page", "replacement_of"]
