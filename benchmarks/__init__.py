"""Measurements of speed and memory. ``make bench`` runs most of them; each says how it is run alone."""

import web  # noqa: F401  before numpy, which it tells how many threads to take, as where it is served
