"""The picture: read models and live dashboards."""
