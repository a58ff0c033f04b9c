"""The code that the pages show: NumPy only, one idea a file."""
