"""The roles of the trade."""

from enum import StrEnum


class Role(StrEnum):
    """An inspector may do all a worker may; an admin, all an inspector may."""

    WORKER = "worker"
    INSPECTOR = "inspector"
    ADMIN = "admin"
