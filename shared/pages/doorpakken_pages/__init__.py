"""Layout, components, styles and the nl/en catalogues of the pages."""
