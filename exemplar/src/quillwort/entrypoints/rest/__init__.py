"""REST: parse a request, call the service layer, map the answer; nothing is decided here."""
