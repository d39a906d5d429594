"""``python -m notices``, and the command ``notices``: Ctrl-C is answered even while the program is still loading."""

import sys


def main() -> None:
    """Run the command line."""
    try:
        from notices.cli import main as run  # noqa: PLC0415

        run()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
