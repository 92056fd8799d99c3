"""Profiles that their owners keep: forms from the shapes, previews, claims and confirmations."""
