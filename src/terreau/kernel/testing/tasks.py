"""Tasks whose effect a test can see."""

from pathlib import Path

from django_tasks import task


@task()
def write_down(path: str, word: str) -> None:
    """Add a word to a file, one per line."""
    with Path(path).open("a", encoding="utf-8") as file:
        file.write(f"{word}\n")


@task()
def fail(word: str) -> None:
    raise ValueError(word)
