"""Things to be weighed, for the tests of weights."""

from app.domain.weights import KnownWeight, Part, Weighable


def known(grams, spread=1.0, doubt=0.5, count=20):
    """A weight that was learned."""
    return KnownWeight(round(grams * 1000), round(spread * 1000), count, round(doubt * 1000))


def thing(key, grams, pieces=1, part=Part.GOODS, **about):
    """A thing in a box; *grams* None: nobody knows what it weighs."""
    return Weighable(key, key, known(grams, **about) if grams else None, pieces, part)


JAR, CUP, STRAINER = thing("jar", 520, 2), thing("cup", 310), thing("strainer", 24, doubt=0.1)
LEAFLET = thing("leaflet", 5, part=Part.INSERT, spread=0.1, doubt=0.1)
BOX = thing("60", 180, part=Part.CARTON, spread=2)
ALL = (JAR, CUP, STRAINER, LEAFLET, BOX)
GRAMS = 2 * 520 + 310 + 24 + 5 + 180
