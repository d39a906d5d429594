"""``python -m notices``, and the command ``notices``: Ctrl-C is answered even while the program is still loading."""

import gc
import os
import sys


def main() -> None:
    """Run the command line."""
    # pydantic would look through every installed package for plugins, and let them change what it accepts.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    gc.set_threshold(200_000, 20, 20)  # a command makes few cycles; looking for them took a twelfth of a cold start
    try:
        from notices.cli import main as run  # noqa: PLC0415

        run()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
