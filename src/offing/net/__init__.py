"""net: the only package that speaks HTTP. Guarded: every address is checked at the moment of connection."""
