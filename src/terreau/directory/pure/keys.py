"""Keys made from names: what stands in the address of a page, and in the files of a dossier."""

from collections.abc import Collection

from terreau.kernel.search.folding import fold

LONGEST = 100
"""Characters: the width of the column, and that of a key of the dossier."""
RESERVED = frozenset({
    "ajouter", "carte", "confirmer", "doublons", "elements", "export", "fusions", "geojson", "importer", "imports", "nouveau", "nouvelle",
    "proposer", "propositions", "recherche", "revendications", "suggestions", "tuiles",
})  # fmt: skip
"""Words that follow `annuaire/` and `initiatives/` in the addresses of the site itself (a test reads them all)."""


def key_of(name: str, otherwise: str = "fiche") -> str:
    """Make the key of a name: « Chez l'Œuf » is chez-l-oeuf. otherwise: for a name without any letter or digit."""
    return fold(name).replace(" ", "-")[:LONGEST].strip("-") or otherwise


def free_key(wanted: str, taken: Collection[str]) -> str:
    """Give the key itself, or followed by the first number from 2 that makes it new: flac, flac-2, flac-3."""
    number, key = 1, wanted
    while key in taken or key in RESERVED:
        number += 1
        end = f"-{number}"
        key = wanted[: LONGEST - len(end)].strip("-") + end
    return key
