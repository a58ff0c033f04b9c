"""How pages are built and checked: see README.md beside this file."""
