"""When a weight counts: what stands, once; and what is said of a scale that gives none."""

from __future__ import annotations

from app.devices.watch import News, Said, Watch
from app.domain.scale import Reading, ScaleFault


class Bench:
    """A watch with a clock; lines come every tenth of a second."""

    def __init__(self, division: int = 1, exact: bool = True) -> None:
        self.watch, self.now = Watch(division), 0
        self.watch.exact = exact
        self.watch.begin(0)
        self.weights: list[int] = []
        self.said: list[Said] = []

    def _take(self, news: News) -> None:
        if news.weight is not None:
            self.weights.append(news.weight)
        if news.said is not None:
            self.said.append(news.said)

    def weighs(self, grams: float, stable: bool | None = True, times: int = 1) -> None:
        self.says(Reading(round(grams * 1_000), stable), times)

    def says(self, reading: Reading | None, times: int = 1, text: str = "") -> None:
        for _ in range(times):
            self.now += 100
            self._take(self.watch.line(reading, text, self.now))
            self._take(self.watch.tick(self.now))

    def waits(self, milliseconds: int) -> None:
        for _ in range(milliseconds // 100):
            self.now += 100
            self._take(self.watch.tick(self.now))

    @property
    def faults(self) -> list[ScaleFault | None]:
        return [each.fault for each in self.said]


def test_a_weight_is_told_once_on_the_second_line_that_says_it_stands() -> None:
    bench = Bench()
    bench.weighs(532.1)
    assert bench.weights == []
    bench.weighs(532.1, times=20)
    assert bench.weights == [532]


def test_one_damaged_line_is_never_a_weight() -> None:
    bench = Bench()
    bench.weighs(532, times=3)
    bench.weighs(32)
    bench.weighs(532, times=3)
    assert bench.weights == [532]


def test_a_weight_that_moves_is_none() -> None:
    bench = Bench()
    for grams in range(0, 500, 20):
        bench.weighs(grams, stable=False)
    assert bench.weights == []


def test_without_a_sign_of_rest_a_weight_counts_when_it_has_stood_for_long_enough() -> None:
    bench = Bench()
    bench.weighs(532, None, 6)
    assert bench.weights == []
    bench.weighs(532, None)
    assert bench.weights == [532]


def test_without_a_sign_of_rest_two_lines_long_apart_do_not_stand() -> None:
    bench = Bench()
    bench.weighs(532, None)
    bench.waits(2_000)
    bench.weighs(532, None, 2)
    assert bench.weights == []


def test_flicker_within_one_division_is_the_same_weight() -> None:
    bench = Bench(division=5)
    for _ in range(10):
        bench.weighs(530, None)
        bench.weighs(535, None)
    assert bench.weights == [530]
    coarse = Bench(division=1)
    for _ in range(10):
        coarse.weighs(530, None)
        coarse.weighs(535, None)
    assert coarse.weights == []


def test_a_weight_is_told_again_when_it_has_changed_or_was_away() -> None:
    bench = Bench()
    bench.weighs(532, times=3)
    bench.weighs(540, times=3)
    bench.weighs(0, times=3)
    bench.weighs(540, times=3)
    assert bench.weights == [532, 540, 540]


def test_another_box_of_the_same_weight_is_told_even_if_the_scale_was_empty_only_in_passing() -> None:
    bench = Bench()
    bench.weighs(540, times=3)
    for grams in (200, 0.4, 300):
        bench.weighs(grams, stable=False)
    bench.weighs(540, times=3)
    assert bench.weights == [540, 540]
    bench.weighs(420, stable=False)  # only touched
    bench.weighs(540, times=3)
    assert bench.weights == [540, 540]


def test_a_weight_is_told_again_when_it_is_asked_for_and_only_by_what_comes_then() -> None:
    bench = Bench()
    bench.weighs(532, times=3)
    bench.watch.again()
    bench.waits(1_000)
    assert bench.weights == [532]
    bench.weighs(532, times=2)
    assert bench.weights == [532, 532]


def test_an_empty_scale_is_no_weight_even_when_it_is_asked() -> None:
    bench = Bench()
    bench.watch.again()
    bench.weighs(0.6, times=10)
    bench.weighs(-1.2, times=10)
    assert bench.weights == []
    assert bench.faults == []


def test_a_scale_that_speaks_once_is_believed_after_a_silence() -> None:
    bench = Bench()
    bench.weighs(532)
    bench.waits(700)
    assert bench.weights == [532]


def test_where_a_lost_byte_may_leave_a_line_that_fits_one_line_is_never_enough() -> None:
    bench = Bench(exact=False)
    bench.weighs(532)
    bench.waits(2_000)
    assert bench.weights == []


def test_a_scale_below_zero_is_said_when_it_stands_there() -> None:
    bench = Bench()
    bench.weighs(-12, stable=False, times=5)
    assert bench.faults == []
    bench.weighs(-12, times=5)
    assert bench.faults == [ScaleFault.NEGATIVE]
    bench.weighs(0, times=5)
    assert bench.faults == [ScaleFault.NEGATIVE, None]


def test_overload_is_said_once_and_is_over_when_a_weight_stands() -> None:
    bench = Bench()
    bench.weighs(532, times=2)
    bench.says(Reading(None, False, ScaleFault.OVERLOAD))
    assert bench.faults == []
    bench.says(Reading(None, False, ScaleFault.OVERLOAD), 10)
    assert bench.said == [Said(ScaleFault.OVERLOAD)]
    bench.weighs(532, times=2)
    assert bench.faults == [ScaleFault.OVERLOAD, None]
    assert bench.weights == [532, 532]


def test_another_unit_is_said_by_its_name() -> None:
    bench = Bench()
    bench.says(Reading(None, True, ScaleFault.UNIT, "PC"), 5)
    bench.says(Reading(None, True, ScaleFault.UNIT, "%"), 5)
    assert bench.said == [Said(ScaleFault.UNIT, "PC"), Said(ScaleFault.UNIT, "%")]


def test_silence_is_said_and_over_with_the_first_line() -> None:
    bench = Bench()
    bench.weighs(532, times=2)
    bench.waits(2_900)
    assert bench.faults == []
    bench.waits(5_000)
    bench.weighs(532)
    assert bench.faults == [ScaleFault.SILENT, None]


def test_garbage_is_said_once_and_half_a_line_at_the_start_is_none() -> None:
    bench = Bench()
    bench.says(None, 2, "0.12 g")
    bench.weighs(532, times=20)
    assert bench.faults == []
    for number in range(30):
        bench.says(None, text=f"x{number}")
    assert bench.faults == [ScaleFault.GARBAGE]
    assert bench.said[0].detail.startswith("x")
    bench.weighs(532)
    assert bench.faults == [ScaleFault.GARBAGE, None]


def test_a_scale_that_does_not_come_to_rest_is_said_after_eight_seconds() -> None:
    bench = Bench()
    for number in range(79):
        bench.weighs(500 + number % 7, stable=False)
    assert bench.faults == []
    for number in range(10):
        bench.weighs(500 + number % 7, stable=False)
    assert bench.said == [Said(ScaleFault.UNSTABLE, "8")]
    bench.weighs(501, times=2)
    assert bench.faults == [ScaleFault.UNSTABLE, None]
    assert bench.weights == [501]


def test_a_scale_that_is_gone_is_not_also_silent() -> None:
    bench = Bench()
    bench.weighs(532, times=2)
    assert bench.watch.lost("no such port").said == Said(ScaleFault.UNPLUGGED, "no such port")
    assert bench.watch.lost("no such port") == News()
    bench.waits(10_000)
    assert bench.faults == []
    bench.watch.begin(bench.now)
    bench.weighs(532, times=2)
    assert bench.faults == [None]
    assert bench.weights == [532, 532]
