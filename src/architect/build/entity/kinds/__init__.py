"""Field kinds, one file each: adding a file adds the kind."""
