"""The pages of the lenses: those over visits, and the loyalty button, which is never merged with them."""

from mystery.lenses.views import button, visits
from mystery.lenses.views.blueprint import blueprint

__all__ = ["blueprint", "button", "visits"]
