"""`python -m offing` is the command `offing`."""

from offing.cli import main

main()
