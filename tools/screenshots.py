"""The pictures of the README, taken from a running demonstration by the system's Chromium.

    ./terreau demo --port 8123                                    in another terminal
    python tools/screenshots.py http://127.0.0.1:8123             write the pictures of docs/images

1280 pixels wide, in French, light theme. A picture too heavy for a README is an error: choose less of its page.
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "images"
WIDTH = 1280
MARGIN = 24
HEAVIEST = 300_000
"""Bytes."""
PICTURES = {
    "home": ("/valenciennois/", "body", 900),
    "timeline": ("/valenciennois/frise/?de=2009&a=2024", ".timeline-picture", 900),
    "organisation": ("/valenciennois/annuaire/apes/", "body", 900),
    "directory": ("/valenciennois/annuaire/?theme=tiers_lieu", "body", 900),
}
"""Name of the picture: address, the element whose top it starts from, height in pixels."""


def main(arguments: list[str]) -> int:
    """Take the pictures; give the exit code."""
    chromium = shutil.which("chromium")
    if len(arguments) != 1 or not chromium:
        print("python tools/screenshots.py ADDRESS (needs Debian's package chromium)", file=sys.stderr)
        return 2
    heavy = []
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium)
        page = browser.new_page(
            base_url=arguments[0],
            viewport={"width": WIDTH, "height": 900},
            locale="fr-FR",
            color_scheme="light",
            reduced_motion="reduce",
        )
        for name, (address, start, height) in PICTURES.items():
            page.goto(address, wait_until="networkidle")
            top = page.locator(start).first.bounding_box()
            path = FOLDER / f"{name}.png"
            clip = {"x": 0, "y": max(0, top["y"] - MARGIN) if top else 0, "width": WIDTH, "height": height}
            page.screenshot(path=path, full_page=True, clip=clip)  # type: ignore[arg-type]  # a clip is a plain dictionary
            weight = path.stat().st_size
            print(f"{path.name}: {weight // 1000} kB")
            if weight > HEAVIEST:
                heavy.append(path.name)
        browser.close()
    return 1 if heavy else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
