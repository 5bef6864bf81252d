"""Files of sectors: whole or not at all, twice the same, and what is used stays."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from terreau.directory import services
from terreau.directory.models import Sector
from terreau.directory.tests.factories import OfferFactory, PurchaseFactory, SectorFactory, told
from terreau.kernel.errors import NotAllowed
from terreau.kernel.models import AuditEvent, Entry

ADDRESS = "/valenciennois/charger-des-secteurs/"
FOLDERS = [above / "shared" for above in Path(__file__).resolve().parents]
NATIONAL = next(
    (file for folder in FOLDERS if (file := folder / "data/nomenclatures/secteurs_achats_inclusion.csv").is_file()),
    None,
)
SMALL = 'slug,libelle,groupe\ntraiteur,Traiteur,Restauration\nvelos-14,"Réparation de vélos, cycles",Réparations\n'


def load(territory, client, text, encoding="utf-8", **options):
    content = text if isinstance(text, bytes) else text.encode(encoding)
    return services.load_sectors(territory, content, by=client.actor, **options)


def refusals(territory, client, text, **options):
    with pytest.raises(services.FileRefused) as refused:
        load(territory, client, text, **options)
    assert Sector.objects.count() == 0
    return [problem.replace("\u00a0", " ") for problem in refused.value.problems]


def state():
    return list(Sector.objects.order_by("key").values_list("pk", "key", "name", "group", "version", "position"))


def test_a_file_is_loaded_and_twice_gives_the_same_state(animator, valenciennois):
    first = load(valenciennois, animator, SMALL)
    before, audited = state(), AuditEvent.objects.count()
    again = load(valenciennois, animator, SMALL)
    assert (first.created, again.created, again.updated, again.unchanged) == (2, 0, 0, 2)
    assert (state(), AuditEvent.objects.count()) == (before, audited)
    assert [row[1:4] for row in before] == [
        ("traiteur", "Traiteur", "Restauration"),
        ("velos-14", "Réparation de vélos, cycles", "Réparations"),
    ]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (SMALL, "utf-8-sig"),
        (SMALL, "cp1252"),
        (SMALL, "utf-16"),
        (SMALL.replace("\n", "\r\n"), "utf-8"),
        ('Libellé;Slug;Groupe\nTraiteur;traiteur;Restauration\n"Réparation de vélos, cycles";velos-14;Réparations\n', "cp1252"),
        ("slug\tlibelle\tgroupe\ntraiteur\tTraiteur\tRestauration\nVélos_14\tRéparation de vélos, cycles\tRéparations\n\n", "utf-8"),
    ],
)  # fmt: skip
def test_spreadsheets_may_write_it_their_way(text, encoding, animator, valenciennois):
    load(valenciennois, animator, text, encoding)
    assert [row[1:4] for row in state()] == [
        ("traiteur", "Traiteur", "Restauration"),
        ("velos-14", "Réparation de vélos, cycles", "Réparations"),
    ]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("", ["Ligne 1 : il manque la colonne « slug », « libelle »"]),
        ("nom;prix\nx;1\n", ["Ligne 1 : il manque la colonne « slug » (colonnes lues : nom, prix)"]),
        ("slug,libelle\n", ["Le fichier n'a aucun secteur"]),
        ("slug,libelle\n!!!,Traiteur\nx,\n", ["Ligne 2 : l'identifiant « !!! »", "Ligne 3 : « x » n'a pas de libellé"]),
        ("slug,libelle\na,Un\n\na,Deux\n", ["Ligne 4 : « a » est déjà à la ligne 2"]),
        ("slug,libelle\na,Un,Deux\n", ["Ligne 2 : « Deux » est en trop"]),
        ('slug,libelle\na,"Un\nb,Deux\n', ["Ligne 2 : le guillemet ouvert ne se ferme pas"]),
        ("slug,libelle\na," + "x" * 121, ["Ligne 2 : « " + "x" * 60 + "… » a 121 signes"]),
        (b"PK\x03\x04\x00\x00", ["Ce fichier n'est pas du texte"]),
        (b"slug,libelle\n\x81,x", ["Ce fichier n'est pas du texte"]),
        ("x" * 2_000_001, ["Le fichier dépasse 2 Mo"]),
        ("slug,libelle\n" + ",\n,x\n" * 80, ["Ligne 3 :"]),
        ("slug,libelle\n" + "".join(f"s{n},x\n" for n in range(5002)), ["Le fichier a plus de 5000 secteurs"]),
    ],
)
def test_what_cannot_be_read_is_told_by_line_and_nothing_is_written(text, problems, animator, valenciennois):
    told_problems = refusals(valenciennois, animator, text)
    assert len(told_problems) <= 51
    for begins, problem in zip(problems, told_problems, strict=False):
        assert problem.replace("’", "'").startswith(begins)


def test_two_thousand_columns_are_told_as_left_aside(animator, valenciennois):
    titles = ",".join(["slug", "libelle", *(f"c{n}" for n in range(2000))])
    loaded = load(valenciennois, animator, f"{titles}\na,Un\n")
    assert (loaded.created, len(loaded.unread)) == (1, 2000)


def test_a_sector_in_use_is_never_removed(animator, valenciennois):
    used, bought, idle = (SectorFactory.create(territory=valenciennois, name=name) for name in ("Servi", "Acheté", "Oisif"))  # fmt: skip
    OfferFactory.create(territory=valenciennois).sectors.add(used)
    PurchaseFactory(territory=valenciennois, sector=bought)
    assert load(valenciennois, animator, SMALL).removed == 0
    loaded = load(valenciennois, animator, SMALL, replace=True)
    assert (loaded.removed, sorted(loaded.kept)) == (1, ["Acheté", "Servi"])
    assert not Sector.objects.filter(pk=idle.pk).exists()
    assert Sector.objects.filter(pk__in=[used.pk, bought.pk]).count() == 2


def test_a_sector_renamed_is_found_by_its_new_name(animator, valenciennois):
    sector = SectorFactory.create(territory=valenciennois, key="traiteur", name="Repas")
    offer = OfferFactory.create(territory=valenciennois)
    offer.sectors.add(sector)
    told(offer)
    loaded = load(valenciennois, animator, SMALL)
    assert (loaded.updated, Sector.objects.get(pk=sector.pk).version) == (1, 2)
    assert "traiteur" in Entry.objects.get(record_id=offer.pk).names


def test_the_page_loads_a_file_and_tells_what_it_did(animator, valenciennois):
    file = SimpleUploadedFile("secteurs.csv", (SMALL.replace("groupe\n", "groupe,couleur\n")).encode())
    page = animator.post(ADDRESS, {"file": file}, follow=True).content.decode().replace("\u00a0", " ")
    assert "Secteurs ajoutés : 2" in page
    assert "Colonnes laissées de côté : couleur" in page
    assert "<h2>2 secteurs</h2>" in page
    bad = SimpleUploadedFile("secteurs.csv", b"slug,libelle\n!,x\n?,y\n")
    page = animator.post(ADDRESS, {"file": bad}).content.decode().replace("\u00a0", " ")
    assert page.count("Ligne 2 :") == page.count("Ligne 3 :") == 2
    assert Sector.objects.count() == 2


@pytest.mark.parametrize("who", ["visitor", "member", "manager", "officer", "observer", "stranger"])
def test_only_animators_and_administrators_load_sectors(who, request, valenciennois):
    client = request.getfixturevalue(who)
    with pytest.raises(NotAllowed):
        load(valenciennois, client, SMALL)
    assert client.post(ADDRESS, {"file": SimpleUploadedFile("a.csv", SMALL.encode())}).status_code == 403


def test_the_national_nomenclature_is_loaded_twice_with_one_result(animator, valenciennois):
    if NATIONAL is None:
        pytest.skip("the national nomenclature is not on this machine")
    content = NATIONAL.read_bytes()
    assert load(valenciennois, animator, content).created == 154
    before = state()
    again = load(valenciennois, animator, content, replace=True)
    assert (again.unchanged, again.removed, state()) == (154, 0, before)
