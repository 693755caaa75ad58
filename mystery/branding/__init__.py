"""Branding: the logo and the colour that a company's reports carry."""
