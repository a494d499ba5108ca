"""Draw the pictures of the demo's products: `python packaging/demo_pictures.py`.

Flat drawings of invented packages, one per product, small enough to be kept in the repository. Look-alike products
get look-alike pictures with what differs in large type, as on a real shelf.
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "resources" / "demo" / "pictures"
FONT = ROOT / "resources" / "fonts" / "BIZUDPGothic-Bold.ttf"
SIZE, SCALE = 320, 2  # drawn at twice the size and made smaller, so that edges are smooth
GROUND, INK, PAPER = "#EEF2F4", "#14212B", "#FFFFFF"

# SKU -> shape, colour of the package, colour of the label, words on the label (large, small)
PICTURES: dict[str, tuple[str, str, str, str, str]] = {
    "MAT-050": ("pouch", "#3F7D3A", PAPER, "50g", "抹茶"),
    "MAT-100": ("pouch", "#2C6130", PAPER, "100g", "抹茶"),
    "HOJ-080": ("bag", "#8A5A34", "#F6E7CF", "80g", "ほうじ茶"),
    "HOJ-T20": ("box", "#A06A3C", "#F6E7CF", "20袋", "ほうじ茶"),
    "SEN-100": ("bag", "#6FA03C", PAPER, "100g", "せんちゃ"),
    "GEN-200": ("bag", "#B99A4A", PAPER, "200g", "玄米茶"),
    "COF-MED": ("bag", "#A4572A", "#FFF0CC", "中煎り", "珈琲"),
    "COF-DRK": ("bag", "#3B2418", "#FFF0CC", "深煎り", "珈琲"),
    "COF-DRP": ("box", "#6B3F24", "#FFF0CC", "10袋", "ドリップ"),
    "YUZ-150": ("jar", "#E8C547", PAPER, "150g", "ゆずしお"),
    "YUZ-300": ("jar_tall", "#D9AE1F", PAPER, "300g", "ゆずしお"),
    "MIS-AKA": ("tub", "#8E2F23", PAPER, "赤", "味噌"),
    "MIS-SHI": ("tub", "#D8B67A", PAPER, "白", "味噌"),
    "SHO-300": ("bottle", "#2A1510", "#B3261E", "こい", "しょうゆ"),
    "SHO-USU": ("bottle", "#8A4B22", "#1B5FA8", "うす", "しょうゆ"),
    "HON-180": ("jar", "#D98A1F", PAPER, "180g", "はちみつ"),
    "JAM-ICH": ("jar", "#C8283C", PAPER, "いちご", "ジャム"),
    "JAM-BLU": ("jar", "#3A3F8F", PAPER, "ブルー", "ジャム"),
    "CUP-BLU": ("cup", "#2F6DB0", PAPER, "青", ""),
    "CUP-RED": ("cup", "#B8382E", PAPER, "赤", ""),
    "TOW-IND": ("cloth", "#23407A", PAPER, "藍", "千鳥"),
    "TOW-SAK": ("cloth", "#E49AB0", PAPER, "桜", "千鳥"),
    "FUR-045": ("checks", "#5B3A86", PAPER, "45cm", ""),
    "CHA-SEN": ("whisk", "#C9A25B", INK, "", ""),
    "TIM-001": ("timer", "#9A6A3A", "#E9C98A", "3分", ""),
    "GFT-BOX": ("gift", "#B3261E", "#F1D9A0", "中", ""),
}


class Sheet:
    """One picture; coordinates are those of the finished picture."""

    def __init__(self) -> None:
        self.image = Image.new("RGB", (SIZE * SCALE, SIZE * SCALE), GROUND)
        self._draw = ImageDraw.Draw(self.image)

    def _at(self, *values: float) -> list[float]:
        return [value * SCALE for value in values]

    def box(self, left: float, top: float, right: float, bottom: float, colour: str, corner: float = 8) -> None:
        self._draw.rounded_rectangle(self._at(left, top, right, bottom), corner * SCALE, fill=colour)

    def oval(self, left: float, top: float, right: float, bottom: float, colour: str) -> None:
        self._draw.ellipse(self._at(left, top, right, bottom), fill=colour)

    def shape(self, colour: str, *points: float) -> None:
        self._draw.polygon(self._at(*points), fill=colour)

    def ring(self, left: float, top: float, right: float, bottom: float, colour: str, width: float) -> None:
        self._draw.ellipse(self._at(left, top, right, bottom), outline=colour, width=int(width * SCALE))

    def line(self, colour: str, width: float, *points: float) -> None:
        self._draw.line(self._at(*points), fill=colour, width=int(width * SCALE), joint="curve")

    def words(self, text: str, x: float, y: float, size: float, colour: str, room: float = 400) -> None:
        font = ImageFont.truetype(str(FONT), int(size * SCALE))
        while font.getlength(text) > room * SCALE:
            size -= 1
            font = ImageFont.truetype(str(FONT), int(size * SCALE))
        self._draw.text(self._at(x, y), text, font=font, fill=colour, anchor="mm")

    def label(self, box: tuple[float, float, float, float], colour: str, large: str, small: str) -> None:
        left, top, right, bottom = box
        self.box(left, top, right, bottom, colour, 6)
        ink = PAPER if colour in {"#B3261E", "#1B5FA8"} else INK
        middle, room, height = (left + right) / 2, right - left - 10, bottom - top
        if small:
            self.words(small, middle, top + height * 0.27, height * 0.26, ink, room)
            self.words(large, middle, top + height * 0.66, height * 0.42, ink, room)
        else:
            self.words(large, middle, top + height / 2, height * 0.5, ink, room)


def draw_pouch(sheet: Sheet, body: str, label: str, large: str, small: str) -> None:
    sheet.shape(body, 88, 44, 232, 44, 246, 282, 74, 282)
    sheet.box(88, 36, 232, 62, _shade(body, 0.8), 4)
    sheet.label((100, 118, 220, 226), label, large, small)


def draw_bag(sheet: Sheet, body: str, label: str, large: str, small: str) -> None:
    sheet.shape(_shade(body, 0.75), 96, 70, 224, 70, 206, 30, 114, 30)
    sheet.box(92, 66, 228, 288, body, 6)
    sheet.shape(_shade(body, 0.85), 92, 70, 112, 90, 112, 288, 92, 288)
    sheet.label((104, 130, 218, 240), label, large, small)


def draw_box(sheet: Sheet, body: str, label: str, large: str, small: str) -> None:
    sheet.shape(_shade(body, 1.25), 60, 96, 104, 56, 276, 56, 232, 96)
    sheet.shape(_shade(body, 0.7), 232, 96, 276, 56, 276, 214, 232, 262)
    sheet.box(60, 96, 232, 262, body, 2)
    sheet.label((76, 130, 216, 232), label, large, small)


def draw_jar(sheet: Sheet, body: str, label: str, large: str, small: str, top: float = 92) -> None:
    sheet.box(98, top - 30, 222, top + 12, "#5B6770", 8)
    sheet.box(86, top, 234, 288, body, 26)
    sheet.label((86, top + 58, 234, top + 158), label, large, small)


def draw_jar_tall(sheet: Sheet, body: str, label: str, large: str, small: str) -> None:
    draw_jar(sheet, body, label, large, small, 62)


def draw_tub(sheet: Sheet, body: str, label: str, large: str, small: str) -> None:
    sheet.shape(body, 66, 110, 254, 110, 236, 272, 84, 272)
    sheet.box(56, 84, 264, 118, _shade(body, 0.8), 10)
    sheet.label((94, 142, 226, 250), label, large, small)


def draw_bottle(sheet: Sheet, body: str, label: str, large: str, small: str) -> None:
    sheet.box(140, 24, 180, 54, label, 4)
    sheet.box(144, 50, 176, 120, body, 4)
    sheet.shape(body, 144, 92, 176, 92, 212, 144, 108, 144)
    sheet.box(108, 138, 212, 294, body, 12)
    sheet.label((108, 168, 212, 266), label, large, small)


def draw_cup(sheet: Sheet, body: str, label: str, large: str, small: str) -> None:
    del small
    sheet.shape(body, 74, 84, 246, 84, 226, 270, 94, 270)
    sheet.oval(74, 62, 246, 106, _shade(body, 0.7))
    for row in range(2):
        for wave in range(4):
            left = 92 + wave * 36 - row * 6
            sheet.ring(left, 124 + row * 116, left + 30, 154 + row * 116, label, 4)
    sheet.box(118, 158, 202, 232, label, 37)
    sheet.words(large, 160, 195, 52, body)


def draw_cloth(sheet: Sheet, body: str, label: str, large: str, small: str) -> None:
    sheet.box(62, 60, 258, 276, _shade(body, 0.8), 6)
    sheet.box(54, 48, 250, 264, body, 6)
    for row in range(4):
        for column in range(4):
            x, y = 84 + column * 46 + (row % 2) * 10, 74 + row * 54
            sheet.shape(label, x - 12, y, x + 12, y - 8, x + 4, y + 12)
    sheet.label((96, 116, 208, 204), label, large, small)


def draw_checks(sheet: Sheet, body: str, label: str, large: str, small: str) -> None:
    sheet.box(48, 60, 272, 268, body, 4)
    for row in range(5):
        for column in range(5):
            if (row + column) % 2:
                left, top = 52 + column * 44, 64 + row * 40.8
                sheet.box(left, top, left + 40, top + 37, _shade(body, 1.6), 2)
    sheet.label((96, 128, 224, 200), label, large, small)


def draw_whisk(sheet: Sheet, body: str, label: str, large: str, small: str) -> None:
    del large, small
    sheet.box(122, 36, 198, 126, body, 10)
    sheet.box(122, 112, 198, 128, label, 2)
    for prong in range(13):
        top, bottom = 126 + prong * 5.7, 92 + prong * 11.4
        sheet.line(_shade(body, 0.75), 4, top, 128, bottom, 240, top, 286)


def draw_timer(sheet: Sheet, body: str, label: str, large: str, small: str) -> None:
    del small
    for x in (92, 218):
        sheet.box(x, 44, x + 12, 276, body, 4)
    sheet.shape("#CFE3EE", 110, 62, 210, 62, 166, 160, 210, 258, 110, 258, 154, 160)
    sheet.shape(label, 122, 90, 198, 90, 160, 156)
    sheet.shape(label, 112, 258, 208, 258, 160, 214)
    sheet.box(76, 30, 244, 62, body, 8)
    sheet.box(76, 256, 244, 290, body, 8)
    sheet.words(large, 160, 274, 24, PAPER)


def draw_gift(sheet: Sheet, body: str, label: str, large: str, small: str) -> None:
    del small
    sheet.box(58, 116, 262, 284, body, 6)
    sheet.box(46, 86, 274, 132, _shade(body, 0.85), 6)
    sheet.box(144, 86, 176, 284, label, 0)
    sheet.ring(92, 36, 160, 92, label, 12)
    sheet.ring(160, 36, 228, 92, label, 12)
    sheet.oval(122, 164, 198, 240, label)
    sheet.words(large, 160, 202, 46, INK)


def _shade(colour: str, by: float) -> str:
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{min(255, int(part * by)):02X}" for part in parts)


def main() -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    for sku, (shape, body, label, large, small) in PICTURES.items():
        sheet = Sheet()
        globals()[f"draw_{shape}"](sheet, body, label, large, small)
        picture = sheet.image.resize((SIZE, SIZE), Image.Resampling.LANCZOS).quantize(64)
        picture.save(TARGET / f"{sku}.png", optimize=True)


if __name__ == "__main__":
    main()
