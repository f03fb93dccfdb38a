"""Entities: found in a text, given typed fields, checked by the rules that names and references must keep."""
