"""Likeness: which rows or things are one, and what speaks for and against it.

Lists of any kind are compared by what they say themselves (``lists``), organisations by what is
known of organisations (``organisations``); what stays doubtful a person decides (``doubts``).
"""
