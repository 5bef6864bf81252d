"""To which of the two sides an organisation belongs on a map: public bodies, or those who act beside them."""

PUBLIC_NATURES = frozenset({
    "collectivite", "service", "etat", "instance_publique", "administration", "etablissement_public", "commune",
    "intercommunalite", "departement", "region", "syndicat_mixte",
})  # fmt: skip
PUBLIC, ACTOR = "public", "acteur"


def family_of(nature: str, legal_category: str = "") -> str:
    """Give PUBLIC or ACTOR; the legal category decides when it is known.

    nature: key of the territory's own list. legal_category: INSEE's, of which levels 4 and 7 are the legal persons of
    public law (INSEE, "Catégories juridiques", level I).
    """
    if legal_category:
        return PUBLIC if legal_category[0] in "47" else ACTOR
    return PUBLIC if nature in PUBLIC_NATURES else ACTOR
