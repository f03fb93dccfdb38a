"""One verb, one file: each defines ``command``."""
