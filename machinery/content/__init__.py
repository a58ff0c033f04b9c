"""What is made for pages while the site builds, and written by nobody."""
