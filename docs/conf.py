"""How Sphinx builds the developer documents: Markdown in, pages that read well out, every warning a failure."""

project = "Kring"
author = "the makers of Kring"
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
myst_enable_extensions = ["deflist", "colon_fence"]
myst_heading_anchors = 3
html_theme = "furo"
html_title = "Kring"
html_show_sphinx = False
html_show_copyright = False
