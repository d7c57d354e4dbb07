"""How the site of these pages is made: ``make docs``."""

from directory_pub import __version__

project = "directory_pub"
author = "directory_pub"
copyright = "directory_pub, under the MIT licence"
release = __version__
extensions = ["myst_parser"]
exclude_patterns = ["images"]
myst_heading_anchors = 3
html_theme = "furo"
html_title = "directory_pub"
html_static_path: list[str] = []
nitpicky = True
