"""`terreau`: the house from the command line. Each command parses, calls one verb, and says what happened."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

COMMANDS = {
    "demo": "prépare et sert le Valenciennois, avec un compte par rôle",
    "serve": "sert le site (terreau serve --port 8000)",
    "work": "fait les travaux de fond (« serve » le fait déjà)",
    "check": "vérifie un dossier de territoire sans rien écrire",
    "load": "charge un dossier de territoire",
    "dump": "écrit le dossier d'un territoire",
    "reindex": "reconstruit les faits et la recherche à partir des fiches",
    "duplicates": "cherche les fiches d'un territoire qui parlent peut-être de la même structure",
    "admin": "nomme qui administre l'instance (crée le compte s'il n'existe pas)",
    "doctor": "explique ce qui cloche dans l'installation",
    "geography": "charge le code officiel géographique, ou des points et contours",
    "sectors": "charge les secteurs d'achat d'un territoire (fichier CSV : slug, libelle, groupe)",
    "files": "libère la place des fichiers que plus aucune fiche ne tient",
    "reminders": "demande si les fiches sont toujours exactes, et efface les adresses devenues inutiles",
    "import": "importe un fichier de structures dans l'annuaire, ou dit ce qu'il ferait",
    "manage": "passe une commande à Django (terreau manage migrate)",
}


def parser() -> argparse.ArgumentParser:
    """Describe the commands. Kept free of Django, so that `terreau --help` answers at once."""
    main_parser = argparse.ArgumentParser(prog="terreau", description="L'outil commun d'un territoire qui coopère.")
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument(
        "--data", type=Path, metavar="DIR", help="dossier des données (ou la variable TERREAU_DATA ; sinon data/)"
    )
    commands = main_parser.add_subparsers(dest="command", required=True, metavar="COMMANDE")
    made = {
        name: commands.add_parser(name, help=about, description=about, parents=[shared])
        for name, about in COMMANDS.items()
        if name != "manage"
    }
    for name in ("demo", "serve"):
        made[name].add_argument("--port", type=int, default=8000, help="port d'écoute (8000)")
        made[name].add_argument("--host", default="127.0.0.1", help="adresse d'écoute (127.0.0.1)")
        made[name].add_argument("--workers", type=int, default=2, help="nombre de processus (2)")
        made[name].add_argument(
            "--no-worker", action="store_true", help="ne fait pas les travaux de fond à côté du site"
        )
    made["work"].add_argument("--once", action="store_true", help="s'arrête quand plus rien n'attend")
    made["demo"].add_argument("--no-serve", action="store_true", help="prépare sans servir")
    for name in ("check", "load"):
        made[name].add_argument("directory", type=Path, metavar="DOSSIER", help="le dossier de fichiers YAML")
    made["dump"].add_argument("slug", metavar="TERRITOIRE", help="identifiant du territoire")
    made["dump"].add_argument("directory", type=Path, metavar="DOSSIER", help="où écrire les fichiers")
    made["reindex"].add_argument("slug", nargs="?", metavar="TERRITOIRE", help="un seul territoire (tous sinon)")
    made["duplicates"].add_argument("slug", metavar="TERRITOIRE", help="identifiant du territoire")
    made["sectors"].add_argument("slug", metavar="TERRITOIRE", help="identifiant du territoire")
    made["sectors"].add_argument("file", type=Path, metavar="FICHIER", help="le fichier CSV")
    made["sectors"].add_argument(
        "--remplacer", action="store_true", help="retire les secteurs que le fichier n'a pas, sauf ceux qui servent"
    )
    made["reminders"].add_argument("slug", nargs="?", metavar="TERRITOIRE", help="un seul territoire (tous sinon)")
    made["admin"].add_argument("email", metavar="COURRIEL", help="adresse du compte")
    made["geography"].add_argument(
        "--departement", action="append", metavar="CODE", help="un département (répétable ; toute la France sinon)"
    )
    made["geography"].add_argument(
        "--geometrie", type=Path, metavar="FICHIER", help="un fichier GeoJSON de points ou de contours"
    )
    made["geography"].add_argument(
        "--epci", metavar="SIREN", help="demande points et contours au service officiel, pour cette intercommunalité"
    )
    made["geography"].add_argument(
        "--source", default="", help="d'où vient la géométrie (obligatoire avec --geometrie)"
    )
    made["import"].add_argument("slug", metavar="TERRITOIRE", help="identifiant du territoire")
    made["import"].add_argument("file", type=Path, metavar="FICHIER", help="CSV, XLSX, ODS ou JSON")
    made["import"].add_argument("--source", default="", help="nom de la source, le même d'une fois sur l'autre")
    made["import"].add_argument("--dry-run", action="store_true", help="dit ce que l'import ferait, sans rien écrire")
    manage = commands.add_parser("manage", help=COMMANDS["manage"], add_help=False, parents=[shared])
    manage.add_argument("rest", nargs=argparse.REMAINDER)
    return main_parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Gives its exit code: 0 done, 1 refused or wrong, 2 misspelt."""
    arguments = parser().parse_args(argv)
    if arguments.data:
        os.environ["TERREAU_DATA"] = str(arguments.data.resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "terreau.settings")
    import django  # noqa: PLC0415 -- slow import

    django.setup()
    from django.conf import settings  # noqa: PLC0415 -- slow import
    from django.utils import translation  # noqa: PLC0415 -- slow import

    from terreau.cli import commands  # noqa: PLC0415 -- slow import

    with translation.override(os.environ.get("TERREAU_LANGUAGE") or settings.LANGUAGE_CODE):
        try:
            return commands.run(arguments)
        except KeyboardInterrupt:
            return 130


if __name__ == "__main__":
    sys.exit(main())
