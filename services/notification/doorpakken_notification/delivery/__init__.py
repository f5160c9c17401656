"""Hands mails to the mail server, each at most once; the only user of SMTP."""

from doorpakken_notification.delivery.sender import deliver

__all__ = ["deliver"]
