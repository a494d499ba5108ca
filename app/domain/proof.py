"""The proof of one parcel 検品証明: who packed it, when, each scan with what was said, and what it weighed.

The content is plain values in one fixed order (:func:`canonical`); its SHA-256 stands on the paper, in its QR code and
in the journal. The same state of the same parcel gives the same content, whoever asks and in whatever language.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

__all__ = [
    "Proof",
    "ProofBox",
    "ProofChain",
    "ProofExtra",
    "ProofHandover",
    "ProofLine",
    "ProofOverride",
    "ProofPaper",
    "ProofPhoto",
    "ProofRow",
    "ProofScan",
    "ProofSheet",
    "ProofWaybill",
    "canonical",
    "chains",
    "code_of",
    "digest",
    "masked",
]

_CODE = "KENPIN-PROOF"
"""What the text of the QR code begins with."""


@dataclass(frozen=True, slots=True)
class ProofScan:
    """One act on the parcel, as the journal has it."""

    at: int
    """Milliseconds since 1970 UTC."""
    place: str
    """One of :class:`app.domain.replay.Place`."""
    station: str
    seq: int
    """Its number in the chain of its station."""
    hash: str
    person: str
    """Who was signed in; empty for nobody."""
    kind: str
    raw: str
    """What was scanned."""
    level: str
    key: str
    """What was said."""
    goods: tuple[tuple[str, str, str, int, int], ...] = ()
    """What it put in: SKU, name, English name, pieces, box."""
    undone: bool = False
    """Whether it was taken back."""


@dataclass(frozen=True, slots=True)
class ProofLine:
    """One line of the order and what went in of it."""

    sku: str
    name: str
    name_en: str
    wanted: int
    done: int
    short: int


@dataclass(frozen=True, slots=True)
class ProofExtra:
    """What went in beside the goods."""

    kind: str
    name: str
    wanted: int
    done: int
    short: int
    scanned: bool = True
    """Else it was only shown to the packer."""


@dataclass(frozen=True, slots=True)
class ProofBox:
    """One box of the parcel."""

    piece: int
    carton: str
    carton_name: str
    weight_g: int | None
    """What the scale said."""
    expected_g: int | None
    tolerance_g: int | None
    why: str
    """Why it passed without a good weight."""
    pieces: int
    """Pieces of goods in it."""


@dataclass(frozen=True, slots=True)
class ProofWaybill:
    """A waybill on the parcel."""

    piece: int
    pieces: int
    carrier: str
    service: str
    number: str
    state: str
    by_hand: bool


@dataclass(frozen=True, slots=True)
class ProofOverride:
    """What was let pass although a rule refused it."""

    at: int
    station: str
    person: str
    leader: str
    what: str
    reason: str
    detail: str
    sku: str


@dataclass(frozen=True, slots=True)
class ProofPaper:
    """A paper of the order that was printed, or was to be."""

    paper: str
    at: int
    version: int
    copy_reason: str
    state: str


@dataclass(frozen=True, slots=True)
class ProofPhoto:
    """A photo of one open box."""

    at: int
    box: int
    file: str
    """Its name within the folder of photos."""
    sha256: str
    gone_at: int | None
    """When it was deleted because it was kept long enough."""


@dataclass(frozen=True, slots=True)
class ProofHandover:
    """To whom the parcel was given."""

    number: int
    at: int
    carrier: str
    station: str
    person: str
    pickup: int | None


@dataclass(frozen=True, slots=True)
class ProofChain:
    """Which rows of one station's journal the proof rests on."""

    station: str
    first: int
    last: int
    head: str
    """Hash of the last one."""


@dataclass(frozen=True, slots=True)
class Proof:
    """Everything that is proven of one parcel."""

    order: str
    """The shop's number of the order."""
    ship_number: str
    version: int
    shop: str
    state: str
    receiver: str
    """Name of the receiver, masked unless it was asked for whole."""
    town: str
    """Prefecture and city; the address itself is left out."""
    parcel: int
    station: str
    """Where it was packed last."""
    opened_at: int
    closed_at: int | None
    packers: tuple[str, ...]
    """Who packed, in the order in which they came."""
    orders: tuple[str, ...]
    """Numbers of all orders that share the parcel."""
    lines: tuple[ProofLine, ...]
    extras: tuple[ProofExtra, ...]
    boxes: tuple[ProofBox, ...]
    waybills: tuple[ProofWaybill, ...]
    unlabelled: str
    """Why it was closed without its waybill; empty where it has one."""
    scans: tuple[ProofScan, ...]
    overrides: tuple[ProofOverride, ...]
    papers: tuple[ProofPaper, ...]
    photos: tuple[ProofPhoto, ...]
    handover: ProofHandover | None
    chains: tuple[ProofChain, ...]


def canonical(proof: Proof) -> bytes:
    """Return the content as the one text that its hash is over: JSON with sorted names, ASCII, without spaces."""
    return json.dumps(asdict(proof), ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()


def digest(proof: Proof) -> str:
    """Return the SHA-256 of the content, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(proof)).hexdigest()


def code_of(proof: Proof) -> str:
    """Return the text of the paper's QR code: the order, and the hash of the content."""
    return f"{_CODE}:{proof.ship_number or proof.order}:{digest(proof)}"


def chains(scans: Iterable[ProofScan]) -> tuple[ProofChain, ...]:
    """Return by station the first and the last journal row of *scans*."""
    found: dict[str, ProofChain] = {}
    for scan in scans:
        known = found.get(scan.station)
        if known is None:
            found[scan.station] = ProofChain(scan.station, scan.seq, scan.seq, scan.hash)
        elif scan.seq > known.last:
            found[scan.station] = ProofChain(scan.station, known.first, scan.seq, scan.hash)
        elif scan.seq < known.first:
            found[scan.station] = ProofChain(scan.station, scan.seq, known.last, known.head)
    return tuple(found[station] for station in sorted(found))


def masked(name: str) -> str:
    """Return a name of which only the first character is readable, whatever its length."""
    plain = name.strip()
    return f"{plain[0]}＊＊＊" if plain else ""


# --- what is drawn ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ProofRow:
    """One act as it stands on the paper."""

    at: int
    level: str
    """``ok``, ``refused``, ``question`` or ``info``."""
    text: str
    """What was done, or what was said, in the reader's language."""
    scanned: str = ""
    """The code, where it is shown."""
    undone: bool = False
    where: str = ""
    """Place, station and person in words: drawn where it differs from the row before."""


@dataclass(frozen=True, slots=True)
class ProofSheet:
    """A proof as it is drawn: the content, and what of it the reader's language says."""

    proof: Proof
    digest: str
    """SHA-256 of the content."""
    code: str
    """Text of the QR code."""
    zone: str
    """Time zone of the shop."""
    rows: tuple[ProofRow, ...]
    facts: tuple[tuple[str, str], ...]
    """Names and values of what stands at the top."""
    boxes: tuple[tuple[str, ...], ...]
    """Box, carton, weight, expected, waybill, pieces: in words."""
    notes: tuple[tuple[str, str, bool], ...]
    """Name, text, and whether it is a warning: shorts, overrides, inserts, papers, hand-over."""
    pictures: tuple[tuple[str, str], ...] = field(default=())
    """Path and caption of each photo; an empty path where it cannot be shown."""
