"""What surrounds every call: one small file each, in the order that server.py gives them."""
