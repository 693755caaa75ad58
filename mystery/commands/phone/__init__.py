"""`mystery phone`: let a phone of one's own network in over HTTPS, with an authority made on this machine."""
