"""Languages of label printers: a label in millimetres becomes the bytes that one kind of printer understands.

One file is one language, found by walking the folder. A language has ``ID``, ``TITLE`` (by language of people),
``DPIS``, ``ENDING`` (of a file with such bytes), ``render(labels, copies, options) -> bytes`` of labels that were laid
out in dots, ``STATUS_QUERY`` (bytes that ask the printer for its state; empty where there is no such question) and
``read_status(reply) -> PrinterReport``. It knows neither ports nor files nor orders; files with ``_`` are shared parts.

All text is drawn by us, in the shipped font, and sent as dots: it looks the same from every printer, none lacks a
character, and no name of a product can be a command. Where a language has bar codes of its own that every firmware
draws alike they are used; otherwise bars are sent as rectangles of whole dots and cells as dots.
"""
