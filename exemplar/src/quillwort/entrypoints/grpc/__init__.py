"""gRPC: parse a message, call the service layer, map the answer; nothing is decided here."""
