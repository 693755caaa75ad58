"""The pages of accounts, in a file each for one's own account, for people and roles, and for invitations."""

from __future__ import annotations

from mystery.accounts import invitation_views, own_views, people_views
from mystery.accounts.blueprint import blueprint

__all__ = ["blueprint", "invitation_views", "own_views", "people_views"]
