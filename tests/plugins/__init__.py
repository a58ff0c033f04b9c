"""Plugins of pytest: what runs the code on pages, and what runs the suite on all cores."""
