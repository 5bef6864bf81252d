"""An invented territory of any size, in the dossier format: the same size always gives the same files.

    python -m benchmarks.generate DIRECTORY [ORGANISATIONS]

Its proportions are those of a real dossier: three ties and one role per organisation, a milestone for two, a dispute
for ten, each statement with its source and page. Nothing in it exists: names are drawn from common words.
"""

import random
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import yaml

SLUG = "territoire-invente"
FIRST = (
    "Maison", "Atelier", "Coopérative", "Régie", "Centre social", "Épicerie solidaire", "Ressourcerie", "Jardins", "Recyclerie",
    "Compagnie", "Foyer", "Collectif", "Fabrique", "Cantine", "Conserverie", "Librairie", "Crèche", "Garage solidaire", "Radio",
    "Théâtre", "Tiers-lieu", "Café associatif", "Chantier", "Université populaire", "Auberge", "Habitat", "Mobilité", "Énergie",
)  # fmt: skip
SECOND = (
    "du Vélo", "des Possibles", "de l'Escaut", "du Grand Large", "des Deux Rives", "de la Gare", "du Faubourg", "des Mineurs",
    "de l'Étoile", "du Canal", "des Voisins", "de la Rue Haute", "du Marais", "des Semences", "de l'Œuf", "du Moulin", "des Tisserands",
    "de la Verrerie", "du Beffroi", "des Géants", "de l'Avenir", "du Lien", "des Savoirs", "de la Plaine", "du Bassin", "des Ormes",
)  # fmt: skip
THIRD = (
    "",
    "Hainaut",
    "en Commun",
    "Solidaire",
    "et Compagnie",
    "pour Tous",
    "Sans Frontières",
    "Nord",
    "21",
    "Autrement",
    "Partagée",
    "Citoyenne",
)
TOWNS = (
    "Anzin",
    "Marly",
    "Famars",
    "Artres",
    "Crespin",
    "Curgies",
    "Estreux",
    "Maing",
    "Saultain",
    "Onnaing",
    "Quarouble",
    "Valenciennes",
)
THEMES = (
    "insertion",
    "emploi",
    "culture",
    "habitat",
    "alimentation",
    "reemploi",
    "mobilite",
    "numerique",
    "formation",
    "gouvernance",
)
SCALES = ("commune", "intercommunal", "bassin_de_vie", "departement", "region", "national")
NATURES = ("association", "entreprise", "reseau", "collectivite", "enseignement", "groupement_employeurs")
TIES = {
    "succede_a": ("succède à", "a pour successeur", "genealogie"),
    "porte": ("porte", "est porté par", "rattachement"),
    "finance": ("finance ou soutient", "est soutenu par", "financement"),
    "partenaire_de": ("est partenaire de", "est partenaire de", "cooperation"),
    "mutualise_avec": ("met en commun avec", "met en commun avec", "cooperation"),
    "anime": ("anime", "est animé par", "accompagnement"),
}  # fmt: skip
POSTS = (
    "Présidence",
    "Trésorerie",
    "Direction",
    "Coordination",
    "Secrétariat",
    "Comptabilité",
    "Animation",
    "Administration",
)
SUBJECTS = (
    "Accueil",
    "Réparation",
    "Formation",
    "Vente",
    "Conseil",
    "Transport",
    "Cuisine",
    "Spectacle",
    "Hébergement",
    "Médiation",
)
OBJECTS = (
    "des habitants",
    "des jeunes",
    "des objets",
    "des vélos",
    "des outils",
    "des familles",
    "des artistes",
    "des salariés",
)
NATURES_OF_MILESTONE = (
    "fondation",
    "ouverture",
    "rencontre",
    "formation",
    "contrat",
    "publication",
    "demenagement",
    "plan",
)
LANES = ("politique_publique", "animation_apes", "acteurs")
CERTAINTIES = ("etablie", "etablie", "etablie", "deduite", "percue")


def write(directory: Path, organisations: int = 5000) -> int:
    """Write the dossier. Gives how many records it declares."""
    directory.mkdir(parents=True, exist_ok=True)
    dump = partial(
        yaml.dump, Dumper=getattr(yaml, "CSafeDumper", yaml.SafeDumper), allow_unicode=True, sort_keys=False, width=160
    )
    records = 0
    for name, content in files(organisations):
        head = {} if name == "territoire" else {"territoire": SLUG}
        (directory / f"{name}.yaml").write_text(dump(head | content), encoding="utf-8")
        records += sum(len(value) for value in content.values() if isinstance(value, list))
    return records


def names(count: int) -> list[str]:
    """Draw distinct names of organisations; a number ends those that would be borne twice."""
    draw = random.Random(f"names {count}")
    seen: dict[str, int] = {}
    found = []
    for _ in range(count):
        name = " ".join(filter(None, (draw.choice(FIRST), draw.choice(SECOND), draw.choice(THIRD))))
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name} {seen[name]}")
    return found


def sentence(draw: random.Random, length: int = 3) -> str:
    """Make a text of a few sentences, about 45 letters each."""
    parts = (
        f"{draw.choice(SUBJECTS)} et {draw.choice(SUBJECTS).lower()} {draw.choice(OBJECTS)} à {draw.choice(TOWNS)}."
        for _ in range(length)
    )
    return " ".join(parts)


def files(organisations: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give each file's name and content."""
    draw = random.Random(organisations)
    disputes = max(1, organisations // 10)
    milestones = max(1, organisations // 2)
    sources = max(1, organisations // 50)

    def cited() -> list[dict[str, Any]]:
        return [
            {"source": f"s{draw.randrange(sources)}", "page": str(draw.randrange(1, 90))}
            for _ in range(draw.choice((1, 1, 2)))
        ]

    def org() -> str:
        return f"o{draw.randrange(organisations)}"

    yield "territoire", {
        "id": SLUG, "nom": "Territoire inventé",
        "echelles": [{"id": key, "nom": key.replace("_", " ").capitalize(), "rang": rank} for rank, key in enumerate(SCALES, start=1)],
        "themes": [{"id": key, "nom": key.capitalize()} for key in THEMES],
    }  # fmt: skip
    yield "sources", {
        "sources": [
            {"id": f"s{at}", "titre": f"{draw.choice(FIRST)} : {sentence(draw, 1)[:-1]}", "annee": str(draw.randrange(1990, 2026)), "genre": draw.choice(("livret", "rapport", "article"))}
            for at in range(sources)
        ]
    }  # fmt: skip
    yield (
        "organisations",
        {
            "natures": [{"id": key, "nom": key.replace("_", " ").capitalize()} for key in NATURES],
            "organisations": [_organisation(draw, at, name, cited()) for at, name in enumerate(names(organisations))],
        },
    )
    yield "relations", {
        "types": [{"id": key, "nom": name, "inverse": inverse, "famille": family, "poids": 1} for key, (name, inverse, family) in TIES.items()],
        "relations": [_tie(draw, at, organisations, cited()) for at in range(3 * organisations)] if organisations > 1 else [],
    }  # fmt: skip
    yield "fonctions", {
        "personnes": [{"id": f"p{at}"} for at in range(max(1, organisations * 3 // 4))],
        "fonctions": [
            {"id": f"f{at}", "personne": f"p{draw.randrange(max(1, organisations * 3 // 4))}", "organisation": f"o{at}", "fonction": draw.choice(POSTS), "debut": str(draw.randrange(1995, 2025)), "certitude": draw.choice(CERTAINTIES), "sources": cited()}
            for at in range(organisations)
        ],
    }  # fmt: skip
    yield "frise", {
        "phases": [{"id": f"ph{at}", "titre": f"Période {at + 1}", "debut": str(1990 + 9 * at), "fin": str(1998 + 9 * at)} for at in range(4)],
        "jalons": [_milestone(draw, at, [org() for _ in range(draw.choice((1, 2, 3)))], cited()) for at in range(milestones)],
    }  # fmt: skip
    yield "contradictions", {
        "contradictions": [
            {"id": f"c{at}", "sujet": f"Année de création ({at})", "type": "date", "gravite": draw.choice(("forte", "moyenne", "faible")), "origine": "interne", "objets": [f"o{at * 10 % organisations}"],
             "enonces": [{"enonce": f"Créée en {year}", "valeur": str(year), **cited()[0]} for year in (2001, 2003)]}
            for at in range(disputes)
        ]
    }  # fmt: skip


def _organisation(draw: random.Random, at: int, name: str, cited: list[dict[str, Any]]) -> dict[str, Any]:
    acronym = "".join(word[0] for word in name.split() if word[0].isupper()) + str(at)
    return {
        "id": f"o{at}",
        "nom": name,
        "autres_noms": [{"nom": acronym, "type": "sigle"}] if at % 2 else [],
        "nature": draw.choice(NATURES),
        "echelle": draw.choice(SCALES),
        "creation": draw.choice((f"{draw.randrange(1960, 2024)}", f"{draw.randrange(1960, 2024)}~", "199X")),
        "commune": draw.choice(TOWNS),
        "activites": [sentence(draw, 1)[:-1].lower() for _ in range(2)],
        "themes": sorted(draw.sample(THEMES, 2)),
        "resume": sentence(draw),
        "sources": cited,
    }


def _tie(draw: random.Random, at: int, organisations: int, cited: list[dict[str, Any]]) -> dict[str, Any]:
    """Make a tie from an organisation to an earlier one: successions never go round in a circle."""
    later = draw.randrange(1, organisations)
    start = draw.randrange(1990, 2020)
    return {
        "id": f"r{at}",
        "de": f"o{later}",
        "vers": f"o{draw.randrange(later)}",
        "type": draw.choice(tuple(TIES)),
        "debut": str(start),
        "fin": str(start + draw.randrange(8)),
        "certitude": draw.choice(CERTAINTIES),
        "sources": cited,
    }


def _milestone(draw: random.Random, at: int, actors: list[str], cited: list[dict[str, Any]]) -> dict[str, Any]:
    year = draw.randrange(1990, 2026)
    return {
        "id": f"j{at}",
        "date": draw.choice((f"{year}", f"{year}-{draw.randrange(1, 13):02}", f"{year}~")),
        "titre": sentence(draw, 1)[:-1],
        "resume": sentence(draw, 2),
        "echelle": draw.choice(SCALES),
        "piste": draw.choice(LANES),
        "nature": draw.choice(NATURES_OF_MILESTONE),
        "acteurs": sorted(set(actors)),
        "sources": cited,
    }


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 5000)  # noqa: PLR2004 -- the optional argument
