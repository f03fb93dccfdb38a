"""One subject of the brief, one file: each registers a function from a Reading to Claims."""
