"""What puts found passages in another order."""
