"""The table of permissions as a page that one can review: who may do what on a territory.

    python tools/policy_matrix.py          write docs/reference/policy-matrix.md
    python tools/policy_matrix.py check    say whether it is up to date

A change of a permission is a change of that page: the suite fails until it is written again, and read.
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "reference" / "policy-matrix.md"
HEAD = """\
# Who may do what

Written by `python tools/policy_matrix.py` from the `policy.py` of each app; do not edit.

A tick says that someone with this one role in a territory may do the action *on that territory*. The other columns:
`visitor` has no account, `administrator` manages the site without any role, `stranger` animates another territory.
An action without a tick depends on the record (its call, its meeting), never on the role alone; the last column says how.

"""


def render() -> str:
    """Write the whole page, in Markdown, actions sorted, reasons as the sources say them."""
    from django.utils import translation  # noqa: PLC0415 -- app ready

    from terreau.accounts.queries import PLAYABLE, actor_playing  # noqa: PLC0415 -- app ready
    from terreau.kernel import policy  # noqa: PLC0415 -- app ready
    from terreau.territory.models import Territory  # noqa: PLC0415 -- app ready

    territory = Territory(slug="territoire")
    cast = {name: actor_playing(name, territory) for name in PLAYABLE}
    lines = [
        "| Action | " + " | ".join(cast) + " | Who, in words |",
        "| --- |" + " :-: |" * len(cast) + " --- |",
    ]
    with translation.override(None):
        for permission in policy.table():
            ticks = ("✓" if policy.allows(permission.action, actor, territory) else " " for actor in cast.values())
            lines.append(f"| `{permission.action}` | " + " | ".join(ticks) + f" | {permission.why} |")
    return HEAD + "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    """Write or check the page; give the exit code."""
    sys.path.insert(0, str(ROOT / "src"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "terreau.settings")
    import django  # noqa: PLC0415 -- app ready

    django.setup()
    page = render()
    if arguments == ["check"]:
        fresh = PAGE.exists() and PAGE.read_text(encoding="utf-8") == page
        print("up to date" if fresh else f"{PAGE} is not up to date: python tools/policy_matrix.py")
        return 0 if fresh else 1
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
