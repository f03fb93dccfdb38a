"""How models are asked so that a failing one costs neither the answer nor the budget."""
