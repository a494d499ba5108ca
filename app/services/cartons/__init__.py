"""Which cartons an order goes into: the cheapest set of parcels in which everything really fits.

`shapes` turns goods into boxes that may be turned, `search` places them in one carton, `choice` looks for the cheapest
cartons, `bins` packs many pieces into equal bins. Every result is judged by `domain/carton_check`, which knows none of
this.
"""
