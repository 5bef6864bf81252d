import textwrap

import pytest
import yaml

from terreau.directory.models import Organisation
from terreau.dossier import services
from terreau.kernel.models import Fact
from terreau.kernel.pure.actor import SYSTEM

FILES = {
    "territoire.yaml": """
        id: val
        nom: Val
        echelles: [{id: commune, nom: Commune, rang: 1}]
        """,
    "sources.yaml": """
        territoire: val
        sources: [{id: carnet, titre: Carnet, genre: livret}]
        """,
    "organisations.yaml": """
        territoire: val
        natures: [{id: association, nom: Association}]
        organisations:
          - {id: zebre, nom: Le Zèbre, nature: association}
          - {id: abeille, nom: L'Abeille, nature: association}
        """,
    "frise.yaml": """
        territoire: val
        phases:
          - {id: ph1, titre: Des débuts, debut: 2009~, fin: 2016, hors_frise_imprimee: true, sources: [{source: carnet, page: 18}]}
        intensite:
          legende: {source: carnet, page: 17, niveaux: [legere, moderee, soutenue]}
          periodes:
            - {id: int-1, debut: 2009, fin: '..', niveau: legere, certitude: deduite, motif: Approche.}
        jalons:
          - {id: j-1, date: 2013~/2014~, precision: position_frise, phase: ph1, titre: Un rapprochement, resume: Un mot.,
             echelle: commune, piste: acteurs, nature: fondation, acteurs: [zebre, abeille], sources: [{source: carnet, page: 18-19}]}
          - {id: j-2, date: 18XX, precision: approchee, titre: Des origines, piste: acteurs, contexte: true}
        """,
}


@pytest.fixture
def folder(tmp_path):
    directory = tmp_path / "val"
    directory.mkdir()
    for name, text in FILES.items():
        (directory / name).write_text(textwrap.dedent(text), encoding="utf-8")
    return directory


def test_a_timeline_is_written_as_it_was_read(db, folder, tmp_path):
    territory, _stored = services.load(folder, by=SYSTEM)
    (tmp_path / "out").mkdir()
    services.dump(territory, tmp_path / "out", by=SYSTEM)
    written = yaml.safe_load(next((tmp_path / "out").rglob("frise.yaml")).read_text(encoding="utf-8"))
    assert written["intensite"]["periodes"][0]["fin"] == ".."
    assert written["jalons"][0]["acteurs"] == ["zebre", "abeille"]
    for name in FILES:
        (folder / name).write_text(next((tmp_path / "out").rglob(name)).read_text(encoding="utf-8"), encoding="utf-8")
    _territory, stored = services.load(folder, by=SYSTEM)
    assert (stored.created, stored.updated) == (0, 0)


def test_a_milestone_tells_a_fact_with_its_actors_in_order(db, folder):
    services.load(folder, by=SYSTEM)
    fact = Fact.objects.get(kind="milestone", title="Un rapprochement")
    names = dict(Organisation.objects.values_list("pk", "key"))
    assert [names[actor.record_id] for actor in fact.actors.all()] == ["zebre", "abeille"]
    assert (fact.lane, fact.scale, fact.certainty, str(fact.when)) == ("acteurs", "commune", "deduite", "2013~/2014~")
    assert fact.url == "/val/frise/#j-1"


def test_an_end_that_is_no_date_is_refused_where_it_stands(db, folder):
    path = folder / "frise.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("'..'", "jamais"), encoding="utf-8")
    problems = services.check(folder)
    assert [(problem.file, problem.path[-1]) for problem in problems] == [("frise.yaml", "fin")]
