"""Looking into watched folders: what lies there whole is taken in and put away, what cannot be used goes aside.

A thread beside the window looks every few seconds; nothing of the system has to tell it, so that a share of the
network may go and come back. Order of steps for a file: it is taken in (committed), then moved. Between the two
anything may happen: the record of imports knows the content, so that it is moved and not taken in once more.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from app.channels._choose import matched, together
from app.channels._source import of_file, open_source, shown_name
from app.domain.intake import placeholders
from app.domain.orders import Problem
from app.errors import DatabaseLocked, DatabaseOffline, FileUnusable, NotAllowed, NotFound, StationError
from app.services import archive, intake, intake_record, numbers, products, reports
from app.services.channels import known_channels
from app.services.desk import Desk
from app.services.folders import FolderState
from app.services.half_written import Shape, is_on_its_way, is_open_elsewhere, shape_of
from app.services.intake import Reading
from app.services.intake_record import Record, digest_of, plain_path
from app.services.settings import all_settings
from app.storage import folders as storage
from app.storage import imports as imports_storage
from app.storage import intake as intake_storage
from app.storage.database import Transaction
from app.storage.folders import Watched
from app.text import texts

__all__ = ["FolderWatch"]

log = logging.getLogger(__name__)

EVERY_SECONDS = 3.0
"""How often folders are looked into; a file is whole where two looks find it the same."""
PAIR_SECONDS = 120.0
"""How long a file waits for the one that belongs to it."""
EMPTY_SECONDS = 60.0
"""How long an empty file waits: the beginning of a download looks so."""
AGAIN_SECONDS = 60.0
"""Pause before what could not be done is tried again."""
SEEN_SECONDS = 60.0
"""How often it is kept that a folder was looked into where nothing happened."""
MARKER = ".kenpin-watch"
"""Says within a folder who looks into it: stations of two databases may have the same share."""
MARKER_SECONDS = 60.0
_TOPICS = frozenset({"imports"})


@dataclass(frozen=True, slots=True)
class _Told:
    """How a look went."""

    state: FolderState
    key: str = ""
    args: Mapping[str, str] = field(default_factory=dict)

    @property
    def weight(self) -> int:
        """How much it matters beside others of the same look."""
        order = (FolderState.GOOD, FolderState.WAITING, FolderState.REFUSED, FolderState.FULL, FolderState.AWAY)
        return order.index(self.state)


_GOOD = _Told(FolderState.GOOD)


@dataclass(slots=True)
class _Known:
    """A file that lies in a folder."""

    shape: Shape
    first: float
    """When it was first seen with this shape."""
    looks: int = 0
    not_before: float = 0.0
    trouble: _Told = _GOOD
    """Why it waits until then."""
    taken: tuple[int, ...] | None = None
    """The imports that took it in, where only the moving is left."""
    report: str = ""
    """What is to lie beside it aside."""


@dataclass(slots=True)
class _Folder:
    """What is known of a folder between two looks."""

    files: dict[Path, _Known] = field(default_factory=dict)
    last: _Told = _GOOD
    """What became of the last file."""
    said: tuple[str, str] = ("", "")
    said_at: float = 0.0
    marked_at: float = float("-inf")
    stranger: tuple[int, float] | None = None
    """When another watcher's marker was last written, and when that was first seen."""

    def begin_again(self) -> None:
        """Wait for nothing that was to wait a while, and say how the look goes."""
        self.said = ("", "")
        for file in self.files.values():
            file.not_before = 0.0


class FolderWatch:
    """Looks into the watched folders of this station."""

    def __init__(self, desk: Desk, data_folder: Path, language: str = "ja") -> None:
        """*language* is that of the reports beside files, and of the names of the folders for files put away."""
        self._desk = desk
        self._mark = f"{desk.station}\n{plain_path(data_folder)}"
        self._words = texts(language)
        self._folders: dict[int, _Folder] = {}
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="kenpin-folders", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End after the chunk in hand; a file that is being taken in is taken in anew next time."""
        self._stopping.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(timeout=20)

    def once(self) -> int:
        """Look into every folder now; return how many files were put away or aside."""
        watched: list[Watched] = self._desk.read(storage.list_all, self._desk.station).result()
        moved = 0
        active = [each for each in watched if each.active]
        for gone in self._folders.keys() - {each.id for each in active}:
            del self._folders[gone]
        for each in active:
            if self._stopping.is_set():
                break
            known = self._folders.setdefault(each.id, _Folder())
            if not each.state:  # it is new or changed, or a person wants it looked at now
                known.begin_again()
            before = moved
            told, count = self._look(each, known)
            moved = before + count
            self._say(each, known, told, changed=bool(count))
        return moved

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self.once()
            except StationError as error:  # the database is away: the files wait
                log.warning("folders wait: %s", error)
            except RuntimeError:
                if not self._stopping.is_set():
                    raise
            except Exception:  # a bug with one file must not keep the others from ever being looked at
                log.exception("looking into folders")
            self._wake.wait(EVERY_SECONDS)

    def _say(self, watched: Watched, known: _Folder, told: _Told, *, changed: bool) -> None:
        """Keep how the look went, where that is news, and now and then that somebody looks."""
        now = time.monotonic()
        said = (str(told.state), json.dumps([told.key, dict(told.args)]))
        if said == known.said and not changed and now - known.said_at < SEEN_SECONDS:
            return
        news = said != known.said or changed
        known.said, known.said_at = said, now
        body = {"key": told.key, **told.args} if told.key else {}
        topics = _TOPICS if news else frozenset()
        self._desk.chunk(topics, storage.say, watched.id, str(told.state), body).result()

    # --- one folder ---

    def _look(self, watched: Watched, known: _Folder) -> tuple[_Told, int]:
        folder = Path(watched.path)
        try:
            names = sorted(folder.iterdir())
            stranger = self._stranger(folder, known)
            if stranger:
                return _Told(FolderState.AWAY, "folders.watched_by", {"station": stranger}), 0
            whole, waiting = self._whole(names, known)
        except OSError as error:
            known.files.clear()
            reason = error.strerror or str(error)
            return _Told(FolderState.AWAY, "folders.away", {"path": watched.path, "reason": reason}), 0
        told = [_Told(FolderState.WAITING, "folders.writing", {"file": waiting})] if waiting else []
        told += [each.trouble for path, each in known.files.items() if path not in whole]
        moved = 0
        for group in self._groups(watched, known, whole, told):
            if self._stopping.is_set():
                break
            found, count = self._work(watched, known, group)
            told.append(found)
            moved += count
            known.last = found if count else known.last
        return max([known.last, *told], key=lambda each: each.weight), moved

    def _stranger(self, folder: Path, known: _Folder) -> str:
        """Return which other station looks into the folder; empty for none. Else say that this one does."""
        now, marker = time.monotonic(), folder / MARKER
        try:
            text, written = marker.read_text(encoding="utf-8").strip(), marker.stat().st_mtime_ns
        except FileNotFoundError:
            text, written = "", 0
        except UnicodeDecodeError:
            text, written = "?", 0
        if text and text != self._mark:
            if known.stranger is None or known.stranger[0] != written:
                known.stranger = (written, now)
            if now - known.stranger[1] < 3 * MARKER_SECONDS:
                return text.partition("\n")[0]
        if text != self._mark or now - known.marked_at >= MARKER_SECONDS:
            known.stranger, known.marked_at = None, now
            try:
                marker.write_text(self._mark, encoding="utf-8")
            except OSError:  # a folder that may only be read: putting away says so, where there is a file
                log.info("no marker in %s", folder)
        return ""

    def _whole(self, names: Sequence[Path], known: _Folder) -> tuple[list[Path], str]:
        """Return the files that are whole, the oldest first, and the name of one that is not yet."""
        now = time.monotonic()
        there: dict[Path, _Known] = {}
        whole: list[Path] = []
        waiting = ""
        for path in names:
            shape = None if is_on_its_way(path.name) else shape_of(path)
            if shape is None:
                continue
            file = known.files.get(path)
            if file is None or file.shape != shape:
                file = _Known(shape, now)
            there[path] = file
            file.looks += 1
            settled = file.looks >= 2 and (shape.size or now - file.first >= EMPTY_SECONDS)
            if file.taken is None and (not settled or (now >= file.not_before and self._is_held(path))):
                waiting = waiting or shown_name(path)
            elif now >= file.not_before:
                whole.append(path)
        known.files = there
        return sorted(whole, key=lambda path: there[path].shape.modified), waiting

    @staticmethod
    def _is_held(path: Path) -> bool:
        try:
            return is_open_elsewhere(path)
        except OSError:  # who may not read it is told by the one who tries
            return False

    def _groups(
        self, watched: Watched, known: _Folder, whole: Sequence[Path], told: list[_Told]
    ) -> Iterator[list[Path]]:
        """Yield files to take in together; one whose other half is not there yet waits a while."""
        if watched.kind != "orders":
            yield from ([path] for path in whole)
            return
        halves = []
        channels = self._desk.read(known_channels).result() if whole else ()
        most = int(self._desk.read(all_settings).result()["intake.max_mb"]) * 1_000_000 if whole else 0
        for path in whole:
            if known.files[path].taken is not None:
                yield [path]
                continue
            try:
                asked = watched.channel or ("csv" if watched.options.get("mapping") else "")
                reader, file = matched(open_source(path, max_bytes=most), channels, asked)
                if not hasattr(reader, "together"):
                    yield [path]
                    continue
                halves.append((reader, file))
            except StationError:  # taking it in says what is wrong with it
                yield [path]
        try:
            joined = together(halves)
        except FileUnusable:
            joined = halves
        for _, file in joined:
            paths = [path for path in file.paths if path in known.files]
            if len(paths) == 1 and time.monotonic() - known.files[paths[0]].first < PAIR_SECONDS:
                told.append(_Told(FolderState.WAITING, "folders.waits_for_other", {"file": shown_name(paths[0])}))
            else:
                yield paths

    # --- one file, or two that belong together ---

    def _work(self, watched: Watched, known: _Folder, group: Sequence[Path]) -> tuple[_Told, int]:
        """Take files in, unless they are, and put them away."""
        files = [known.files[path] for path in group]
        name = " + ".join(map(shown_name, group))
        if files[0].taken is None:
            try:
                self._take(watched, group, files)
            except (DatabaseOffline, DatabaseLocked):
                raise
            except StationError as error:  # a setting of the folder, or a right: the file can do nothing about it
                args = {key: str(value) for key, value in error.args_.items()}
                why = self._words.say(error.key, **args)
                return self._later(files, _Told(FolderState.WAITING, "folders.cannot_take", {"file": name, "why": why}))
            if files[0].taken is None:
                return self._later(files, _Told(FolderState.WAITING, "folders.changed", {"file": name}))
        return self._put(watched, known, group, files)

    @staticmethod
    def _later(files: Sequence[_Known], why: _Told) -> tuple[_Told, int]:
        for each in files:
            each.not_before, each.trouble = time.monotonic() + AGAIN_SECONDS, why
        return why, 0

    def _take(self, watched: Watched, group: Sequence[Path], files: Sequence[_Known]) -> None:
        """Take files in; what is left to do is kept with them."""
        try:
            digest = digest_of(group)
        except FileUnusable as error:
            raise NotAllowed(error.key, **error.args_) from error
        done: int | None = self._desk.read(imports_storage.known_file, digest, watched.id).result()
        if done is not None:  # it was taken in, and something happened before it was moved
            if watched.kind == "orders":  # perhaps before merges were proposed and stock was reserved
                intake.settle(self._desk, intake.Report(imports=[done]))
            self._mark_taken(files, (done,), "")
            return
        made, found, usable = _TAKERS[watched.kind](self, watched, group, digest)
        if any(each.key in _PASSING for each in found) or (usable and self._stopping.is_set()):
            return
        self._mark_taken(files, made, "" if usable else self._report(group, found))

    @staticmethod
    def _mark_taken(files: Sequence[_Known], made: tuple[int, ...], report: str) -> None:
        for each in files:
            each.taken, each.report = made, report

    def _put(
        self, watched: Watched, known: _Folder, group: Sequence[Path], files: Sequence[_Known]
    ) -> tuple[_Told, int]:
        """Move files away, or aside with their report."""
        folder = Path(watched.path)
        moved: dict[str, str] = {}
        refused = bool(files[0].report)
        try:
            for path, file in zip(group, files, strict=True):
                if file.report:
                    target = archive.put_aside(path, folder / self._words.say("folders.aside_name"), file.report)
                else:
                    target = archive.put_away(path, folder / self._words.say("folders.done_name"), self._now().date())
                moved[plain_path(path)] = plain_path(target)
                del known.files[path]
        except FileNotFoundError as error:
            if not any(path.exists() for path in group if path in known.files):  # somebody moved it meanwhile
                for path in group:
                    known.files.pop(path, None)
                return _GOOD, 0
            return self._stuck(files, group, error)
        except OSError as error:
            return self._stuck(files, group, error)
        finally:
            if moved and files[0].taken:
                made = files[0].taken
                self._desk.chunk(frozenset(), imports_storage.move_paths, made, moved).result()
        name = " + ".join(map(shown_name, group))
        return _Told(FolderState.REFUSED, "folders.refused", {"file": name}) if refused else _GOOD, len(moved)

    def _stuck(self, files: Sequence[_Known], group: Sequence[Path], error: OSError) -> tuple[_Told, int]:
        """It was taken in and cannot be moved: it stays, and only the moving is tried again."""
        args = {"file": " + ".join(map(shown_name, group)), "reason": error.strerror or str(error)}
        return self._later(files, _Told(FolderState.FULL, "folders.cannot_move", args))

    def _now(self) -> datetime:
        zone = self._desk.read(all_settings).result()["shop.timezone"]
        return datetime.now(UTC).astimezone(ZoneInfo(zone))

    def _report(self, group: Sequence[Path], found: Sequence[Problem]) -> str:
        """Return what lies beside a file that could not be used."""
        say = self._words.say
        when = self._now().strftime("%Y-%m-%d %H:%M")
        head = say("folders.report", file=" + ".join(map(shown_name, group)), when=when)
        return "\n".join([head, "", *(say(each.key, **placeholders(each)) for each in found), ""])

    # --- kinds of folders ---

    def _orders(
        self, watched: Watched, group: Sequence[Path], _: str
    ) -> tuple[tuple[int, ...], Sequence[Problem], bool]:
        report = intake.import_files(
            self._desk,
            group,
            channel=watched.channel,
            shop=watched.shop,
            mapping=str(watched.options.get("mapping", "")),
            create_products=bool(watched.options.get("create_products", False)),
            reading=Reading(folder=watched.id),
            cancelled=self._stopping.is_set,
        )
        return tuple(report.imports), report.problems, report.usable

    def _products(
        self, watched: Watched, group: Sequence[Path], _: str
    ) -> tuple[tuple[int, ...], Sequence[Problem], bool]:
        report = products.import_products(self._desk, group, folder=watched.id, cancelled=self._stopping.is_set)
        return tuple(report.imports), report.problems, report.usable

    def _numbers(
        self, watched: Watched, group: Sequence[Path], digest: str
    ) -> tuple[tuple[int, ...], Sequence[Problem], bool]:
        try:
            report = numbers.take_numbers(self._desk, group[0], watched.channel)
        except FileUnusable as error:
            return self._refused(watched, group[0], error)
        return self._tagged(watched, group[0], "numbers", digest, report.problems), report.problems, True

    def _errors(
        self, watched: Watched, group: Sequence[Path], digest: str
    ) -> tuple[tuple[int, ...], Sequence[Problem], bool]:
        shop = self._desk.read(intake_storage.shop_id, watched.channel, watched.shop, make=False).result()
        if shop is None:
            raise NotFound("shop.not_found", name=watched.shop, known="")
        try:
            found = reports.read_errors(self._desk, group[0], shop, mapping=str(watched.options.get("mapping", "")))
        except FileUnusable as error:
            return self._refused(watched, group[0], error)
        except NotAllowed as error:
            if error.key != "report.errors_seen":
                raise
            return (), (), True
        return self._tagged(watched, group[0], "errors", digest, found.problems), found.problems, True

    def _refused(
        self, watched: Watched, path: Path, error: FileUnusable
    ) -> tuple[tuple[int, ...], Sequence[Problem], bool]:
        found = of_file(path, error)
        if found.key in _PASSING:
            return (), [found], False
        record = Record(self._desk.station, shown_name(path), (path,), 0, watched.channel, folder=watched.id)
        return (intake_record.refused(self._desk, record, found),), [found], False

    def _tagged(
        self, watched: Watched, path: Path, kind: str, digest: str, found: Sequence[Problem]
    ) -> tuple[int, ...]:
        """Say on the record of a file that it came by a folder, and what was odd in it."""

        def tag(tx: Transaction) -> tuple[int, ...]:
            made = imports_storage.newest_of(tx, kind, digest)
            if made is None:
                return ()
            where = {"station": self._desk.station, "path": plain_path(path), "size": path.stat().st_size}
            imports_storage.change(tx, made, folder_id=watched.id, **where)
            imports_storage.add_problems(tx, made, [(each, None) for each in found])
            return (made,)

        return self._desk.chunk(_TOPICS, tag).result()


_PASSING = {"file.changed", "file.unreadable", "file.missing"}
"""Problems of a file that another look may not find any more."""
_TAKERS = {
    "orders": FolderWatch._orders,
    "products": FolderWatch._products,
    "numbers": FolderWatch._numbers,
    "errors": FolderWatch._errors,
}
