"""`terreau` from the command line, as someone types it: a data folder of its own, real processes."""

import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "demo" / "valenciennois"
RUN = [sys.executable, "-c", "import sys; from terreau.cli import main; sys.exit(main())"]


built = pytest.mark.skipif(
    not (ROOT / "src/terreau/site/static/vendor").is_dir() or not (ROOT / "src/terreau/geography/cog").is_dir(),
    reason="fonts and official code are brought by the build: ./terreau test",
)


def environment(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TERREAU_", "DJANGO_", "COV_"))}
    return {**kept, "PYTHONPATH": str(ROOT / "src"), **more}


def terreau(*arguments: object, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*RUN, *map(str, arguments)],
        capture_output=True,
        text=True,
        env=environment(**variables),
        cwd="/",
        timeout=120,
        check=False,
    )


def plain(text: str) -> str:
    return text.translate({0xA0: " ", 0x202F: " ", 0x2019: "'"})


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the data folder of an instance where the Valenciennois is loaded."""
    folder = tmp_path_factory.mktemp("instance")
    done = terreau("load", DEMO, "--data", folder)
    assert done.returncode == 0, done.stderr
    assert re.search(
        r"Valenciennois : \d{3} fiches créées, 0 modifiées, 0 inchangées \(\d+\.\d s\)", plain(done.stdout)
    )
    return folder


def test_help_answers_at_once_and_knows_nothing_of_django():
    done = terreau("--help")

    assert done.returncode == 0
    assert "demo" in done.stdout
    loaded = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", "from terreau.cli import parser; parser().format_help()"],
        capture_output=True, text=True, env=environment(), check=True,
    )  # fmt: skip
    assert "django" not in loaded.stderr


def test_a_misspelt_command_gives_two():
    done = terreau("verifie")

    assert (done.returncode, done.stdout) == (2, "")


def test_a_sound_dossier_gives_zero_and_writes_nothing(tmp_path):
    done = terreau("check", DEMO, "--data", tmp_path)

    assert (done.returncode, done.stdout, done.stderr) == (0, "Le dossier est sain.\n", "")
    assert not (tmp_path / "terreau.sqlite3").exists()


def test_a_dossier_with_problems_gives_one_and_tells_them_all(tmp_path):
    (tmp_path / "territoire.yaml").write_text("id: val\nnom: Val\ncouleur: vert\n", encoding="utf-8")
    (tmp_path / "sources.yaml").write_text(
        "territoire: val\nsources:\n- {id: a, titre: A, genre: roman}\n", encoding="utf-8"
    )

    done = terreau("check", tmp_path, "--data", tmp_path / "data")

    assert done.returncode == 1
    assert [line.split(": ")[0] for line in done.stdout.splitlines()] == ["sources.yaml:3", "territoire.yaml:3"]
    assert plain(done.stderr) == "2 problème(s) à corriger ; rien n'a été écrit.\n"


def test_a_folder_that_does_not_exist_is_told(tmp_path):
    done = terreau("check", tmp_path / "ailleurs", "--data", tmp_path)

    assert (done.returncode, done.stdout) == (1, "")
    assert "n'est pas un dossier" in plain(done.stderr)


def test_a_second_load_finds_everything_unchanged(data):
    done = terreau("load", DEMO, "--data", data)

    assert done.returncode == 0
    assert re.search(r": 0 fiches créées, 0 modifiées, \d{3} inchangées", plain(done.stdout))


def test_a_dossier_is_written_as_it_was_read(data, tmp_path):
    done = terreau("dump", "valenciennois", tmp_path / "sortie", TERREAU_DATA=str(data))

    assert done.returncode == 0, done.stderr
    assert plain(done.stdout) == f"20 fichiers écrits dans {tmp_path / 'sortie'}\n"
    assert {path.name: path.read_bytes() for path in DEMO.iterdir()} == {
        path.name: path.read_bytes() for path in (tmp_path / "sortie").iterdir()
    }


def test_an_unknown_territory_is_told_with_those_that_exist(data, tmp_path):
    done = terreau("dump", "ailleurs", tmp_path / "sortie", "--data", data)

    assert done.returncode == 1
    assert "Aucun territoire « ailleurs » ici ; territoires connus : valenciennois." in plain(done.stderr)


def test_the_read_model_is_told_again(data):
    done = terreau("reindex", "valenciennois", "--data", data)

    assert done.returncode == 0, done.stderr
    assert re.match(r"Valenciennois : \d+ fiches relues", plain(done.stdout))


def test_the_doctor_tells_what_is_wrong_with_its_number(tmp_path):
    done = terreau("doctor", TERREAU_DATA=str(tmp_path), TERREAU_DEBUG="1", TERREAU_HOSTS="terreau.example,*")

    assert done.returncode == 1
    assert [line.split()[0] for line in done.stdout.splitlines()] == ["T002", "T003", "T004", "T005", "T011"]


def test_the_doctor_finds_little_to_say_of_a_loaded_instance(data):
    done = terreau("doctor", "--data", data)

    assert (done.returncode, [line.split()[0] for line in done.stdout.splitlines()]) == (0, ["T005", "T023"])


def test_messages_are_in_english_when_asked():
    done = terreau("check", DEMO, TERREAU_LANGUAGE="en", TERREAU_DATA="/tmp/terreau-never-written")

    assert done.stdout == "The dossier is sound.\n"


@built
def test_the_demonstration_is_prepared_once(tmp_path):
    first = terreau("demo", "--no-serve", "--data", tmp_path)
    started = time.perf_counter()
    second = terreau("demo", "--no-serve", "--data", tmp_path)

    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert "steward@demonstration.invalid" in first.stdout
    assert "fiches" in first.stdout
    assert "fiches" not in second.stdout
    assert time.perf_counter() - started < 30


@built
def test_the_site_answers_on_its_port_and_stops_when_asked(data):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [*RUN, "serve", "--port", str(port), "--workers", "1", "--data", str(data)],
        env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert "Terreau" in answer(f"http://127.0.0.1:{port}/format/", server)
    finally:
        server.terminate()
        server.communicate(timeout=30)
    assert server.returncode in {0, -15}


def answer(url: str, server: "subprocess.Popen[str]") -> str:
    """Ask until the server answers, 60 seconds at most."""
    for _attempt in range(300):
        assert server.poll() is None, server.communicate()[1]
        try:
            with urlopen(url, timeout=20) as response:
                return str(response.read().decode())
        except (URLError, ConnectionError):
            time.sleep(0.2)
    pytest.fail(f"{url} never answered")
