"""The picture of the carton is true: what is painted is what an eye would see; and the panel says all it has to.

The rays here know nothing of the painter's order: they take the projection of three edges, look for the line of sight
through each pixel, and ask every box how near to the eye the line leaves it. With ``KENPIN_PICTURES`` set to a folder,
pictures of every state are kept there.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.cartons import Carton, Item, Orientation, Parcel, Placement
from app.services.cartons.choice import propose
from app.text import LANGUAGES
from app.ui import carton_view
from app.ui.carton_scene import Box, Scene, back_to_front, corners, covers, faces, hiders
from app.ui.carton_view import CartonView, Goods, draw_faces, paint_boxes
from app.ui.look import PALETTES, Look, register_fonts
from app.ui.pack.carton import CartonGuide, CartonPanel, steps_of
from tests.bench.carton_orders import WAREHOUSE, careful_order
from tests.ui.tour import contrast, texts_of

PICTURES = os.environ.get("KENPIN_PICTURES", "")
GOODS = (
    ("tea", Goods("ほうじ茶ラテ 10本入")),
    ("matcha", Goods("有機抹茶パウダー 100g")),
    ("soy", Goods("しょうゆ 500ml")),
    ("book", Goods("茶の本")),
    ("glass", Goods("ガラス茶漉し 350ml")),
)
LONG = (
    ("tea", Goods("【送料無料】静岡県産 深蒸し茶 やぶきた ティーバッグ 5g×100包 業務用 大容量パック")),
    ("matcha", Goods("Organic stone-ground matcha powder for confectionery, 100 g in a pouch")),
)
MIXED = [
    *(Item(f"t{number}", "tea", (180, 120, 60), 600) for number in range(2)),
    *(Item(f"m{number}", "matcha", (120, 90, 40), 130) for number in range(2)),
    *(Item(f"s{number}", "soy", (70, 70, 160), 700, liquid=True) for number in range(2)),
    Item("b", "book", (190, 130, 18), 300, orientation=Orientation.LYING),
    Item("g", "glass", (110, 90, 80), 250, fragile=True, cushion_mm=10),
]


def parcel_of(items: Sequence[Item], *codes: str) -> Parcel:
    packing = propose(items, [carton for carton in WAREHOUSE if not codes or carton.code in codes]).packing
    assert packing is not None
    return packing.parcels[0]


@pytest.fixture(scope="module")
def mixed() -> Parcel:
    return parcel_of(MIXED)


def keys_of(parcel: Parcel) -> tuple[str, ...]:
    return tuple(one.item.key for one in parcel.placements)


def boxes_of(parcel: Parcel) -> list[Box]:
    return [(*one.at, *one.end) for one in parcel.placements]


def guide(parcel: Parcel, put: int = 0, now: int | None = 0, **changed: Any) -> CartonGuide:
    carton, keys = parcel.carton, keys_of(parcel)
    made = CartonGuide(
        1, 1, carton.code, "", carton.inner_mm, carton.kind, parcel, keys[:put], None if now is None else keys[now],
        goods=GOODS,
    )  # fmt: skip
    return replace(made, **changed)


def look(language: str = "ja", theme: str = "light", window: tuple[int, int] = (1366, 768)) -> Look:
    register_fonts()
    made = Look(language, theme)
    made.fit(*window)
    return made


# --- what is painted over what ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Eye:
    """Looks along the lines that the projection maps to one pixel."""

    base: tuple[float, float]
    steps: tuple[tuple[float, float], ...]
    """Where one mm along x, y, z goes on the screen."""
    sight: tuple[float, float, float]
    """Towards the eye."""

    @staticmethod
    def of(scene: Scene) -> Eye:
        start = scene.at((0, 0, 0))
        x, y, z = (scene.at(spot) - start for spot in ((1, 0, 0), (0, 1, 0), (0, 0, 1)))
        a, b = (x.x(), y.x(), z.x()), (x.y(), y.y(), z.y())
        sight = (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])
        if sight[2] < 0:  # the eye is above
            sight = (-sight[0], -sight[1], -sight[2])
        assert min(sight) > 0  # and at the near right corner
        return Eye((start.x(), start.y()), tuple(zip(a, b, strict=True)), sight)

    def nearest(self, boxes: Sequence[Box], x: float, y: float) -> int | None:
        """Return the number of the box that is seen at a point of the screen."""
        (ax, ay), (bx, by), _ = self.steps
        u, v = x - self.base[0], y - self.base[1]
        area = ax * by - bx * ay
        spot = ((u * by - bx * v) / area, (ax * v - u * ay) / area, 0.0)  # where the line meets the floor
        found, best = None, -1e18
        for number, box in enumerate(boxes):
            enters, leaves = -1e18, 1e18
            for axis in range(3):
                low, high = ((box[axis + side] - spot[axis]) / self.sight[axis] for side in (0, 3))
                enters, leaves = max(enters, low), min(leaves, high)
            if enters < leaves and leaves > best:
                found, best = number, leaves
        return found


def ground(number: int) -> QColor:
    return QColor.fromHsv(number * 47 % 360, 255 - number % 3 * 60, 255 - number % 5 * 30)


def painted(boxes: Sequence[Box], shown: Sequence[int], side: int = 420) -> tuple[QImage, Scene]:
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(QColor("black"))
    scene = Scene([corner for box in boxes for corner in corners(box)], QRectF(10, 10, side - 20, side - 20))
    order = [(number, part) for number, part in back_to_front(boxes) if number in shown]

    def flat(painter: QPainter, scene: Scene, number: int) -> None:
        colour = ground(number)
        draw_faces(painter, scene, boxes[number], (colour, colour, colour, colour), 0)

    painter = QPainter(image)
    paint_boxes(painter, scene, order, boxes, flat)
    painter.end()
    return image, scene


def wrong_pixels(boxes: Sequence[Box], shown: Sequence[int], chance: random.Random, looks: int) -> list[str]:
    image, scene = painted(boxes, shown)
    eye, left = Eye.of(scene), [boxes[number] for number in shown]
    wrong = []
    for _ in range(looks):
        x, y = chance.randrange(2, image.width() - 2), chance.randrange(2, image.height() - 2)
        around = {
            eye.nearest(left, x + 0.5 + dx, y + 0.5 + dy) for dx, dy in ((-1.2, 0), (1.2, 0), (0, -1.2), (0, 1.2))
        }
        if len(around) > 1:
            continue  # an edge
        seen = around.pop()
        colour = QColor("black") if seen is None else ground(shown[seen])
        if image.pixel(x, y) != colour.rgb():
            wrong.append(f"{x},{y}: {image.pixelColor(x, y).name()}, not {colour.name()} of {seen}")
    return wrong


def parcels_by_chance(count: int) -> Iterator[Parcel]:
    chance = random.Random(11)
    while count:
        packing = propose(careful_order(chance, 14), WAREHOUSE, steps=200).packing
        for parcel in packing or ():
            if count and len(parcel.placements) > 2:
                yield parcel
                count -= 1


def test_the_piece_nearest_to_the_eye_is_seen_at_every_pixel() -> None:
    chance = random.Random(5)
    for parcel in parcels_by_chance(10):
        boxes = boxes_of(parcel)
        for put in (len(boxes), chance.randint(1, len(boxes))):
            assert not wrong_pixels(boxes, range(put), chance, 300), parcel


def test_pieces_that_lie_apart_anywhere_are_painted_right() -> None:
    """Beyond what is ever packed: boxes of any shape in the air."""
    chance = random.Random(9)
    for _ in range(12):
        boxes: list[Box] = []
        for _ in range(50):
            at = [chance.randrange(0, 90) for _ in range(3)]
            end = [start + chance.choice((4, 10, 30, 80)) for start in at]
            apart = (any(end[axis] <= box[axis] or box[axis + 3] <= at[axis] for axis in range(3)) for box in boxes)
            if all(apart):
                boxes.append((*at, *end))
        assert not wrong_pixels(boxes, range(len(boxes)), chance, 250), boxes


def test_a_ring_is_opened_by_parting_one_piece() -> None:
    ring = a_ring()
    assert covers(ring[0], ring[1])
    assert covers(ring[1], ring[2])
    assert covers(ring[2], ring[0])
    order = back_to_front(ring)
    assert sorted({number for number, _ in order}) == [0, 1, 2]
    assert len(order) > 3
    assert not wrong_pixels(ring, range(3), random.Random(1), 3_000)


def a_ring() -> list[Box]:
    """Return three long boxes, each of which hides a part of the next."""
    chance = random.Random(2)
    while True:
        x, y, z = ([chance.randrange(0, 80) for _ in range(3)] for _ in range(3))
        sticks: list[Box] = [
            (0, x[1], x[2], 100, x[1] + 12, x[2] + 12),
            (y[0], 0, y[2], y[0] + 12, 100, y[2] + 12),
            (z[0], z[1], 0, z[0] + 12, z[1] + 12, 100),
        ]
        for ring in (sticks, sticks[::-1]):
            if all(covers(ring[at], ring[(at + 1) % 3]) for at in range(3)):
                return ring


def test_pieces_that_overlap_although_they_must_not_are_still_drawn() -> None:
    boxes: list[Box] = [(0, 0, 0, 50, 50, 50), (20, 20, 20, 70, 70, 70), (0, 0, 0, 50, 50, 50)]
    assert [number for number, _ in back_to_front(boxes)] == [0, 1, 2]
    sheets: list[Box] = [(0, 0, 5, 50, 50, 5)] * 2  # of no height: each is both below and above the other
    assert [number for number, _ in back_to_front(sheets)] == [0, 1]


def test_each_face_lies_where_its_coordinates_are_projected(mixed: Parcel) -> None:
    """Colours alone could be right with all pieces in a wrong place: the corners of each face are where they belong."""
    scene = Scene([(0, 0, 0), mixed.carton.inner_mm], QRectF(0, 0, 400, 300))
    start = scene.at((0, 0, 0))
    x, y, z = (scene.at(spot) - start for spot in ((1, 0, 0), (0, 1, 0), (0, 0, 1)))
    for box in boxes_of(mixed):
        wanted = [start + x * spot[0] + y * spot[1] + z * spot[2] for spot in corners(box)]
        for face in faces(box):
            for point in scene.face(face):
                assert min((point - each).manhattanLength() for each in wanted) < 0.01


def test_a_box_is_hidden_by_what_stands_before_or_above_it_and_meets_it_on_the_screen() -> None:
    low, before, above, beside = (
        (0, 0, 0, 40, 40, 40),
        (0, 40, 0, 40, 80, 40),
        (0, 0, 40, 40, 40, 80),
        (900, 0, 0, 940, 40, 40),
    )
    assert hiders([low, before, above, beside]) == [[1, 2], [], [], []]


# --- the picture --------------------------------------------------------------------------------------------------


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Scene, list[int]]]:
    """What a view paints: how it sees, and which pieces."""
    found: list[tuple[Scene, list[int]]] = []

    def caught(painter: Any, scene: Scene, order: Any, boxes: Any, draw: Any) -> None:
        found.append((scene, [number for number, _ in order]))
        paint_boxes(painter, scene, order, boxes, draw)

    monkeypatch.setattr(carton_view, "paint_boxes", caught)
    return found


def seen(qtbot: QtBot, widget: QWidget, size: tuple[int, int], name: str = "") -> QImage:
    qtbot.addWidget(widget)
    widget.resize(*size)
    image = widget.grab().toImage()
    if PICTURES and name:
        image.save(str(Path(PICTURES) / f"carton-{name}.png"))
    return image


def test_only_what_is_in_and_the_piece_in_hand_are_drawn(qtbot: QtBot, mixed: Parcel, drawn: list[Any]) -> None:
    view, keys = CartonView(look()), keys_of(mixed)
    for put, now, numbers in (
        (0, keys[0], [0]), (2, keys[2], [0, 1, 2]), ((keys[3],), keys[0], [0, 3]), (keys, None, list(range(8))),
        (("gone",), "unknown", []),
    ):  # fmt: skip
        view.show_parcel(mixed, put, now)
        seen(qtbot, view, (400, 320))
        assert sorted(drawn[-1][1]) == numbers


def test_the_picture_does_not_jump_from_step_to_step(qtbot: QtBot, mixed: Parcel, drawn: list[Any]) -> None:
    view, keys = CartonView(look()), keys_of(mixed)
    for put, key in enumerate(keys):
        view.show_parcel(mixed, put, key)
        seen(qtbot, view, (400, 320))
    assert len({(scene.scale, scene.at((0, 0, 0)).toTuple()) for scene, _ in drawn}) == 1


@pytest.mark.parametrize("theme", PALETTES)
@pytest.mark.parametrize("size", [(240, 200), (560, 460), (900, 700)])
def test_the_piece_in_hand_is_the_only_one_in_the_strong_colour(
    qtbot: QtBot, mixed: Parcel, theme: str, size: tuple[int, int]
) -> None:
    view, strong = CartonView(look(theme=theme)), QColor(carton_view._PAINTS[theme].now[1]).rgb()
    view.show_parcel(mixed, len(keys_of(mixed)), None)
    assert strong not in colours(seen(qtbot, view, size))
    view.show_parcel(mixed, 7, keys_of(mixed)[7])
    assert colours(seen(qtbot, view, size, f"view-{theme}-{size[0]}")).count(strong) > 30


def colours(image: QImage) -> list[int]:
    whole = image.convertToFormat(QImage.Format.Format_RGB32)
    return memoryview(whole.constBits()).cast("I").tolist()


def test_nothing_is_drawn_beyond_the_edges_of_the_picture(qtbot: QtBot, mixed: Parcel) -> None:
    """Flaps, arrow and sides have room at every step, whatever the shape of the carton."""
    shapes: list[Parcel] = [mixed, parcel_of([MIXED[6]], "N"), parcel_of([MIXED[6]], "E")]
    for inner in ((600, 60, 60), (60, 60, 600), (60, 600, 60)):
        item = Item("a", "tea", (50, 50, 50), 100)
        shapes.append(Parcel(Carton("T", inner, inner, 50, 5_000, 1), (Placement(item, (0, 0, 10), (50, 50, 50)),)))
    for number, parcel in enumerate(shapes):
        view = CartonView(look())
        view.titled = False
        view.show_parcel(parcel, 0, keys_of(parcel)[0], dict(GOODS))
        image = seen(qtbot, view, (420, 320), f"shape-{number}")
        paper = image.pixel(0, 0)
        edge = {image.pixel(x, y) for x in range(420) for y in (0, 319)}
        edge |= {image.pixel(x, y) for x in (0, 419) for y in range(320)}
        assert edge == {paper}, parcel.carton


def test_what_is_drawn_is_also_said_in_words(mixed: Parcel) -> None:
    view = CartonView(look("en"))
    view.show_parcel(mixed, 0, "g", {"glass": Goods("Glass tea strainer")})
    assert view.accessibleName() == "Carton M-7 320 × 230 × 180 mm 8 Glass tea strainer"


def test_a_hidden_piece_in_hand_is_outlined_over_what_hides_it(qtbot: QtBot) -> None:
    """A packer who takes the pieces in another order still sees where the one in hand goes."""
    tall, low = Item("a", "tea", (60, 60, 100), 100), Item("b", "book", (60, 60, 30), 100)
    placements = (Placement(low, (0, 0, 0), (60, 60, 30)), Placement(tall, (0, 60, 0), (60, 60, 100)))
    parcel = Parcel(Carton("T", (60, 120, 110), (60, 120, 110), 50, 5_000, 1), placements)
    strong = QColor(carton_view._PAINTS["light"].now[1]).rgb()
    view = CartonView(look())
    view.show_parcel(parcel, ("a",), "b")
    image = seen(qtbot, view, (400, 400), "hidden")
    behind = covers(boxes_of(parcel)[1], boxes_of(parcel)[0])
    assert behind
    assert colours(image).count(strong) > 100


# --- the panel ----------------------------------------------------------------------------------------------------


def test_the_piece_in_hand_comes_first_in_the_list_then_the_order_of_the_parcel(mixed: Parcel) -> None:
    keys = keys_of(mixed)
    steps = steps_of(guide(mixed, 0, 6))
    assert (steps[0].numbers, steps[0].now) == ((7,), True)
    assert [number for step in steps[1:] for number in step.numbers] == [1, 2, 3, 4, 5, 6, 8]
    assert [step.item.product for step in steps_of(guide(mixed, 6, 6))] == ["book", "glass"]
    assert not steps_of(guide(mixed, len(keys), None))


def test_like_pieces_that_follow_each_other_are_one_step(mixed: Parcel) -> None:
    assert [step.numbers for step in steps_of(guide(mixed))] == [(1, 2), (3, 4), (5, 6), (7,), (8,)]


def states(words: Look, mixed: Parcel) -> dict[str, CartonGuide]:
    """Return every state of the panel."""
    say, protection = words.say, ("プチプチ × 2", "クラフト紙 1 枚")
    envelope = parcel_of([Item("b", "book", (190, 130, 9), 150), Item("m", "matcha", (120, 90, 8), 60)], "E")
    lacking = say("cartons.no_size", items="ガラス茶漉し 350ml")
    return {
        "one": guide(parcel_of([MIXED[7]]), materials=protection),
        "mixed": guide(mixed, materials=protection, name="宅急便 80"),
        "running": guide(mixed, 4, 4, materials=protection),
        "last": guide(mixed, 7, 7),
        "all": guide(mixed, 8, None),
        "envelope": guide(envelope),
        "mailer": guide(parcel_of([MIXED[6]], "N")),
        "second": guide(mixed, box=2, boxes=3, materials=protection),
        "long": guide(mixed, 2, 2, goods=LONG),
        "problem": CartonGuide(1, 1, "", problem=lacking),
        "unsure": guide(mixed, problem=say("cartons.no_weight", items="ガラス茶漉し 350ml")),
        "no plan": CartonGuide(1, 1, "M-7", inner_mm=(320, 230, 180)),
        "maker's": CartonGuide(1, 1, "MAKER"),
        "none": CartonGuide(1, 1, ""),
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_but_a_long_name_is_cut(qtbot: QtBot, mixed: Parcel, cut: list[str], language: str) -> None:
    for window, size in (((1280, 720), (640, 500)), ((1920, 1080), (1000, 780)), ((1280, 720), (300, 520))):
        words = look(language, window=window)
        panel = CartonPanel(words)
        for name, shown in states(words, mixed).items():
            panel.show_guide(shown)
            seen(qtbot, panel, size, f"{name}-{language}-{size[0]}")
            if name == "long":
                assert "100包" in panel.toolTip()
            else:
                assert not cut, (name, size)
            cut.clear()


@pytest.mark.parametrize("theme", PALETTES)
def test_every_text_of_the_panel_stands_out_from_its_ground(
    qtbot: QtBot, mixed: Parcel, theme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = look(theme=theme)
    panel = CartonPanel(words)
    qtbot.addWidget(panel)
    panel.show()
    faint = []
    for name, shown in states(words, mixed).items():
        panel.show_guide(shown)
        panel.resize(700, 540)
        for text, grounds in texts_of(panel, monkeypatch):
            worst = min(grounds, key=lambda ground, ink=text.ink: contrast(ink, ground))
            if contrast(text.ink, worst) < 4.5:
                faint.append(f"{name}: “{text.words}” {text.ink.name()} on {worst.name()}")
        if PICTURES:
            panel.grab().save(str(Path(PICTURES) / f"carton-{name}-{theme}.png"))
    assert not faint


def test_there_is_a_sentence_wherever_there_is_no_picture(qtbot: QtBot, mixed: Parcel) -> None:
    words = look("en")
    panel = CartonPanel(words)
    qtbot.addWidget(panel)
    panel.resize(640, 480)
    panel.show()
    for name, shown in states(words, mixed).items():
        panel.show_guide(shown)
        assert panel.view.isVisible() is (name not in ("problem", "maker's", "none")), name
        if not panel.view.isVisible():
            assert "." in panel.accessibleName(), name
    panel.show_guide(None)
    assert not panel.isVisible()


def test_the_carton_is_larger_before_the_first_piece_goes_in(qtbot: QtBot, mixed: Parcel) -> None:
    panel = CartonPanel(look())
    high: list[float] = []
    for put in (0, 1):
        panel.show_guide(guide(mixed, put, put))
        seen(qtbot, panel, (700, 560))
        high.append(panel._boxes["head"].height())
    assert high[0] > 1.8 * high[1]


def test_the_picture_stays_inside_the_panel(qtbot: QtBot, mixed: Parcel) -> None:
    panel = CartonPanel(look())
    for size in ((300, 260), (300, 520), (640, 300), (1000, 800)):
        for put in (0, 3):
            panel.show_guide(guide(mixed, put, put, materials=("プチプチ × 2",), boxes=2))
            seen(qtbot, panel, size)
            inside = QRect(QPoint(0, 0), panel.size())
            assert inside.contains(panel.view.geometry()), size
            assert panel.view.height() > 90, size


def test_a_missing_picture_file_leaves_the_letters_of_the_name(qtbot: QtBot, tmp_path: Path, mixed: Parcel) -> None:
    panel = CartonPanel(look())
    gone = tuple((key, replace(goods, picture=str(tmp_path / "gone.png"))) for key, goods in GOODS)
    panel.show_guide(guide(mixed, goods=gone))
    assert not seen(qtbot, panel, (700, 560)).isNull()
