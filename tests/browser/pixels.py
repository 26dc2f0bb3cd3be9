"""What the browser painted: a page's screenshot as an array of colours."""

import base64

import numpy as np
import numpy.typing as npt
from playwright.sync_api import Browser, Page

# height, width and red, green, blue from 0 to 255
Picture = npt.NDArray[np.uint8]
Colour = tuple[int, int, int]

# The browser reads its own files: nothing else that does is needed here.
_READ = """async (text) => {
  const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const context = new OffscreenCanvas(image.width, image.height).getContext("2d");
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  const reader = new FileReader();
  await new Promise((done) => { reader.onload = done; reader.readAsDataURL(new Blob([data])); });
  return [image.width, image.height, reader.result.split(",")[1]];
}"""


class Eye:
    """Looks at pages."""

    def __init__(self, browser: Browser) -> None:
        self._desk = browser.new_page()

    def close(self) -> None:
        self._desk.context.close()

    def picture(self, page: Page) -> Picture:
        """Return what the page shows now."""
        return self.read(page.screenshot(animations="allow", caret="initial"))

    def read(self, png: bytes) -> Picture:
        """Return a PNG's colours."""
        width, height, raw = self._desk.evaluate(_READ, base64.b64encode(png).decode())
        shape = (height, width, 4)
        return np.frombuffer(base64.b64decode(raw), np.uint8).reshape(shape)[:, :, :3]


def rgb(text: str) -> Colour:
    """Read a computed colour, "rgb(13, 16, 19)", or a token, "#0d1013"."""
    if text.startswith("#"):
        return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)
    inside = text[text.index("(") + 1 : -1].split(",")
    red, green, blue = (round(float(part)) for part in inside[:3])
    return red, green, blue


def near(picture: Picture, colour: Colour, least: int = 12) -> int:
    """Return how many pixels are of a colour, or nearly."""
    away = np.abs(picture.astype(np.int16) - np.array(colour, np.int16)).max(axis=2)
    return int((away <= least).sum())


def luminance(colours: npt.NDArray[np.generic] | Colour) -> npt.NDArray[np.float64]:
    """Return the relative luminance of colours, 0 to 1, as WCAG defines it."""
    parts = np.asarray(colours, np.float64) / 255
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    shares: npt.NDArray[np.float64] = linear @ np.array([0.2126, 0.7152, 0.0722])
    return shares


def contrast(one: npt.NDArray[np.generic] | Colour, other: Colour) -> npt.NDArray[np.float64]:
    """Return the contrast of each of some colours with another, from 1 to 21."""
    a, b = luminance(one) + 0.05, luminance(other) + 0.05
    ratio: npt.NDArray[np.float64] = np.maximum(a, b) / np.minimum(a, b)
    return ratio


def mixed(over: Colour, share: float, under: Colour) -> Colour:
    """Return a colour of which `share` covers another."""
    red, green, blue = (
        round(share * a + (1 - share) * b) for a, b in zip(over, under, strict=True)
    )
    return red, green, blue
