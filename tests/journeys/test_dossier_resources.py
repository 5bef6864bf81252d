import hashlib

import pytest

from terreau.directory.models import Resource
from terreau.dossier import services as dossier
from terreau.kernel import files
from terreau.kernel.files import storing
from terreau.kernel.models import Entry
from terreau.kernel.pure.actor import SYSTEM
from terreau.kernel.testing import files as made

GUIDE = made.odt("On verse les épluchures")
SHA256 = hashlib.sha256(GUIDE).hexdigest()


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    """Files of this test only."""
    options = {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path / "files")}}
    settings.STORAGES = {**settings.STORAGES, "default": options}


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "dossier"
    (folder / "ressources" / "compost").mkdir(parents=True)
    (folder / "territoire.yaml").write_text("id: ici\nnom: Ici\n")
    (folder / "ressources" / "compost" / "guide.odt").write_bytes(GUIDE)
    write(folder, "  fichier: guide.odt\n  valable_jusqu_au: 2027-06-30\n")
    return folder


def write(folder, lines, key="compost"):
    text = f"territoire: ici\nressources:\n- id: {key}\n  titre: Le compost\n  type: guide\n{lines}"
    (folder / "ressources.yaml").write_text(text)


def load(folder):
    return dossier.load(folder, by=SYSTEM)


def problems(folder):
    """Give each line and what is wrong there, spaces and apostrophes made plain."""
    found = dossier.check(folder)
    return [(problem.line, problem.message.replace("\u00a0", " ").replace("’", "'")) for problem in found]


def test_a_file_beside_the_dossier_is_kept_read_and_written_back_to_the_byte(folder, tmp_path, db):
    territory, _stored = load(folder)

    resource = Resource.objects.get()
    assert (resource.file_name, resource.sha256, resource.size, resource.media_type) == (
        "guide.odt",
        SHA256,
        len(GUIDE),
        made.ODT,
    )
    assert resource.content == "On verse les épluchures"
    assert "epluchures" in Entry.objects.get(record_id=resource.pk).body
    assert str(resource.expires_on) == "2027-06-30"
    dossier.dump(territory, tmp_path / "copie", by=SYSTEM)
    assert (tmp_path / "copie" / "ressources" / "compost" / "guide.odt").read_bytes() == GUIDE
    assert f"sha256: {SHA256}" in (tmp_path / "copie" / "ressources.yaml").read_text()
    _territory, again = load(tmp_path / "copie")
    assert (again.created, again.updated, again.unchanged) == (0, 0, 1)


def test_a_dossier_goes_whole_to_another_instance(folder, tmp_path, db):
    territory, _stored = load(folder)
    dossier.dump(territory, tmp_path / "copie", by=SYSTEM)
    Resource.objects.all().delete()
    storing.default_storage.delete(storing.place_of(SHA256))

    load(tmp_path / "copie")

    with files.open_kept(Resource.objects.get().sha256) as file:
        assert file.read() == GUIDE


def test_another_file_replaces_the_first_and_none_leaves_nothing(folder, db):
    load(folder)
    (folder / "ressources" / "compost" / "guide.odt").write_bytes(made.odt("Tout autre chose"))
    load(folder)
    assert Resource.objects.get().content == "Tout autre chose"

    write(folder, "  url: https://example.org\n")
    load(folder)

    resource = Resource.objects.get()
    assert (resource.sha256, resource.content, resource.size, resource.media_type) == ("", "", None, "")


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("", "une ressource a une adresse (url), un fichier ou une transcription"),
        ("  fichier: absent.pdf\n", "aucun fichier ressources/compost/absent.pdf"),
        ("  fichier: ../../territoire.yaml\n", "aucun fichier"),
        ("  fichier: guide.odt\n  sha256: " + "0" * 64 + "\n", f"son empreinte est maintenant {SHA256}"),
        ("  url: https://example.org\n  sha256: " + "0" * 64 + "\n", "écrire son nom à la clé « fichier »"),
        ("  fichier: faux.pdf\n", "contient du HTML"),
        ("  fichier: guide.pdf\n", "en réalité un ODT : le nommer « guide.odt »"),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_its_remedy(folder, lines, said):
    (folder / "ressources" / "compost" / "faux.pdf").write_bytes(b"<html>")
    (folder / "ressources" / "compost" / "guide.pdf").write_bytes(GUIDE)
    write(folder, lines)

    [(line, message)] = problems(folder)

    assert said in message
    assert line >= 3


def test_a_link_out_of_the_dossier_is_refused(folder, tmp_path):
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "ressources" / "compost" / "lien.txt").symlink_to(tmp_path / "secret.txt")
    write(folder, "  fichier: lien.txt\n")
    assert "aucun fichier" in problems(folder)[0][1]


def test_a_word_of_an_address_is_no_key(folder):
    write(folder, "  url: https://example.org\n", key="sigles")
    assert "est une adresse du site" in problems(folder)[0][1]
