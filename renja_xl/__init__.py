"""Renja-XL: prepare, compute, check and share the yearly work plan (Renja) of an Indonesian regional agency."""

__version__ = "0.1.0"
