"""The print board 印刷: every job, every printer, and what may be done about them."""
