"""The cases by name, in the order of the table: the module and function of each, and its time limit in seconds."""

from typing import NamedTuple


class Case(NamedTuple):
    """A case: what its table is about, where its function is, and the seconds after which it is stopped."""

    about: str
    module: str
    function: str
    most: int


CASES = {
    "pages": Case("Server time of every page of the real territory", "pages", "every_page", 120),
    "served": Case("Pages under load, two workers", "load", "served", 90),
    "cold": Case("Cold start of the loaded site", "load", "cold_start", 90),
    "memory": Case("Memory", "load", "memory", 60),
    "search": Case("Search", "searching", "search", 120),
    "dossier": Case("A large dossier", "records", "large_dossier", 300),
    "duplicates": Case("Duplicates among 150 000 organisations", "duplicates", "duplicates", 900),
    "imports": Case("An import of organisations", "importing", "imports", 900),
    "audit": Case("Audit chain", "small", "audit_chain", 30),
    "dates": Case("Imprecise dates", "small", "dates", 30),
    "country": Case("A country: 1 500 000 organisations in one territory", "country", "whole_country", 3600),
}
