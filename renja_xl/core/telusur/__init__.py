"""Where a number comes from: step by step from a cell down to the cells that were typed, and their origin.

The steps follow the declarations (``KolomSpec.rumus``, ``tabel.besaran``) and the core's own functions for money, so a
number is explained by what computes it.
"""

from renja_xl.core.telusur.langkah import Jenis, Langkah, semua_langkah
from renja_xl.core.telusur.penelusur import Penelusur

__all__ = ["Jenis", "Langkah", "Penelusur", "semua_langkah"]
