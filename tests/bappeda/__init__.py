"""Tests of what goes to Bappeda."""
