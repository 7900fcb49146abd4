"""Tests of setting Excel up, and of the check of the installation, on simulated computers with real files."""
