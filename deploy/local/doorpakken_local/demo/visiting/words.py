"""The few fixed words of the services' doors that several stages use."""

API = "/api/v1"
