"""`python -m briefgen`, the same as the command."""

from briefgen.cli import main

if __name__ == "__main__":
    main()
