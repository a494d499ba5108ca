"""What our own papers print is read by every decoder that knows the symbol; ten thousand of them in `make bench`."""

from __future__ import annotations

from collections import Counter

import pytest

from app.decoders import zbar, zxing
from app.decoders._views import whole
from app.services.decoding import decode
from tests.decoders.labels import labels

NUMBER = 500


@pytest.fixture(scope="module")
def printed():
    return list(labels(NUMBER, seed=5))


def test_all_kinds_of_labels_are_drawn(printed):
    assert {label.symbology for label in printed} == {"code-128", "ean-13", "qr", "datamatrix"}
    assert len(printed) == NUMBER


@pytest.mark.parametrize("decoder", [zxing, zbar], ids=lambda decoder: decoder.ID)
def test_each_decoder_reads_every_label_of_a_symbol_that_it_knows(printed, decoder):
    unread = Counter()
    for label in printed:
        if decoder is zbar and label.symbology == "datamatrix":
            continue
        seen = {(look.text, look.symbology) for look in decoder.read(whole(label.image))}
        unread[label.symbology] += (label.text, label.symbology) not in seen
    assert not +unread


def test_together_they_read_every_label_and_nothing_else(printed):
    for label in printed[::5]:
        (found,) = decode(label.image)
        assert (found.look.text, found.look.symbology) == (label.text, label.symbology)
