"""The documentation says what the code does, and nothing that it does not."""

import argparse
import re
import runpy
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from terreau.cli import parser
from terreau.dossier import services as dossier
from terreau.kernel import facts
from terreau.kernel.models import Dispute, Entry
from terreau.kernel.pure.actor import SYSTEM
from terreau.kernel.pure.date_words import say
from terreau.kernel.pure.edtf import parse

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "src" / "terreau"
DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
GUIDE = DOCS / "guide"
EXAMPLE = GUIDE / "exemple"

LONGEST_DECISION = 40
DECISION_PARTS = ("Decision", "Date", "Context", "Considered", "Cost", "Look again")
# Written in two pieces, so that this file does not hold them.
FORBIDDEN = ("/wo" + "rk/", "/ro" + "ot/", "pypi" + ".org", "npm" + "js", "registry" + ".npm")


def ours() -> list[Path]:
    """Give the files that git keeps, or would keep if they were added."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a checkout of git")
    return [path for line in listed.stdout.splitlines() if (path := ROOT / line).is_file()]


def first_cells(page: Path) -> list[str]:
    """Give what the first column of the tables of a page holds in code marks (else as it is), heads left out."""
    rows = re.findall(r"^\| *`?([^|`]*?)`? *\|", page.read_text(encoding="utf-8"), re.MULTILINE)
    return [row for row in rows if not row.startswith("--") and row not in {"variable", "id"}]


def reference() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "tools" / "reference.py"))


def test_every_setting_is_documented_and_every_documented_setting_is_read() -> None:
    code = (SOURCES / "settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r"\b(?:text|flag|words)\(\"(TERREAU_\w+)\"", code))
    for file in SOURCES.rglob("*.py"):
        read |= set(re.findall(r"environ(?:\.get\(|\[)\"(TERREAU_\w+)\"", file.read_text(encoding="utf-8")))

    assert sorted(first_cells(REFERENCE / "settings.md")) == sorted(read)


def test_every_finding_of_the_doctor_is_explained() -> None:
    code = (SOURCES / "cli" / "doctor.py").read_text(encoding="utf-8")

    assert first_cells(REFERENCE / "doctor.md") == sorted(set(re.findall(r'"(T\d{3})"', code)))


@pytest.mark.parametrize("name", ["commands.md", "addresses.md", "facts.md"])
def test_a_page_written_from_the_code_is_up_to_date(name: str) -> None:
    page = (REFERENCE / name).read_text(encoding="utf-8")

    assert page == reference()["PAGES"][name](), "python tools/reference.py"


def test_every_command_and_option_is_in_the_reference() -> None:
    page = (REFERENCE / "commands.md").read_text(encoding="utf-8")
    commands = next(action.choices for action in parser()._actions if isinstance(action, argparse._SubParsersAction))
    written = {f"terreau {name}" for name in commands}
    written |= {
        option for one in commands.values() for option in one._option_string_actions if option not in {"-h", "--help"}
    }

    assert [words for words in sorted(written) if f"`{words}" not in page] == []


def test_every_command_of_the_readmes_exists() -> None:
    known = set(reference()["subcommands"](parser()))
    for name in ("README.md", "README.fr.md"):
        page = (ROOT / name).read_text(encoding="utf-8")
        assert set(re.findall(r"^\| `terreau (\w+)", page, re.MULTILINE)) <= known


def test_every_sort_of_fact_is_in_the_reference() -> None:
    assert first_cells(REFERENCE / "facts.md").count("code") == len({code.split(".")[0] for code in facts.sorts()})
    assert sorted(set(first_cells(REFERENCE / "facts.md")) - {"code"}) == sorted(facts.sorts())


def test_the_table_of_addresses_names_no_view_that_is_gone() -> None:
    tool = reference()

    assert set(tool["ABOUT"]) - {address.name for address in tool["addresses"]()} == set()


def test_every_relative_link_leads_to_a_file() -> None:
    lost = []
    for page in ours():
        if page.suffix != ".md":
            continue
        text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
        for target in re.findall(r"\]\(([^)\s]+)\)", text):
            path = unquote(target.split("#")[0])
            if path and "://" not in target and not target.startswith("mailto:") and not (page.parent / path).exists():
                lost.append(f"{page.relative_to(ROOT)}: {target}")

    assert lost == []


@pytest.mark.parametrize("path", sorted((DOCS / "decisions").glob("*.md")), ids=lambda path: path.stem)
def test_a_decision_is_short_and_says_its_parts(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert len(text.splitlines()) <= LONGEST_DECISION
    assert [part for part in DECISION_PARTS if part.lower() not in text.lower()] == []


def test_every_app_has_its_page() -> None:
    apps = [path.parent for path in SOURCES.glob("*/__init__.py")]

    assert [app.name for app in apps if not (app / "README.md").exists()] == []


def test_no_file_names_a_machine_or_a_registry() -> None:
    found = []
    for path in ours():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}: {word}" for word in FORBIDDEN if word in text]

    assert found == []


def test_every_change_is_told_in_a_fragment_of_a_known_sort() -> None:
    fragments = [path for path in (ROOT / "changelog.d").glob("*.md") if path.name != "README.md"]
    well_named = re.compile(r"[a-z]+-[a-z-]+\.(ajout|changement|correction|retrait|securite)\.md")

    assert [path.name for path in fragments if not well_named.fullmatch(path.name)] == []
    assert [path.name for path in fragments if not path.read_text(encoding="utf-8").strip()] == []


def test_the_files_of_the_example_are_those_that_the_guide_shows() -> None:
    page = (GUIDE / "charger-un-territoire.md").read_text(encoding="utf-8")
    shown = dict(re.findall(r"^`(\w+\.yaml)`[^\n]*\n\n```yaml\n(.*?)```", page, re.MULTILINE | re.DOTALL))

    assert shown == {path.name: path.read_text(encoding="utf-8") for path in EXAMPLE.glob("*.yaml")}


def test_the_smallest_dossier_of_the_guide_is_sound(tmp_path: Path) -> None:
    page = (GUIDE / "charger-un-territoire.md").read_text(encoding="utf-8")
    smallest = re.search(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert smallest
    (tmp_path / "territoire.yaml").write_text(smallest[1], encoding="utf-8")

    assert dossier.check(tmp_path) == []


@pytest.mark.django_db
def test_the_example_of_the_guide_loads_and_loads_again_without_a_change(tmp_path: Path) -> None:
    assert dossier.check(EXAMPLE) == []
    territory, stored = dossier.load(EXAMPLE, by=SYSTEM)
    _territory, again = dossier.load(EXAMPLE, by=SYSTEM)
    written = dossier.dump(territory, tmp_path, by=SYSTEM)

    assert Entry.objects.of(territory).filter(key="epicerie").count() == 1
    assert Dispute.objects.of(territory).get().state == "ouverte"
    assert (stored.created > 0, again.created, again.updated) == (True, 0, 0)
    assert sorted(path.name for path in written) == sorted(path.name for path in EXAMPLE.glob("*.yaml"))


def test_problems_are_said_as_the_guide_quotes_them(tmp_path: Path) -> None:
    for path in EXAMPLE.glob("*.yaml"):
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    wrong = (EXAMPLE / "organisations.yaml").read_text(encoding="utf-8")
    wrong = wrong.replace("nature: association\n", "nature: asociation\n").replace(
        "creation: 2019~", "creation: vers 2019"
    )
    (tmp_path / "organisations.yaml").write_text(wrong, encoding="utf-8")
    page = (GUIDE / "charger-un-territoire.md").read_text(encoding="utf-8")
    quoted = re.search(r"```text\n(.*?)```", page, re.DOTALL)
    assert quoted

    said = [plain(str(problem)) for problem in dossier.check(tmp_path)]

    assert said == quoted[1].splitlines()


def test_dates_read_as_the_guide_says() -> None:
    page = (GUIDE / "dates-imprecises.md").read_text(encoding="utf-8")
    lines = re.findall(r"^\| `([^`]+)` \| ([^|]+?) \|$", page, re.MULTILINE)

    assert lines
    assert [(text, plain(say(parse(text)))) for text, _words in lines] == lines


def plain(text: str) -> str:
    """Undo the typography of catalogues: simple spaces and straight apostrophes."""
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("\u2019", "'")
