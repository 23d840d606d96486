"""Marks English sentences in the domain that people will read, so the catalogues can translate them."""


def N_(message: str) -> str:  # noqa: N802  (the name gettext tools look for)
    """Return `message` unchanged; its only use is to be found by the extraction of messages."""
    return message
