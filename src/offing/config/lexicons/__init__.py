"""Loads `config/lexicons/`: firms, lenders, places, and the facts about them."""
