"""From pictures to codes. One file is one decoder, found by walking the folder; files with ``_`` are shared parts.

A decoder has ``ID``, ``RANK`` (the lowest looks first), ``WAYS`` (how it may look, the first one is its own way),
``available() -> bool`` and ``read(view, way, *, linear) -> list[Look]``. It knows no order, no file and no Qt.
"""
