"""`python -m tests.shots DIR`: start a board, bring it into every state, take the pictures."""

import argparse
from pathlib import Path

from django.conf import settings
from playwright.sync_api import sync_playwright

from dashboard.store import staff
from tests import boards
from tests.boards import Board
from tests.browser.conftest import ARGUMENTS, chromium
from tests.browser.states import SIZES, STATES
from tests.shots import FOLDER, sheet
from tests.shots.camera import Camera
from tests.shots.scenes import Scene, scenes

USER, STUCK = "staff", 412


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.shots", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", choices=[*STATES, "staff"], nargs="+", default=[*STATES, "staff"])
    parser.add_argument("--sizes", nargs="+", default=[f"{w}x{h}" for w, h in SIZES])
    return parser.parse_args()


def _prepare(board: Board, made: dict[str, Scene]) -> str:
    """Make the campaigns, wait for their figures; return the password of staff."""
    for scene in made.values():
        scene.make(board)
    for scene in made.values():
        scene.until_counted(board)
    return staff.make_first(USER) or ""


def _take(camera: Camera, board: Board, name: str, made: dict[str, Scene]) -> None:
    if name == "milestone":
        camera.milestones(made[name])
    elif name == "stale":
        camera.stale(made["live"])
    elif name == "staff":
        camera.desks(made["live"])
    elif name == "queueing":
        scene = made[name]
        scene.post(board, scene.feed.stuck(scene.second - 120, STUCK))
        camera.set_state(scene, "queueing")
        camera.walls(scene, "flag")
    else:
        camera.walls(made[name])


def main() -> None:
    """Take the pictures, those of a lost connection last, and write the contact sheet."""
    given = _parse()
    given.folder.mkdir(parents=True, exist_ok=True)
    sizes = [(int(w), int(h)) for w, _, h in (one.partition("x") for one in given.sizes)]
    wanted = sorted(given.only, key=lambda name: name == "stale")
    needed = {"live" if name in ("stale", "staff") else name for name in wanted}
    with boards.running(Path(settings.DATA_DIR)) as board:
        made = {name: one for name, one in scenes().items() if name in needed}
        password = _prepare(board, made)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
            camera = Camera(browser, board, given.folder, sizes)
            camera.log_in(USER, password)
            for name in wanted:
                print(name, flush=True)
                _take(camera, board, name, made)
            browser.close()
    print(sheet.write(given.folder))
    FOLDER.cleanup()


if __name__ == "__main__":
    main()
