"""Previews: pages for the people who make the site."""
