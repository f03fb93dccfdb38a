"""`make evaluate`: measures searches and answers. Nothing that serves imports it."""
