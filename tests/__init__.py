"""Tests of Renja-XL."""

import os

PANJANG = os.environ.get("RENJA_PANJANG") == "1"
"""Whether the long run is asked for: every variant, and many more examples."""
