"""The seeded-error benchmark of the audit: see ``__main__``."""
