"""The same services for scripts and administrators."""
