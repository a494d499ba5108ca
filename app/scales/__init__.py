"""From the lines of a scale to weights. One file is one maker's protocol, found by walking the folder.

A protocol has ``ID``, ``TITLE`` (by language), ``WIRES`` (the usual settings of the serial line, the likeliest first),
``ASK`` (bytes that ask for the weight now; empty where none are known), ``EXACT`` (whether a byte that was lost on the
way always shows, because its lines have one length) and ``read(line) -> Reading | None``: None where the line does not
fit as a whole. It knows no port, no clock and no file.
"""
