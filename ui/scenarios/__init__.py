"""The scenarios wing: two kept requests, solved again and drawn beside each other.

Reading and checking their files is `geo.scenarios`.
"""
