"""Errors for input that cannot be used. Doubtful values are never errors: they become findings (``Temuan``)."""


class RenjaError(Exception):
    """Unusable input. The message is one Indonesian sentence: what, where, what was expected, how to mend it."""


class SumberTidakTerbacaError(RenjaError):
    """A folder or TSV file that cannot be imported."""


class BukuTidakTerbacaError(RenjaError):
    """A workbook that is not ours, is damaged, or lacks something that reading needs."""


class AkanHilangError(RenjaError):
    """A rebuild would lose sheets, formats or objects that somebody added."""


class TidakDapatDitulisError(RenjaError):
    """The target cannot be written; the old file is untouched."""
