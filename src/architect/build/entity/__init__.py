"""Files that exist per entity: a view with every choice made, templates with loops only."""
