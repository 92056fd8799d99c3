"""The radar: a picture and a list of what is near a thing, and its JSON."""

from webapp.radar import connecting
from webapp.radar.routes import blueprint

__all__ = ["blueprint", "connecting"]
