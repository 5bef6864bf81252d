"""The journey of an import over HTTP, and the page that says where a page comes from."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from terreau.directory.models import Organisation, Suggestion
from terreau.directory.services import update_organisation
from terreau.directory.tests.factories import OrganisationFactory
from terreau.kernel.enums import Visibility
from terreau.opendata.enums import BatchState
from terreau.opendata.models import ImportBatch
from terreau.opendata.queries.layers import Layer, layers_of
from terreau.opendata.tests.files import imported

LIST = "/valenciennois/animation/imports/"
CONTENT = "id;Qui;Commune;Date de création;Téléphone\n1;Maison du Vélo;Onnaing;2001;06 11 22 33 44\n2;Épicerie;Anzin;31/02/2020;\n"


def sent(client, content=CONTENT, name="structures.csv", **given):
    file = SimpleUploadedFile(name, content.encode())
    return client.post(LIST, {"file": file, "source": "Voisins", **given})


def test_a_file_is_looked_at_matched_previewed_confirmed_and_taken_back(animator, valenciennois):
    address = sent(animator)["Location"]
    page = animator.get(address).content.decode()
    assert "Windows-1252" not in page
    assert "Qui" in page
    matched = {
        "champ-name": "Qui",
        "champ-commune": "Commune",
        "champ-start": "Date de création",
        "champ-telephone": "Téléphone",
        "champ-outside_id": "id",
    }
    page = animator.post(f"{address}colonnes/", {"source": "Voisins", **matched}, follow=True).content.decode()
    assert "n'est pas une date qui existe" in page.replace("’", "'").replace("&#x27;", "'")
    batch = ImportBatch.objects.get()
    assert (batch.state, batch.created_count, batch.refused_count) == (BatchState.PREVIEWED, 1, 1)
    assert not Organisation.objects.exists()
    refused = animator.get(f"{address}refus.csv").getvalue().decode("utf-8-sig").splitlines()
    assert refused[0] == "ligne du fichier;motif du refus;id;Qui;Commune;Date de création;Téléphone"
    assert refused[1].startswith("3;Date de création : ")
    animator.post(f"{address}confirmer/")
    assert Organisation.objects.get().telephone == ""
    batch.refresh_from_db()
    assert batch.state == BatchState.DONE
    assert "Ce que l" in animator.get(address).content.decode()
    assert animator.get(f"{address}annuler/").status_code == 200
    animator.post(f"{address}annuler/")
    assert not Organisation.objects.exists()


def test_a_bad_file_is_refused_on_the_form_with_a_sentence(animator, valenciennois):
    response = sent(animator, "%PDF-1.7", "rapport.csv")
    assert response.status_code == 200
    assert "au format PDF" in response.content.decode()
    assert not ImportBatch.objects.exists()


def test_a_column_given_twice_is_said_on_its_field(animator, valenciennois):
    address = sent(animator)["Location"]
    response = animator.post(f"{address}colonnes/", {"source": "", "champ-name": "Qui", "champ-acronym": "Qui"})
    assert "champ-acronym" in response.context["form"].errors


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_an_import_costs_the_same_for_one_row_or_three(animator, valenciennois, queries, rows):
    content = "id;Nom;Commune\n" + "".join(f"{n};Nom {n};Anzin\n;;\n{n};;\n" for n in range(rows))
    batch = imported(valenciennois, animator.actor, content)
    with queries(11):
        assert animator.get(batch.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_what_sources_say_otherwise_costs_the_same_for_one_page_or_three(animator, valenciennois, queries, rows):
    content = "id;Nom;Commune\n" + "".join(f"{n};Nom {n};Anzin\n" for n in range(rows))
    imported(valenciennois, animator.actor, content)
    imported(valenciennois, animator.actor, content.replace("Anzin", "Marly"))
    with queries(9):
        page = animator.get(f"{LIST}changements/")
    assert page.content.decode().count("Marly") == rows


def test_ticked_changes_are_accepted_and_others_wait(animator, valenciennois):
    content = "id;Nom;Commune\n1;Un;Anzin\n2;Deux;Anzin\n"
    imported(valenciennois, animator.actor, content)
    imported(valenciennois, animator.actor, content.replace("Anzin", "Marly"))
    ticked = Suggestion.objects.get(organisation__name="Un")
    animator.post(f"{LIST}changements/", {"suggestion": [str(ticked.pk), "n'importe quoi"], "decision": "accept"})
    assert dict(Organisation.objects.values_list("name", "commune")) == {"Un": "Marly", "Deux": "Anzin"}


def test_layers_tell_what_is_imported_corrected_waiting_and_own(valenciennois, animator):
    content = "id;Nom;Commune;Adresse;Site\n1;Un;Anzin;1 rue Haute;un.example\n"
    imported(valenciennois, animator.actor, content)
    page = Organisation.objects.get()
    update_organisation(page, by=animator.actor, version=1, changes={"commune": "Maing", "summary": "Écrit ici."})
    imported(valenciennois, animator.actor, content.replace("1 rue Haute", "2 rue Basse"))
    page.refresh_from_db()
    layers = {field.name: field.layer for field in layers_of(page)}
    assert layers == {
        "name": Layer.IMPORTED, "commune": Layer.CORRECTED, "address": Layer.WAITING, "site": Layer.IMPORTED, "summary": Layer.OWN, "nature": Layer.OWN,
    }  # fmt: skip


def test_where_a_page_comes_from_is_told_to_whom_may_read_it_and_to_nobody_else(
    visitor, animator, valenciennois, queries
):
    imported(valenciennois, animator.actor, "id;Nom;Commune;Contact mobile\n1;Un;Anzin;06 11 22 33 44\n")
    page = Organisation.objects.get()
    address = f"{page.get_absolute_url()}provenance/"
    with queries(6):
        content = visitor.get(address).content.decode()
    assert "Essai" in content
    assert "06 11" not in content
    Organisation.objects.update(visibility=Visibility.TEAM)
    assert visitor.get(address).status_code == 404


def test_a_page_that_no_file_brought_says_so(visitor, valenciennois):
    page = OrganisationFactory.create(territory=valenciennois)
    assert "Aucun import" in visitor.get(f"{page.get_absolute_url()}provenance/").content.decode()


def test_an_import_of_another_territory_is_not_found(stranger, animator, valenciennois, elsewhere):
    batch = imported(valenciennois, animator.actor, "Nom\nUn\n")
    assert stranger.get(f"/ailleurs/animation/imports/{batch.pk}/").status_code == 404
    assert stranger.post(f"/ailleurs/animation/imports/{batch.pk}/annuler/").status_code == 404
