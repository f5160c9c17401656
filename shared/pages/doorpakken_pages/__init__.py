"""Layout, components, styles and the nl/en catalogues of the pages."""

from doorpakken_pages.docs import router as api_docs
from doorpakken_pages.language import language_of
from doorpakken_pages.pages import Pages, remember_language
from doorpakken_pages.static import static_files

__all__ = ["Pages", "api_docs", "language_of", "remember_language", "static_files"]
