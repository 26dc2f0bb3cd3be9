"""Posters: a milestone in the wall's design, as a picture with its description."""
