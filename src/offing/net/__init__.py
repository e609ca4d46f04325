"""net: the only package that speaks HTTP. Guarded: every address is checked where the connection is made."""
