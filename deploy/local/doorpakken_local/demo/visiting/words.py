"""Constants of the services' APIs that several stages use."""

API = "/api/v1"
