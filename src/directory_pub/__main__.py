"""Run the command line: ``python -m directory_pub``."""

from directory_pub.commands.main import main

if __name__ == "__main__":
    main()
