"""`python -m afterword` is the command line."""

from afterword.cli.main import main

main()
