"""How fast the program is beside what one would use instead; run with ``python -m tests.bench``."""
