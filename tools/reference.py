"""The pages of reference that the code itself writes: commands, addresses, sorts of facts.

    python tools/reference.py          write docs/reference/{commands,addresses,facts}.md
    python tools/reference.py check    say whether they are up to date

An address says what it is in the docstring of its view, or in ABOUT below when the view is a library's or has none.
"""

import argparse
import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "reference"
TERRITORY = "<territory>/"
API = "api/v1/territoires/"

ABOUT = {
    "account_home": "One's own account: name, roles, language, password.",
    "account_login": "Sign in by e-mail and password.",
    "account_logout": "Sign out.",
    "account_signup": "Says that accounts are opened by invitation only.",
    "account_inactive": "Says that the account is closed.",
    "account_reauthenticate": "Ask the password again before a sensitive change.",
    "account_change_password": "Change one's password.",
    "account_set_password": "Choose a first password.",
    "account_reset_password": "Ask for a letter that lets one choose a new password.",
    "account_reset_password_done": "Says the same whether the address has an account or not.",
    "account_reset_password_from_key": "Choose a new password, from the letter.",
    "account_reset_password_from_key_done": "Says that the new password is kept.",
    "account_accept_invitation": "Accept a role, and open one's account when there is none.",
    "accounts:team": "Who holds which role, and which invitations wait.",
    "accounts:invite": "Offer a role to an address.",
    "accounts:withdraw_invitation": "Make the link of an invitation useless.",
    "accounts:end_role": "End a role, at once or after a last day.",
    "accounts:rights": "The table of rights, and the decisions replayed for a role.",
    "agenda:home": "Events, the latest years first, and what came of them.",
    "api:documentation": "The documentation of the interface, as a page.",
    "api:health": "Whether the service and its database answer.",
    "api:list_disputes": "What sources disagree on.",
    "api:list_facts": "The dated facts.",
    "api:list_milestones": "The milestones of the timeline.",
    "api:list_organisations": "The organisations of a territory.",
    "api:list_sources": "The documents that facts come from.",
    "api:list_territories": "The territories of the instance.",
    "api:list_ties": "The dated ties between organisations.",
    "api:nothing_here": "Answers 404 in the format of the interface.",
    "api:openapi": "The description of the interface, as OpenAPI.",
    "api:read_organisation": "One organisation in full.",
    "api:read_territory": "One territory and its vocabulary.",
    "api:root": "Answers 404 in the format of the interface.",
    "api:search": "Search a territory.",
    "continuity:contributions": "What the animation brought, in the words of the sources.",
    "continuity:gaps": "What is not known yet, and whom to ask.",
    "continuity:home": "What is handed over: the ingredients of success, and where to read the rest.",
    "continuity:stakes": "What remains at stake for the territory.",
    "directory:doubts": "What sources disagree on and what is not known, filtered.",
    "directory:organisation_detail": "One organisation: names, roles, ties both ways, dates, sources, doubts.",
    "dossier:format": "The format of the files of a territory, told from its declaration.",
    "dossier:schema": "The JSON Schema of one file of a dossier.",
    "governance:home": "Bodies, their members, and how they became one another.",
    "grants:home": "Calls for projects, other supports, distinctions.",
    "home": "The territories of the instance.",
    "observatory:home": "Figures, each with its unit, date, area and source.",
    "plan:home": "The local plans: axes, actions, needs.",
    "set_language": "Keep the language that the reader chose.",
    "site:search": "Search all that the reader may see.",
    "site:territory_home": "The home of a territory: figures, phases, latest facts, map.",
    "stories:home": "Testimonies, as their consent allows.",
    "trajectory:timeline": "The timeline, drawn and listed, with its filters.",
}


@dataclass(frozen=True)
class Address:
    """One address: as a person reads it, the full name of its view, its action, its methods and what it is."""

    shown: str
    name: str
    action: str
    methods: tuple[str, ...]
    about: str


def addresses() -> list[Address]:
    """List every address, those of the instance first. Raises LookupError when one says nothing of itself."""
    from django.urls import get_resolver  # noqa: PLC0415 -- app ready

    from terreau.api.operations import api  # noqa: PLC0415 -- app ready

    guards = {
        operation.view_func.__name__: getattr(operation.view_func, "action", "")
        for _prefix, router in api._routers  # noqa: SLF001 -- django-ninja has no public list
        for view in router.path_operations.values()
        for operation in view.operations
    }
    found = [_address(*known, guards) for known in _leaves(get_resolver().url_patterns)]
    return sorted(found, key=lambda address: (address.shown.startswith(f"/{TERRITORY}"), address.shown))


def _leaves(patterns: Iterable[Any], route: str = "", space: str = "") -> Iterator[tuple[str, str, Any]]:
    for pattern in patterns:
        here = route + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from _leaves(
                pattern.url_patterns, here, f"{space}{pattern.namespace}:" if pattern.namespace else space
            )
        else:
            yield here, f"{space}{pattern.name}", pattern.callback


def _address(route: str, name: str, view: Any, guards: dict[str, str]) -> Address:
    words = ABOUT.get(name) or _first_sentence(view.__doc__)
    if not words:
        message = f"{name}: say what it is, in the docstring of its view (or in ABOUT of tools/reference.py)"
        raise LookupError(message)
    action = guards.get(name.removeprefix("api:"), view.action) if route.startswith(API[:-1]) else view.action
    return Address("/" + _readable(route), name, action, view.methods, words)


def _readable(route: str) -> str:
    """Write a pattern as a person reads it: `<territory>/annuaire/<key>/`."""
    route = re.sub(r"\(\?P<(\w+)>(?:\[[^\]]*\]|[^()])*\)", r"<\1>", route)
    return re.sub(r"<\w+:(\w+)>", r"<\1>", route).removeprefix("^").removesuffix("$").removesuffix(r"\Z")


def _first_sentence(docstring: str | None) -> str:
    """Give what comes before the first full stop or semicolon, as a sentence."""
    words = " ".join((docstring or "").split())
    return re.split(r"[.;](?= |$)", words)[0] + "." if words else ""


def render_addresses() -> str:
    """Write the page of addresses."""
    lines = [
        "# Addresses\n",
        "Written by `python tools/reference.py` from the list of addresses; do not edit.\n",
        "French and stable: a link that someone kept stays good. `<territory>` is the identifier of a territory. The action is a line of",
        "the [table of rights](policy-matrix.md): whoever it refuses is sent to sign in, or answered 403; what a reader may not see is a 404.",
    ]
    for inside, group in groupby(addresses(), key=lambda address: address.shown.startswith(f"/{TERRITORY}")):
        lines += [f"\n## {'Of a territory' if inside else 'Of the instance'}\n"]
        lines += ["| address | name | action | methods | what it is |", "|---|---|---|---|---|"]
        lines += [
            f"| `{one.shown}` | `{one.name}` | `{one.action}` | {', '.join(one.methods)} | {one.about} |"
            for one in group
        ]
    return "\n".join(lines) + "\n"


def subcommands(parser: argparse.ArgumentParser) -> dict[str, tuple[str, argparse.ArgumentParser]]:
    """Give the commands of a parser, each with what it is for and its own parser."""
    action = next(one for one in parser._actions if isinstance(one, argparse._SubParsersAction))  # noqa: SLF001 -- argparse has no public list
    about = {choice.dest: choice.help or "" for choice in action._choices_actions}  # noqa: SLF001 -- argparse has no public list
    return {name: (about[name], own) for name, own in action.choices.items()}


def arguments_of(parser: argparse.ArgumentParser) -> list[tuple[str, str]]:
    """Give the arguments and options of a command as (how it is written, what it is for), in order."""
    lines = []
    for action in parser._actions:  # noqa: SLF001 -- argparse has no public list
        if isinstance(action, argparse._HelpAction):  # noqa: SLF001 -- argparse has no public list
            continue
        value = str(action.metavar or action.dest.upper())
        if action.option_strings:
            written = action.option_strings[-1] + (f" {value}" if action.nargs != 0 else "")
        elif action.nargs == argparse.REMAINDER:
            written = "…"
        else:
            written = f"[{value}]" if action.nargs == "?" else value
        lines.append((written, action.help or "ce qui suit est passé tel quel"))
    return lines


def render_commands() -> str:
    """Write the page of commands."""
    from terreau.cli import parser  # noqa: PLC0415 -- app ready

    lines = [
        "# Commands\n",
        "Written by `python tools/reference.py` from the parser of the command line; do not edit. What each says of itself is in French, as in",
        "the terminal.\n",
        "From a checkout, `./terreau …` makes or refreshes its environment first; from an installed package, `terreau …`. Exit code: 0 done,",
        "1 refused or wrong (`doctor` and `check` too), 2 misspelt. `./terreau test` runs every check and test of a checkout.",
    ]
    for name, (about, own) in subcommands(parser()).items():
        usage = " ".join(
            ["terreau", name, *(written for written, _about in arguments_of(own) if not written.startswith("-"))]
        )
        lines += [f"\n## `{usage}`\n", f"{about[0].upper()}{about[1:]}.\n", "| argument | what it is |", "|---|---|"]
        lines += [f"| `{written}` | {words} |" for written, words in arguments_of(own)]
    return "\n".join(lines) + "\n"


def render_facts() -> str:
    """Write the page of the sorts of facts."""
    from django.utils import translation  # noqa: PLC0415 -- app ready

    from terreau.kernel import facts  # noqa: PLC0415 -- app ready

    lines = [
        "# Sorts of facts\n",
        "Written by `python tools/reference.py` from the `facts.py` of each app; do not edit.\n",
        "What records tell to the timeline, to the pages of organisations, to the search and to the interface of programming",
        "([why](../explanation/read-model.md)). The first word of a code is the app that tells it; the words are those that readers see.",
    ]
    with translation.override(None):
        for app, codes in groupby(sorted(facts.sorts()), key=lambda code: code.split(".")[0]):
            lines += [f"\n## {app}\n", "| code | words |", "|---|---|"]
            lines += [f"| `{code}` | {facts.label_of(code)} |" for code in codes]
    return "\n".join(lines) + "\n"


PAGES = {"commands.md": render_commands, "addresses.md": render_addresses, "facts.md": render_facts}


def main(arguments: list[str]) -> int:
    """Write or check the pages; give the exit code."""
    sys.path.insert(0, str(ROOT / "src"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "terreau.settings")
    import django  # noqa: PLC0415 -- app ready

    django.setup()
    pages = {FOLDER / name: render() for name, render in PAGES.items()}
    if arguments == ["check"]:
        stale = [path for path, page in pages.items() if not path.exists() or path.read_text(encoding="utf-8") != page]
        for path in stale:
            print(f"{path.relative_to(ROOT)} is not up to date: python tools/reference.py")
        return 1 if stale else 0
    for path, page in pages.items():
        path.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
