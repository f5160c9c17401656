"""The reporting service: read models and live dashboards."""
