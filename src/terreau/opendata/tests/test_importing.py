"""What an import writes, once or twice, whole or interrupted."""

import threading

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from terreau.directory.models import Identifier, Nature, Organisation, Suggestion
from terreau.directory.services import update_organisation
from terreau.directory.services.bulk import OrganisationDraft, create_organisations
from terreau.directory.services.suggestions import accept_many, decline_many
from terreau.directory.tests.factories import IdentifierFactory, NatureFactory, OrganisationFactory
from terreau.kernel import audit, facts, inserting
from terreau.kernel.errors import NotAllowed, RuleBroken
from terreau.kernel.models import Entry
from terreau.opendata import services
from terreau.opendata.enums import BatchState, Choice
from terreau.opendata.models import ImportBatch, OutsideRecord, RememberedColumns
from terreau.opendata.services import running
from terreau.opendata.tests.files import OTHER_SIRET, SAMPLES, SIRET, imported, needs_samples, opened, state_of

HEAD = "id;Nom;SIRET;Adresse;Commune;Site;Date de création\n"
TWO = HEAD + f"1;Maison du Vélo;{SIRET};1 rue Haute;Onnaing;velo.example;2001\n2;Épicerie;;;Anzin;;31/01/2019\n"
REAL = (
    "siae_hainaut_cambresis.csv", "siae_nord_hors_hainaut.csv", "prescripteurs_insertion_nord.csv", "ess_unites_legales.csv", "rna_associations.csv",
    "sirene_api_unites_legales.json", "recherche_entreprises_reponse.json", "api_entreprise_insee.json", "api_entreprise_associations.json",
    "liste_ess_france_reponse.json", "marche_inclusion_siae_reponse.json", "data_inclusion_api_structures.json", "gogocarto_elements_complets.json",
    "gogocarto_elements_compacts.json", "transiscope_elements_jsonld.json", "lieux/aix_en_provence.json", "lieux/maine_et_loire.json", "lieux/angers.json",
)  # fmt: skip


def test_a_row_becomes_a_page_with_its_numbers_its_source_and_its_trace(valenciennois, animator):
    NatureFactory.create(territory=valenciennois, key="association")
    batch = imported(valenciennois, animator.actor, TWO)
    assert (batch.state, batch.created_count, batch.refused_count) == (BatchState.DONE, 2, 0)
    page = Organisation.objects.get(key="maison-du-velo")
    assert (page.commune, page.site, str(page.start), page.nature.key) == (
        "Onnaing",
        "https://velo.example",
        "2001",
        "association",
    )
    assert set(page.identifiers.values_list("scheme", "value")) == {("siret", SIRET), ("siren", SIRET[:9])}
    record = OutsideRecord.objects.get(organisation=page)
    assert (record.source, record.outside_id, record.values["commune"]) == ("Essai", "1", "Onnaing")
    assert audit.broken_link(str(valenciennois.pk)) is None
    assert Entry.objects.get(record_id=page.pk).title == "Maison du Vélo"


def test_what_a_bulk_creation_tells_is_what_the_records_tell(valenciennois, animator):
    imported(valenciennois, animator.actor, TWO)
    lived = list(
        Entry.objects.order_by("key").values_list("key", "title", "subtitle", "names", "body", "url", "visibility")
    )
    facts.rebuild(valenciennois)
    assert (
        list(
            Entry.objects.filter(kind="organisation")
            .order_by("key")
            .values_list("key", "title", "subtitle", "names", "body", "url", "visibility")
        )
        == lived
    )


def test_importing_twice_changes_nothing(valenciennois, animator):
    imported(valenciennois, animator.actor, TWO)
    before = state_of(valenciennois)
    again = imported(valenciennois, animator.actor, TWO)
    assert (again.created_count, again.unchanged_count) == (0, 2)
    assert state_of(valenciennois) == before


@needs_samples
@pytest.mark.parametrize("name", REAL)
def test_every_real_sample_imported_twice_gives_the_same_state(valenciennois, animator, name):
    content = (SAMPLES / name).read_bytes()
    first = imported(valenciennois, animator.actor, content, name)
    assert first.state == BatchState.DONE
    assert first.created_count > 0
    outcomes = first.created_count + first.linked_count + first.refused_count + first.doubtful_count
    assert outcomes == first.read_count
    before = state_of(valenciennois)
    again = imported(valenciennois, animator.actor, content, name)
    assert (again.created_count, again.changed_count) == (0, 0)
    assert state_of(valenciennois) == before


LINE = st.tuples(
    st.sampled_from(["", "1", "2", "3"]), st.sampled_from(["", "Maison", "maison", "Épicerie", "<b>"]), st.sampled_from(["", SIRET, OTHER_SIRET, "39286602600018"]),
    st.just(""), st.sampled_from(["", "Anzin", "Marly"]), st.just(""), st.sampled_from(["", "2001", "31/02/2001"]),
)  # fmt: skip


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(LINE, min_size=1, max_size=6))
def test_whatever_the_rows_a_second_import_writes_nothing(valenciennois, animator, lines):
    content = HEAD + "\n".join(";".join(line) for line in lines) + "\n"
    source = str(hash(content))
    first = imported(valenciennois, animator.actor, content, source=source)
    assert sum(getattr(first, name) for name in ImportBatch.COUNTS[1:]) == first.read_count
    before = state_of(valenciennois)
    again = imported(valenciennois, animator.actor, content, source=source)
    assert (again.created_count, again.changed_count) == (0, 0)
    assert state_of(valenciennois) == before


def test_a_preview_writes_nothing_and_tells_what_the_import_does(valenciennois, animator):
    batch = opened(valenciennois, animator.actor, TWO + "3;;;;;;\n4;Truc;;;;;31/02/2020\n2;Encore;;;;;\n")
    services.preview(batch, by=animator.actor)
    assert Organisation.objects.count() == 0
    told = [(problem.row, problem.column, problem.code) for problem in batch.problems.order_by("row")]
    assert told == [(4, "", "name"), (5, "Date de création", "date"), (6, "", "repeated")]
    counts = [getattr(batch, name) for name in ImportBatch.COUNTS]
    services.confirm(batch, by=animator.actor)
    services.advance(batch, by=animator.actor, rows=None)
    assert [getattr(batch, name) for name in ImportBatch.COUNTS] == counts


def test_a_preview_of_several_chunks_tells_the_same(valenciennois, animator, monkeypatch):
    monkeypatch.setattr(running, "CHUNK", 2)
    batch = opened(valenciennois, animator.actor, TWO + f"5;Vélo bis;{SIRET};;;;\n6;Épicerie;;;Anzin;;\n1;Trois;;;;;\n")
    services.preview(batch, by=animator.actor)
    counts = [getattr(batch, name) for name in ImportBatch.COUNTS]
    assert (batch.created_count, batch.linked_count, batch.doubtful_count, batch.refused_count) == (2, 1, 1, 1)
    services.confirm(batch, by=animator.actor)
    services.advance(batch, by=animator.actor, rows=None)
    assert [getattr(batch, name) for name in ImportBatch.COUNTS] == counts


def test_a_page_that_bears_the_number_is_recognised_and_never_written_over(valenciennois, animator):
    page = OrganisationFactory.create(
        territory=valenciennois, name="La Maison du Vélo", commune="Onnaing", site="https://ancien.example"
    )
    IdentifierFactory.create(organisation=page, scheme="siret", value=SIRET)
    batch = imported(valenciennois, animator.actor, TWO)
    page.refresh_from_db()
    assert (batch.linked_count, page.name, page.site, page.version) == (
        1,
        "La Maison du Vélo",
        "https://ancien.example",
        1,
    )
    suggestion = Suggestion.objects.get()
    assert suggestion.batch == batch.pk
    assert suggestion.changes["site"] == ["https://ancien.example", "https://velo.example"]


def test_two_establishments_of_one_unit_are_two_pages(valenciennois, animator):
    page = OrganisationFactory.create(territory=valenciennois, name="Siège")
    IdentifierFactory.create(organisation=page, scheme="siret", value="39286602600025")
    IdentifierFactory.create(organisation=page, scheme="siren", value=SIRET[:9])
    assert imported(valenciennois, animator.actor, TWO).created_count == 2


def test_a_page_of_another_territory_is_not_recognised(valenciennois, animator, elsewhere):
    page = OrganisationFactory.create(territory=elsewhere)
    IdentifierFactory.create(organisation=page, scheme="siret", value=SIRET)
    assert imported(valenciennois, animator.actor, TWO).created_count == 2


def test_a_name_in_the_same_commune_waits_for_a_person(valenciennois, animator):
    page = OrganisationFactory.create(territory=valenciennois, name="EPICERIE", commune="anzin")
    batch = opened(valenciennois, animator.actor, TWO, source="Essai")
    services.preview(batch, by=animator.actor)
    (row,) = batch.resemblances.all()
    assert (row.organisation, row.choice) == (page, Choice.ASIDE)
    services.choose(batch, by=animator.actor, choices={row.row: Choice.SAME})
    services.confirm(batch, by=animator.actor)
    services.advance(batch, by=animator.actor, rows=None)
    assert (batch.created_count, batch.linked_count) == (1, 1)
    assert OutsideRecord.objects.get(outside_id="2").organisation == page


@pytest.mark.parametrize(
    ("choice", "counts"),
    [(Choice.ASIDE, (0, 0, 1)), (Choice.SAME, (0, 1, 0)), (Choice.NEW, (1, 0, 0))],
)
def test_a_row_that_looks_like_a_page_waits_for_a_person(valenciennois, animator, choice, counts):
    page = OrganisationFactory.create(
        territory=valenciennois, name="Les Jardins du Hainaut", commune="Anzin", telephone="03 27 00 11 22"
    )
    content = "Nom;Commune;Téléphone\nAssociation Jardins du Hainault;Anzin;+33 3 27 00 11 22\n"
    batch = opened(valenciennois, animator.actor, content, source="Essai")
    services.preview(batch, by=animator.actor)
    (row,) = batch.resemblances.all()
    assert (row.organisation, row.choice) == (page, Choice.ASIDE)

    services.choose(batch, by=animator.actor, choices={row.row: choice})
    services.confirm(batch, by=animator.actor)
    services.advance(batch, by=animator.actor, rows=None)

    assert (batch.created_count, batch.linked_count, batch.doubtful_count) == counts


def test_a_resemblance_left_aside_is_not_imported_and_stays_listed(valenciennois, animator):
    OrganisationFactory.create(territory=valenciennois, name="Épicerie", commune="Anzin")
    batch = imported(valenciennois, animator.actor, TWO)
    assert (batch.created_count, batch.doubtful_count, batch.resemblances.count()) == (1, 1, 1)


def test_a_refresh_never_overwrites_a_correction(valenciennois, animator):
    imported(valenciennois, animator.actor, TWO)
    page = Organisation.objects.get(key="epicerie")
    update_organisation(page, by=animator.actor, version=page.version, changes={"commune": "Marly"})
    assert imported(valenciennois, animator.actor, TWO).unchanged_count == 2
    changed = imported(valenciennois, animator.actor, TWO.replace("2;Épicerie;;;Anzin", "2;Épicerie;;;Maing"))
    page.refresh_from_db()
    assert (page.commune, changed.changed_count) == ("Marly", 1)
    suggestion = Suggestion.objects.get()
    assert suggestion.changes == {"commune": ["Marly", "Maing"]}
    assert OutsideRecord.objects.get(outside_id="2").before == {"commune": "Anzin"}
    assert accept_many([suggestion], by=animator.actor).accepted == 1
    page.refresh_from_db()
    assert page.commune == "Maing"


def test_what_was_set_aside_is_not_proposed_again(valenciennois, animator):
    imported(valenciennois, animator.actor, TWO)
    changed = TWO.replace("2;Épicerie;;;Anzin", "2;Épicerie;;;Maing")
    imported(valenciennois, animator.actor, changed)
    decline_many(Suggestion.objects.all(), by=animator.actor)
    imported(valenciennois, animator.actor, changed)
    assert Suggestion.objects.open().count() == 0


def test_a_new_proposal_takes_the_place_of_the_one_that_waits_and_forgets_none_of_it(valenciennois, animator):
    imported(valenciennois, animator.actor, TWO)
    imported(valenciennois, animator.actor, TWO.replace("2;Épicerie;;;Anzin;", "2;Épicerie;;;Maing;"))
    imported(valenciennois, animator.actor, TWO.replace("2;Épicerie;;;Anzin;", "2;Épicerie;;;Maing;epicerie.example"))
    suggestion = Suggestion.objects.open().get()
    assert {name: pair[1] for name, pair in suggestion.changes.items()} == {
        "commune": "Maing",
        "site": "https://epicerie.example",
    }


def test_a_crash_in_the_middle_resumes_without_doubling(valenciennois, animator, monkeypatch):
    monkeypatch.setattr(running, "CHUNK", 2)
    content = HEAD + "".join(f"{number};Structure {number};;;Anzin;;\n" for number in range(7))
    batch = opened(valenciennois, animator.actor, content)
    services.preview(batch, by=animator.actor)
    services.confirm(batch, by=animator.actor)
    real, calls = inserting.insert_all, []

    def fails_at_the_third(rows):
        calls.append(len(rows))
        if len(calls) == 3:
            raise RuntimeError
        real(rows)

    monkeypatch.setattr(running, "insert_all", fails_at_the_third)
    with pytest.raises(RuntimeError):
        services.advance(batch, by=animator.actor, rows=None)
    assert (Organisation.objects.count(), OutsideRecord.objects.count()) == (4, 4)
    monkeypatch.setattr(running, "insert_all", real)
    services.advance(ImportBatch.objects.get(), by=animator.actor, rows=None)
    batch.refresh_from_db()
    assert (batch.state, batch.created_count, Organisation.objects.count()) == (BatchState.DONE, 7, 7)


def test_an_import_is_confirmed_once(valenciennois, animator):
    batch = opened(valenciennois, animator.actor, TWO)
    services.preview(batch, by=animator.actor)
    other = ImportBatch.objects.get(pk=batch.pk)
    services.confirm(batch, by=animator.actor)
    with pytest.raises(RuleBroken):
        services.confirm(other, by=animator.actor)


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_write_each_row_once(valenciennois, animator, monkeypatch):
    monkeypatch.setattr(running, "CHUNK", 3)
    content = HEAD + "".join(f"{number};Structure {number};;;Anzin;;\n" for number in range(20))
    batch = opened(valenciennois, animator.actor, content)
    services.preview(batch, by=animator.actor)
    services.confirm(batch, by=animator.actor)
    start = threading.Barrier(2)

    def work():
        start.wait()
        try:
            services.advance(ImportBatch.objects.get(pk=batch.pk), by=animator.actor, rows=None)
        except running.Overtaken:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    services.advance(batch, by=animator.actor, rows=None)
    batch.refresh_from_db()
    assert (batch.state, batch.created_count, Organisation.objects.count()) == (BatchState.DONE, 20, 20)
    assert audit.broken_link(str(valenciennois.pk)) is None


def test_undoing_takes_away_what_nobody_touched(valenciennois, animator):
    batch = imported(valenciennois, animator.actor, TWO)
    page = Organisation.objects.get(key="epicerie")
    update_organisation(page, by=animator.actor, version=1, changes={"commune": "Marly"})
    undone = services.undo(batch, by=animator.actor)
    assert (undone.removed, undone.kept) == (1, 1)
    assert list(Organisation.objects.values_list("key", flat=True)) == ["epicerie"]
    assert list(Entry.objects.filter(kind="organisation").values_list("key", flat=True)) == ["epicerie"]
    with pytest.raises(RuleBroken):
        services.undo(batch, by=animator.actor)
    assert imported(valenciennois, animator.actor, TWO).created_count == 1


def test_the_columns_that_a_person_matched_are_remembered(valenciennois, animator, elsewhere, stranger):
    content = "Qui;Où\nTruc;Anzin\n"
    batch = opened(valenciennois, animator.actor, content)
    services.match_columns(batch, by=animator.actor, mapping={"Qui": "name", "Où": "commune"}, source="Voisins")
    again = opened(valenciennois, animator.actor, content.replace("Truc", "Machin"))
    assert dict(again.columns.values_list("name", "field")) == {"Qui": "name", "Où": "commune"}
    assert again.source == "Voisins"
    assert dict(opened(elsewhere, stranger.actor, content).columns.values_list("name", "field"))["Qui"] == ""
    assert RememberedColumns.objects.count() == 1


def test_every_column_is_read_or_told_as_unread(valenciennois, animator):
    batch = imported(valenciennois, animator.actor, "Nom;Président;Couleur\nTruc;Camille;bleu\n")
    assert list(batch.columns.values_list("name", "field", "why", "example", "filled_count")) == [
        ("Nom", "name", "", "Truc", 1), ("Président", "", "person", "", 1), ("Couleur", "", "", "bleu", 1),
    ]  # fmt: skip
    assert "Camille" not in str(OutsideRecord.objects.values_list("raw", "values"))


def test_the_example_of_a_column_is_never_a_persons(valenciennois, animator):
    batch = opened(valenciennois, animator.actor, "Nom;Téléphone\nUn;06 11 22 33 44\nDeux;03 27 11 22 33\n")
    assert batch.columns.get(name="Téléphone").example == "03 27 11 22 33"


def test_a_mobile_is_kept_nowhere(valenciennois, animator):
    content = "Nom;Téléphone;Date de création\nUn;06 11 22 33 44;2001\nDeux;06 11 22 33 44;31/02/2001\n"
    batch = imported(valenciennois, animator.actor, content)
    kept = [*OutsideRecord.objects.values("raw", "values"), *batch.problems.values("cells", "value")]
    assert "06 11" not in str(kept)
    assert batch.columns.get(name="Téléphone").aside_count == 2


def test_a_key_met_late_in_a_file_is_told(valenciennois, animator):
    items = (
        ",".join(f'{{"id": "{n}", "nom": "Structure {n}"}}' for n in range(250))
        + ',{"id": "z", "nom": "Fin", "rare": "x"}'
    )
    batch = imported(valenciennois, animator.actor, f"[{items}]", "a.json")
    assert batch.columns.get(name="rare").why == "later"


def test_only_the_team_imports(valenciennois, member, stranger):
    for client in (member, stranger):
        with pytest.raises(NotAllowed):
            opened(valenciennois, client.actor, TWO)


def test_a_file_without_a_name_column_asks_for_it(valenciennois, animator):
    batch = opened(valenciennois, animator.actor, "A;B\n1;2\n")
    with pytest.raises(RuleBroken, match="nom"):
        services.match_columns(batch, by=animator.actor, mapping={"A": "commune"})


# --- The verb of the directory --------------------------------------------------------------------------------------


def test_many_organisations_cost_the_same_queries_as_one(valenciennois, animator):
    nature = NatureFactory.create(territory=valenciennois)
    counts = []
    for size in (1, 30):
        drafts = [
            OrganisationDraft(f"Nom {size} {n}", nature, {"commune": "Anzin", "start": "2001"}) for n in range(size)
        ]
        with CaptureQueriesContext(connection) as captured:
            create_organisations(valenciennois, by=animator.actor, drafts=drafts)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_a_draft_that_breaks_a_rule_leaves_the_others(valenciennois, animator):
    nature = NatureFactory.create(territory=valenciennois)
    siret = [{"scheme": "siret", "value": SIRET}]
    drafts = [
        OrganisationDraft("Une", nature, {}, identifiers=siret), OrganisationDraft("Deux", nature, {"start": "2020", "end": "2010"}),
        OrganisationDraft("Trois", nature, {}, identifiers=siret), OrganisationDraft("Une", nature, {}),
    ]  # fmt: skip
    made = create_organisations(valenciennois, by=animator.actor, drafts=drafts)
    assert [type(one) for one in made] == [Organisation, RuleBroken, RuleBroken, Organisation]
    assert list(Organisation.objects.order_by("key").values_list("key", flat=True)) == ["une", "une-2"]
    assert Identifier.objects.count() == 1


def test_a_name_borne_a_hundred_times_gets_a_hundred_keys(valenciennois, animator):
    nature = NatureFactory.create(territory=valenciennois)
    for _turn in range(2):
        create_organisations(valenciennois, by=animator.actor, drafts=[OrganisationDraft("ABC", nature, {})] * 50)
    keys = set(Organisation.objects.values_list("key", flat=True))
    assert keys == {"abc", *(f"abc-{number}" for number in range(2, 101))}


def test_a_territory_without_natures_gets_one(valenciennois, animator):
    imported(valenciennois, animator.actor, TWO)
    assert list(Nature.objects.values_list("key", flat=True)) == ["structure"]
