"""`python -m tests.shots DIR`: start a board, bring it into every state, take the pictures."""

import argparse
import time
from pathlib import Path

from django.conf import settings
from playwright.sync_api import sync_playwright

from dashboard.store import staff
from tests import boards
from tests.boards import Board
from tests.browser.conftest import ARGUMENTS, chromium
from tests.browser.states import SIZES, STATES
from tests.shots import FOLDER, sheet
from tests.shots.camera import Camera, Size
from tests.shots.cast import scenes
from tests.shots.scenes import Scene

USER = "staff"
# Of what is no state of the brief's list, one picture a shape.
SHAPES = [(1920, 1080), (1920, 1200), (2560, 1080), (3840, 1080)]
# What is seen of another scene's campaign, in their order.
OF = {
    **{"diverting": "queueing", "label": "milestone"},
    **{"staff": "live", "others": "live", "stale": "live"},
}
LABEL = "The first twelve billion of a single day, and all of it paid"


def _parse() -> argparse.Namespace:
    names = [*scenes(), *OF]
    parser = argparse.ArgumentParser(prog="python -m tests.shots", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", choices=names, nargs="+", default=names)
    parser.add_argument("--sizes", nargs="+", default=None)
    return parser.parse_args()


def _sizes(name: str, given: list[str] | None) -> list[Size]:
    if given is None:
        return SIZES if name in STATES else SHAPES
    return [(int(w), int(h)) for w, _, h in (one.partition("x") for one in given)]


def _prepare(board: Board, made: dict[str, Scene]) -> str:
    """Make the campaigns, wait for their figures; return the password of staff."""
    for name, scene in made.items():
        print(f"making {name}", flush=True)
        scene.make(board)
    for scene in made.values():
        scene.until_counted(board)
    return staff.make_first(USER) or ""


def _take(camera: Camera, board: Board, name: str, made: dict[str, Scene]) -> None:
    scene = made[OF.get(name, name)]
    scene.have_stuck(board)
    if name in ("queueing", "diverting"):
        camera.set_state(scene, name)
    if name == "label":
        scene.name_next(LABEL)
    if scene.slug == "milestone":
        camera.take_overs(scene, name)
    elif name == "stale":
        camera.stale(scene)
    elif name == "staff":
        camera.desks(scene)
    elif name == "others":
        camera.others(scene)
    else:
        camera.walls(scene, name)


def main() -> None:
    """Take the pictures, those of a lost connection last, and write the contact sheet."""
    given = _parse()
    given.folder.mkdir(parents=True, exist_ok=True)
    wanted = sorted(given.only, key=lambda name: name == "stale")
    needed = {OF.get(name, name) for name in wanted}
    with boards.running(Path(settings.DATA_DIR)) as board:
        made = {name: one for name, one in scenes().items() if name in needed}
        password = _prepare(board, made)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
            camera = Camera(browser, board, given.folder)
            camera.log_in(USER, password)
            for i, name in enumerate(wanted):
                begun, camera.sizes = time.monotonic(), _sizes(name, given.sizes)
                _take(camera, board, name, made)
                lasted = time.monotonic() - begun
                print(
                    f"{i + 1} of {len(wanted)}: {name}, {camera.taken} pictures, {lasted:.0f} s",
                    flush=True,
                )
            browser.close()
    print(sheet.write(given.folder))
    FOLDER.cleanup()


if __name__ == "__main__":
    main()
