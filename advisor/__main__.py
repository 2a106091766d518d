"""The command `advisor`, also as `python -m advisor`."""

import sys


def main() -> int:
    """Runs the command. Which version this is, is said at once: to know all options takes longer than to start."""
    if sys.argv[1:] == ["--version"]:
        from advisor import __version__

        print(f"advisor {__version__}")
        return 0
    from advisor.cli import main as run

    return run()


if __name__ == "__main__":
    sys.exit(main())
