"""Which orders share a cart: many walks measured at once, and the search for the plan with the shortest ones."""
