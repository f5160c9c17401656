"""The words the services exchange: catalogue, models and committed contracts."""
