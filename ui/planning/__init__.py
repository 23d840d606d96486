"""The planning wing: where a new service helps most, as a list and a map.

It asks for a plan and draws it. Finding and proving it is `geo.planning`.
"""
