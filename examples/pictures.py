"""``make pictures``: the pictures of the README, taken of the demo's pages and of a check that fails.

The browser is Chromium, driven by Playwright; the class is the one that ``make demo`` leaves in ``.demo/``.
"""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path

import numpy as np
from PIL import Image
from playwright.sync_api import sync_playwright

from autograder.assignment import Course
from autograder.checking import check_live
from autograder.checking.card import render_html
from autograder.kit import read_kit
from autograder.pictures import Pictures

ROOT = Path(__file__).resolve().parents[1]
DEMO = ROOT / ".demo"
PICTURES = ROOT / "docs" / "pictures"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
COLOURS = 128
"""Enough for pages of text; a fifth of the size."""

FORGETFUL = """
class Momentum:
    def __init__(self, lr=0.01, momentum=0.9):
        self.lr, self.momentum = lr, momentum

    def update(self, params, grads):
        for key in params:
            params[key] -= self.lr * grads[key]
"""


def card() -> str:
    """Return the page of a check of an optimizer that has no memory."""
    kit = read_kit(Course(ROOT).release_folder("optimizers"))
    namespace = {"np": np, "__name__": "__main__"}
    exec(FORGETFUL, namespace)
    pictures = Pictures()
    html = render_html(check_live(kit, "momentum", namespace, pictures), "", pictures.seen)
    return f'<body style="margin: 12px; width: 700px; font-family: system-ui">{html}</body>'


def take(page, name: str, height: int | None = None) -> None:
    """Keep what can be seen, in few colours."""
    content = page.screenshot(full_page=height is None)
    picture = Image.open(io.BytesIO(content)).convert("RGB")
    picture.quantize(COLOURS).save(PICTURES / f"{name}.png", optimize=True)
    print(f"docs/pictures/{name}.png", (PICTURES / f"{name}.png").stat().st_size)


def main() -> int:
    """Take all pictures."""
    browser_path = shutil.which("chromium") or shutil.which("google-chrome")
    if browser_path is None:
        print("Chromium is missing; on Debian or Ubuntu, install the package chromium")
        return 2
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=FLAGS)
        page = browser.new_page(viewport={"width": 724, "height": 10})
        page.set_content(card())
        take(page, "card")
        page.set_viewport_size({"width": 920, "height": 960})
        page.goto((DEMO / "feedback" / "Chiara Rossi" / "affine" / "affine.html").as_uri())
        take(page, "feedback", 960)
        page.set_viewport_size({"width": 1000, "height": 1000})
        page.goto((DEMO / "reports" / "affine.html").as_uri())
        take(page, "class", 1000)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
