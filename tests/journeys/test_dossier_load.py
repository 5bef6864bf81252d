"""A territory comes in: whole or not at all, once, and never behind anyone's back."""

import shutil
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from terreau.directory.models import Organisation, Person, Tie
from terreau.directory.models.tallies import Tally, YearTally
from terreau.dossier import services as dossier
from terreau.geography.models import Commune
from terreau.kernel import audit, facts
from terreau.kernel import dossier as d
from terreau.kernel.enums import Visibility
from terreau.kernel.errors import NotAllowed, RuleBroken
from terreau.kernel.models import AuditEvent, Citation, Dispute, Link, Source, Statement
from terreau.kernel.pure.actor import SYSTEM
from terreau.territory.models import Feature, Territory

pytestmark = pytest.mark.django_db

FILES = {
    "territoire": """\
        id: val-neuf
        nom: Val Neuf
        themes:
        - {id: eau, nom: Eau}
        traits:
        - {theme: eau, texte: Une vallée, sources: [{source: lettre, page: 1}]}
        - {theme: eau, texte: Deux rivières, sources: [{source: lettre, page: 2}]}
        - {theme: eau, texte: Trois ponts, sources: [{source: lettre, page: 3}]}
        """,
    "sources": """\
        territoire: val-neuf
        sources:
        - {id: lettre, titre: La lettre, genre: lettre, annee: 2019}
        """,
    "organisations": """\
        territoire: val-neuf
        natures:
        - {id: association, nom: Association}
        organisations:
        - id: regie
          nom: Régie
          autres_noms:
          - {nom: La Régie, type: usage, source: lettre, page: 4}
          - {nom: RQ, type: sigle}
          nature: association
          creation: 2001~
          fin: ".."
          themes: [eau]
          sources:
          - {source: lettre, page: 12, champ: creation, valeur: 2001}
        - id: jardin
          nom: Jardin
          nature: association
          visibilite: equipe
          contradictions: [c-jardin]
        - id: coffre
          nom: Coffre
          nature: association
          visibilite: privee
        """,
    "relations": """\
        territoire: val-neuf
        types:
        - {id: porte, nom: porte, inverse: est porté par}
        relations:
        - {id: r1, de: regie, vers: jardin, type: porte, debut: 2010}
        """,
    "fonctions": """\
        territoire: val-neuf
        personnes:
        - {id: p1, nom: Une Telle}
        fonctions:
        - {id: f1, personne: p1, organisation: regie, fonction: présidence}
        """,
    "contradictions": """\
        territoire: val-neuf
        contradictions:
        - id: c-jardin
          sujet: La date du jardin
          type: date
          gravite: faible
          origine: interne
          enonces:
          - {enonce: En 2010, source: lettre, page: 3}
          - {enonce: En 2011, source: lettre, page: 5}
        """,
}


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """Write the files of a small territory; `relations=None` leaves one out, `relations=("old", "new")` changes it."""

    def write(name: str = "dossier", **changes: tuple[str, str] | None) -> Path:
        directory = tmp_path / name
        shutil.rmtree(directory, ignore_errors=True)
        directory.mkdir()
        for file, text in FILES.items():
            change = changes.get(file, ("", ""))
            if change is not None:
                assert change[0] in text
                (directory / f"{file}.yaml").write_text(
                    dedent(text.replace(*change) if change[0] else text), encoding="utf-8"
                )
        return directory

    return write


def counts() -> dict[str, int]:
    """Count the rows of every table of the house, but for those that the database itself counts in."""
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.app_config.name.startswith("terreau.") and model not in {Tally, YearTally}
    }


def test_an_empty_instance_takes_a_whole_territory(folder):
    territory, stored = dossier.load(folder(), by=SYSTEM)

    assert (territory.slug, territory.name) == ("val-neuf", "Val Neuf")
    assert (stored.created, stored.updated, stored.unchanged, stored.deleted) == (14, 0, 0, 0)
    assert list(Organisation.objects.of(territory).in_order().values_list("key", flat=True)) == [
        "regie",
        "jardin",
        "coffre",
    ]
    assert str(Organisation.objects.get(key="regie").end) == ".."


def test_a_dossier_with_a_problem_is_refused_whole(folder):
    before = counts()

    with pytest.raises(dossier.DossierRefused) as refused:
        dossier.load(folder(relations=("vers: jardin", "vers: jardins"), organisations=("2001~", "jadis")), by=SYSTEM)

    assert [(problem.file, problem.line) for problem in refused.value.problems] == [
        ("organisations.yaml", 11),
        ("relations.yaml", 5),
    ]
    assert counts() == before


@pytest.mark.parametrize("role", ["visitor", "member", "animator", "steward", "stranger"])
def test_only_who_administers_the_instance_loads_a_territory(folder, role, request):
    actor = request.getfixturevalue(role).actor
    before = counts()

    with pytest.raises(NotAllowed):
        dossier.load(folder(), by=actor)

    assert counts() == before


def test_the_administrator_of_the_instance_loads_a_territory(folder, administrator):
    territory, _stored = dossier.load(folder(), by=administrator.actor)

    assert (
        AuditEvent.objects.filter(chain=str(territory.pk)).values_list("actor_id", flat=True).distinct().get()
        == administrator.user.pk
    )


def test_the_second_load_writes_nothing(folder):
    directory = folder()
    dossier.load(directory, by=SYSTEM)

    with CaptureQueriesContext(connection) as captured:
        _territory, stored = dossier.load(directory, by=SYSTEM)

    written = [query["sql"] for query in captured if query["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}]
    assert written == []
    assert (stored.created, stored.updated, stored.unchanged, stored.changes) == (0, 0, 14, [])


def test_a_crash_in_the_middle_leaves_nothing(folder, monkeypatch):
    before = counts()

    def crash(territory: Territory) -> None:
        assert Organisation.objects.of(territory).count() == 3
        raise MemoryError

    monkeypatch.setattr(facts, "rebuild", crash)
    with pytest.raises(MemoryError):
        dossier.load(folder(), by=SYSTEM)

    assert counts() == before


def test_a_changed_record_keeps_its_uuid_and_takes_a_new_version(folder):
    dossier.load(folder(), by=SYSTEM)
    before = Organisation.objects.get(key="regie")

    territory, stored = dossier.load(folder(organisations=("nom: Régie", "nom: La Grande Régie")), by=SYSTEM)

    after = Organisation.objects.get(key="regie")
    assert (after.pk, after.version, after.name, after.created_at) == (
        before.pk,
        2,
        "La Grande Régie",
        before.created_at,
    )
    assert after.updated_at > before.updated_at
    assert (stored.created, stored.updated, stored.unchanged) == (0, 1, 13)
    event = AuditEvent.objects.filter(chain=str(territory.pk)).latest("sequence")
    assert (event.action, event.kind, event.key, event.changes) == (
        "dossier.update",
        "organisation",
        "regie",
        {"nom": ["Régie", "La Grande Régie"]},
    )
    assert audit.broken_link(str(territory.pk)) is None


def test_what_hangs_on_a_changed_record_is_replaced_and_not_doubled(folder):
    dossier.load(folder(), by=SYSTEM)
    before = counts()

    dossier.load(folder(organisations=("page: 12", "page: 13")), by=SYSTEM)

    after = counts()
    assert {name: after[name] - before[name] for name in after if after[name] != before[name]} == {
        "kernel.AuditEvent": 2
    }
    assert Citation.objects.get(kind="organisation").locator == "13"


def test_the_dossier_wins_over_an_edit_and_the_audit_keeps_what_was_there(folder):
    directory = folder()
    dossier.load(directory, by=SYSTEM)
    Organisation.objects.filter(key="regie").update(name="Renommée en ligne", start="2005", version=2)

    territory, stored = dossier.load(directory, by=SYSTEM)

    regie = Organisation.objects.get(key="regie")
    assert (regie.name, str(regie.start), regie.start_earliest.year, regie.version) == ("Régie", "2001~", 2001, 3)
    assert stored.updated == 1
    event = AuditEvent.objects.filter(chain=str(territory.pk)).latest("sequence")
    assert event.changes == {"nom": ["Renommée en ligne", "Régie"], "creation": ["2005", "2001~"]}


def test_the_audit_never_keeps_the_name_of_a_person(folder):
    dossier.load(folder(), by=SYSTEM)

    territory, _stored = dossier.load(folder(fonctions=("Une Telle", "Une Autre")), by=SYSTEM)

    events = AuditEvent.objects.filter(chain=str(territory.pk), kind="person")
    assert [event.changes for event in events.order_by("sequence")] == [{}, {"nom": ["…", "…"]}]
    assert Person.objects.get().name == "Une Autre"


def test_a_column_that_the_dossier_does_not_know_of_is_left_as_it_is(folder):
    dossier.load(folder(), by=SYSTEM)
    created = Organisation.objects.get(key="regie").created_at

    dossier.load(folder(organisations=("nom: Régie", "nom: Autre")), by=SYSTEM)

    assert Organisation.objects.get(key="regie").created_at == created


def test_another_order_moves_records_without_a_new_version(folder):
    territory, _stored = dossier.load(folder(), by=SYSTEM)
    directory = folder(
        sources=("        - {id: lettre", "        - {id: avant, titre: Avant, genre: lettre}\n        - {id: lettre")
    )

    _territory, stored = dossier.load(directory, by=SYSTEM)

    assert (stored.created, stored.updated, stored.moved) == (1, 0, 1)
    assert list(Source.objects.of(territory).in_order().values_list("key", "version")) == [("avant", 1), ("lettre", 1)]
    assert dossier.load(directory, by=SYSTEM)[1].moved == 0


def test_a_record_added_by_hand_is_written_last_and_then_has_its_place(folder, tmp_path):
    territory, _stored = dossier.load(folder(), by=SYSTEM)
    Organisation.objects.create(
        territory=territory, key="atelier", name="Atelier", nature=Organisation.objects.get(key="regie").nature
    )

    dossier.dump(territory, tmp_path / "out", by=SYSTEM)
    _territory, stored = dossier.load(tmp_path / "out", by=SYSTEM)

    keys = [document.id for document in d.check(tmp_path / "out").folder.of("organisations")]
    assert keys == ["regie", "jardin", "coffre", "atelier"]
    assert (stored.updated, stored.moved) == (0, 1)
    assert dossier.load(tmp_path / "out", by=SYSTEM)[1].moved == 0


def test_a_record_that_the_dossier_no_longer_holds_is_left_as_it_is(folder):
    territory, _stored = dossier.load(folder(), by=SYSTEM)

    _territory, stored = dossier.load(folder(relations=None), by=SYSTEM)

    assert (stored.deleted, stored.changes) == (0, [])
    assert Tie.objects.of(territory).count() == 1


def test_a_list_without_keys_is_whole(folder):
    territory, _stored = dossier.load(folder(), by=SYSTEM)

    _territory, stored = dossier.load(
        folder(territoire=("        - {theme: eau, texte: Une vallée, sources: [{source: lettre, page: 1}]}\n", "")),
        by=SYSTEM,
    )

    assert [feature.text for feature in Feature.objects.of(territory).in_order()] == ["Deux rivières", "Trois ponts"]
    assert (stored.updated, stored.deleted) == (2, 1)
    event = AuditEvent.objects.filter(chain=str(territory.pk), action="dossier.delete").get()
    assert event.changes["texte"] == ["Trois ponts", None]


def test_a_list_that_is_not_written_is_left_as_it_is(folder):
    territory, _stored = dossier.load(folder(), by=SYSTEM)
    directory = folder()
    (directory / "territoire.yaml").write_text(
        "id: val-neuf\nnom: Val Neuf\nthemes: [{id: eau, nom: Eau}]\n", encoding="utf-8"
    )

    _territory, stored = dossier.load(directory, by=SYSTEM)

    assert stored.deleted == 0
    assert Feature.objects.of(territory).count() == 3


def test_parts_of_a_dispute_follow_its_document(folder):
    dossier.load(folder(), by=SYSTEM)

    dossier.load(folder(contradictions=("          - {enonce: En 2011, source: lettre, page: 5}\n", "")), by=SYSTEM)

    assert list(Statement.objects.values_list("text", flat=True)) == ["En 2010"]


def test_a_dispute_is_tied_from_both_sides_and_only_once(folder):
    territory, _stored = dossier.load(folder(), by=SYSTEM)
    dispute = Dispute.objects.get()

    link = Link.objects.filter(territory=territory, role="object").get()

    assert (link.from_id, link.to_id) == (dispute.pk, Organisation.objects.get(key="jardin").pk)
    assert d.Dumper(territory).disputes == {("organisation", link.to_id): ["c-jardin"]}


def test_a_key_of_another_kind_stored_earlier_is_refused(folder):
    dossier.load(folder(), by=SYSTEM)
    directory = folder(organisations=("        - id: coffre", "        - id: autre"), relations=None, fonctions=None)
    (directory / "initiatives.yaml").write_text(
        "territoire: val-neuf\ninitiatives: [{id: coffre, nom: Le coffre}]\n", encoding="utf-8"
    )
    before = counts()

    with pytest.raises(dossier.DossierRefused, match="coffre"):
        dossier.load(directory, by=SYSTEM)

    assert counts() == before


def test_what_only_the_tables_know_is_refused_in_words(folder):
    before = counts()

    with pytest.raises(RuleBroken) as refused:
        dossier.load(folder(fonctions=("{id: p1, nom: Une Telle}", "{id: p1, nom_public: true}")), by=SYSTEM)

    assert "p1" in str(refused.value)
    assert "Un nom public doit être écrit" in str(refused.value)
    assert counts() == before


def test_territories_with_the_same_keys_stand_side_by_side(folder):
    first, _stored = dossier.load(folder(), by=SYSTEM)
    directory = folder("autre")
    for path in directory.iterdir():
        path.write_text(
            path.read_text(encoding="utf-8").replace("val-neuf", "val-vieux").replace("Régie", "Vieille régie"),
            encoding="utf-8",
        )

    second, stored = dossier.load(directory, by=SYSTEM)

    assert stored.created == 14
    assert [Organisation.objects.of(territory).get(key="regie").name for territory in (first, second)] == [
        "Régie",
        "Vieille régie",
    ]
    assert dossier.content(first)["organisations"]["organisations"][0]["autres_noms"][0]["nom"] == "La Régie"


def test_private_and_team_records_survive_a_round_trip(folder, tmp_path, visitor):
    territory, _stored = dossier.load(folder(), by=SYSTEM)
    Feature.objects.filter(text="Deux rivières").update(visibility=Visibility.PRIVATE)

    dossier.dump(territory, tmp_path / "out", by=SYSTEM)
    for path in (tmp_path / "out").iterdir():
        path.write_text(path.read_text(encoding="utf-8").replace("val-neuf", "copie"), encoding="utf-8")
    copy, _stored = dossier.load(tmp_path / "out", by=SYSTEM)

    kept = dict(Organisation.objects.of(copy).values_list("key", "visibility"))
    assert kept == {"regie": "publique", "jardin": "equipe", "coffre": "privee"}
    assert Person.objects.of(copy).get().visibility == Visibility.PRIVATE
    assert [feature.text for feature in Feature.objects.of(copy).visible_to(visitor.actor).in_order()] == [
        "Une vallée",
        "Trois ponts",
    ]


def test_progress_is_told_to_the_end(folder):
    told = []

    dossier.load(folder(), by=SYSTEM, tell=lambda done, total: told.append((done, total)))

    assert told[-1] == (14, 14)


def test_a_load_asks_as_many_questions_for_one_or_three_organisations(folder):
    def cost(number: int) -> int:
        directory = folder(f"dossier-{number}")
        more = "".join(f"- {{id: o{place}, nom: O{place}, nature: association}}\n" for place in range(number))
        path = directory / "organisations.yaml"
        path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
        for file in directory.iterdir():
            file.write_text(file.read_text(encoding="utf-8").replace("val-neuf", f"val-{number}"), encoding="utf-8")
        with CaptureQueriesContext(connection) as captured:
            dossier.load(directory, by=SYSTEM)
        return len(captured)

    assert cost(1) == cost(3)


def test_the_official_code_is_not_needed_to_load(folder):
    assert not Commune.objects.exists()

    assert dossier.load(folder(), by=SYSTEM)[1].created == 14


@pytest.mark.parametrize("role", ["visitor", "member", "animator", "stranger"])
def test_a_territory_is_written_only_for_who_holds_it(folder, tmp_path, role, request):
    actor = request.getfixturevalue(role).actor
    territory, _stored = dossier.load(folder(), by=SYSTEM)

    with pytest.raises(NotAllowed):
        dossier.dump(territory, tmp_path / "out", by=actor)

    assert not (tmp_path / "out").exists()


def test_files_with_nothing_left_to_say_are_removed_and_others_are_left_alone(folder, tmp_path):
    territory, _stored = dossier.load(folder(), by=SYSTEM)
    dossier.dump(territory, tmp_path / "out", by=SYSTEM)
    (tmp_path / "out" / "photo.jpg").write_bytes(b"")
    Tie.objects.all().delete()
    Tie.kind.field.related_model.objects.all().delete()

    dossier.dump(territory, tmp_path / "out", by=SYSTEM)

    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert "photo.jpg" in names
    assert "relations.yaml" not in names


def test_the_same_bytes_are_written_in_any_language(folder, tmp_path):
    territory, _stored = dossier.load(folder(), by=SYSTEM)
    dossier.dump(territory, tmp_path / "fr", by=SYSTEM)
    with translation.override("en"):
        dossier.dump(territory, tmp_path / "en", by=SYSTEM)

    for path in (tmp_path / "fr").iterdir():
        assert path.read_bytes() == (tmp_path / "en" / path.name).read_bytes()
