"""Run `python -m geo` as the command line."""

from geo.cli.main import entry

if __name__ == "__main__":
    entry()
