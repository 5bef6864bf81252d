"""Every column and row of organisations and initiatives goes to files and back."""

from terreau.directory.models import Initiative, Organisation
from terreau.kernel import dossier as d
from terreau.kernel.testing.dossiers import checked, messages, stored

ORGANISATIONS = """
natures: [{id: association, nom: association}]
organisations:
  - {id: siege, nom: Le siège, nature: association}
  - id: antenne
    nom: L'antenne
    nature: association
    antenne_de: siege
    categorie_juridique: '9220'
    code_activite: 94.99Z
    nomenclature_activite: NAFRev2
    adresse: 1 rue Neuve
    code_postal: '02100'
    commune: Saint-Quentin
    code_commune: '02691'
    longitude: 3.2871
    latitude: 49.8486
    origine_point: adresse
    courriel: contact@exemple.fr
    telephone: '0323000000'
    site: https://exemple.fr
    liens:
      - {intitule: Blog, adresse: 'https://exemple.fr/blog'}
    effectifs:
      - {date: 2020~, salaries: 12, etp: 9.5, benevoles: 0, source: livret, page: 12}
      - {date: '2021', benevoles: 4}
    publics: [enfants, familles]
    description: |-
      Un paragraphe.

      Un autre.
    confirmee_le: 2024-05-02
    archivee_le: 2024-06-03
  - {id: ancienne, nom: Ancienne, nature: association, reunie_a: siege, visibilite: privee}
"""
INITIATIVES = """
initiatives:
  - id: tzcld
    nom: Zéro chômeur
    porteurs: [{organisation: siege, role: porteur, debut: '2021'}]
    etape: fonctionnement
    etapes:
      - {nom: habilitation, stade: creation, date: '2023', source: livret, page: 22-23}
      - {nom: embauches, date: '2023-07-01', nombre: 30, unite: personnes, note: En CDI.}
"""
SECTIONS = {"organisations": ORGANISATIONS, "initiatives": INITIATIVES}


def written(territory):
    """Give what a dump writes of organisations and initiatives."""
    dumper = d.Dumper(territory)
    return {
        section.path: [document for _record, document in dumper.documents(section)]
        for section in d.sections()
        if section.path in SECTIONS
    }


def test_what_is_read_is_written_again(valenciennois, tmp_path):
    stored(valenciennois, tmp_path, **SECTIONS)
    branch = next(row for row in written(valenciennois)["organisations"] if row["id"] == "antenne")
    assert (branch["antenne_de"], branch["code_postal"], branch["longitude"]) == ("siege", "02100", 3.2871)
    assert [row.get("benevoles") for row in branch["effectifs"]] == [0, 4]
    assert branch["description"] == "Un paragraphe.\n\nUn autre."
    assert (str(branch["confirmee_le"]), str(branch["archivee_le"])) == ("2024-05-02", "2024-06-03")
    steps = written(valenciennois)["initiatives"][0]["etapes"]
    assert [step.get("nombre") for step in steps] == [None, 30]
    assert Organisation.objects.get(key="ancienne").merged_into == Organisation.objects.get(key="siege")
    assert Initiative.objects.get().steps.count() == 2


def test_loading_twice_changes_nothing(valenciennois, tmp_path):
    stored(valenciennois, tmp_path, **SECTIONS)
    again = stored(valenciennois, tmp_path, **SECTIONS)
    assert (again.created, again.updated) == (0, 0)


def test_branches_in_a_circle_and_half_a_point_are_refused_where_they_are_written(tmp_path):
    circle = ORGANISATIONS.replace(
        "{id: siege, nom: Le siège, nature: association}",
        "{id: siege, nom: Le siège, nature: association, antenne_de: antenne}",
    )
    (problem,) = messages(checked(tmp_path, organisations=circle))
    assert "tournent en rond" in problem
    half = ORGANISATIONS.replace("    latitude: 49.8486\n", "")
    (problem,) = messages(checked(tmp_path, organisations=half))
    assert "donner les deux" in problem
    (problem,) = messages(checked(tmp_path, organisations=ORGANISATIONS.replace("2024-05-02", "31/02/2024")))
    assert "confirmee_le" in problem
