"""Ways of picking, one file each: its ``MODE`` and ``plan``, which parts the orders of a wave into jobs.

A mode knows no other, no database and no solver: what it plans with is handed in (:class:`~app.domain.modes.PlanKit`).
"""
