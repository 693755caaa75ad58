"""E-mail addresses in their one form, so that an account has exactly one."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email


def read_address(text: str) -> str | None:
    """The address in lower case and normal form, or None when it is none.

    Only the part before the @ must be ASCII: a letter in it that merely looks like another would make
    two accounts of one name. Whether the domain exists is not asked; the letter will show.
    """
    try:
        return validate_email(text, check_deliverability=False, allow_smtputf8=False).normalized.lower()
    except EmailNotValidError:
        return None
