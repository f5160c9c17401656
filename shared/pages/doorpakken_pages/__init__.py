"""Layout, components, styles and the nl/en catalogues of the pages."""

from doorpakken_pages.language import language_of
from doorpakken_pages.pages import Pages
from doorpakken_pages.static import static_files

__all__ = ["Pages", "language_of", "static_files"]
