"""zxing-cpp: the first decoder. It knows every symbol that is on goods and names its symbology identifier."""

from __future__ import annotations

from functools import cache
from typing import Any

from app.decoders._views import View
from app.domain.decoding import Look

__all__ = ["ID", "RANK", "WAYS", "available", "read"]

ID = "zxing-cpp"
RANK = 1
WAYS = ("LocalAverage", "GlobalHistogram")
"""How grey becomes black and white, by the library's own names."""

_LINEAR = {
    "EAN13": "ean-13",
    "EAN8": "ean-8",
    "UPCA": "upc-a",
    "UPCE": "upc-e",
    "Code128": "code-128",
    "Code39": "code-39",
    "Code93": "code-93",
    "Codabar": "codabar",
    "ITF": "itf",
    "DataBar": "databar",
    "DataBarLtd": "databar-limited",
    "DataBarExp": "databar-expanded",
}
_MATRIX = {
    "QRCode": "qr",
    "MicroQRCode": "micro-qr",
    "RMQRCode": "rmqr",
    "DataMatrix": "datamatrix",
    "Aztec": "aztec",
    "PDF417": "pdf417",
    "MicroPDF417": "micro-pdf417",
    "MaxiCode": "maxicode",
}
# A find names its variant, such as "DataBar Stacked" or "Code 39 Extended"; the family is enough here.
_FAMILIES = {
    "EAN-13": "ean-13",
    "EAN-8": "ean-8",
    "UPC-A": "upc-a",
    "UPC-E": "upc-e",
    "ISBN": "ean-13",
    "Micro QR": "micro-qr",
    "rMQR": "rmqr",
    "QR": "qr",
    "DataBar L": "databar-limited",
    "DataBar E": "databar-expanded",
    "DataBar": "databar",
    "Code 128": "code-128",
    "Code 39": "code-39",
    "Code 93": "code-93",
    "Codabar": "codabar",
    "ITF": "itf",
    "Data Matrix": "datamatrix",
    "Aztec": "aztec",
    "Compact PDF": "pdf417",
    "MicroPDF": "micro-pdf417",
    "MaxiCode": "maxicode",
    "PDF417": "pdf417",
}


def available() -> bool:
    """Return whether the library is there."""
    try:
        _library()
    except ImportError:
        return False
    return True


def read(view: View, way: str = WAYS[0], *, linear: bool = False) -> list[Look]:
    """Return what is seen in *view*.

    :param way: one of :data:`WAYS`.
    :param linear: the view shows bars that stand upright; nothing else is looked for.
    """
    library, formats = _library(), _formats(linear)
    found = library.read_barcodes(
        view.image,
        formats=formats,
        binarizer=getattr(library.Binarizer, way),
        text_mode=library.TextMode.Plain,
        try_rotate=not linear,
        try_downscale=not linear,
        try_invert=not linear,
    )
    return [_look(view, each) for each in found]


def _look(view: View, each: Any) -> Look:
    place = each.position
    points = [(p.x, p.y) for p in (place.top_left, place.top_right, place.bottom_right, place.bottom_left)]
    return Look(
        # Lone surrogates and the like come out of symbols with broken character sets.
        each.text.encode("utf-8", "replace").decode("utf-8"),
        _family(str(each.format)),
        each.symbology_identifier.removeprefix("]"),
        view.corners(points),
        view.plain,
        RANK,
    )


@cache
def _family(name: str) -> str:
    return next((ours for start, ours in _FAMILIES.items() if name.startswith(start)), name.lower())


@cache
def _library() -> Any:
    import zxingcpp

    return zxingcpp


@cache
def _formats(linear: bool) -> Any:
    names = _LINEAR if linear else {**_LINEAR, **_MATRIX}
    return tuple(getattr(_library().BarcodeFormat, name) for name in names)
