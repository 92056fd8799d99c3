"""Which concerns the web application consists of: one blueprint each."""

from importlib import import_module
from typing import Final

from flask import Flask

BLUEPRINTS: Final = (
    "webapp.health",
    "webapp.radar",
    "webapp.pages",
    "webapp.search",
    "webapp.sparql",
    "webapp.importing.starting",
    "webapp.importing.steps",
    "webapp.importing.batches",
    "webapp.importing.programs",
    "webapp.importing.handed",
    "webapp.importing.sheets",
    "webapp.importing.words",
    "webapp.importing.doubts",
    "webapp.ontology_pages",
    "webapp.signing.entering",
    "webapp.signing.oidc",
    "webapp.signing.joining",
    "webapp.signing.mine",
    "webapp.signing.people",
    "webapp.signing.why",
    "webapp.signing.administering",
    "webapp.me",
    "webapp.me.visits",
    "webapp.groups",
    "webapp.pasting",
    "webapp.profiles.editing",
    "webapp.profiles.previewing",
    "webapp.profiles.claiming",
    "webapp.profiles.asking",
    "webapp.freshness",
    "webapp.profiles.confirming",
    "webapp.privacy.pages",
    "webapp.legal",
    "webapp.own",
    "webapp.api",
    "webapp.api.editing",
)
"""Modules that each hand out one ``blueprint``."""


def init_blueprints(app: Flask) -> None:
    """Register every concern."""
    for name in BLUEPRINTS:
        app.register_blueprint(import_module(name).blueprint)
