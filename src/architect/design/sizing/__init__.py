"""Capacity, response times and cost, by closed formulas."""
