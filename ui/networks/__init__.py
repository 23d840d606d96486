"""The networks wing: which municipalities join forces, as a list and a map.

It asks for a proposal and draws it. Finding and proving it is `geo.networks`.
"""
