"""Accounts: invitations, sign-in, sessions and roles."""
