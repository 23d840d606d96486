"""Say so when this Python is too old; set up otherwise. This one file must be readable to any Python."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 (that is what is asked here)
    sys.exit(
        "Set-up stopped: Python 3.11 or newer is needed, and %s is %s; name another one: make PYTHON=python3.12"  # noqa: UP031
        % (sys.executable, sys.version.split()[0])
    )

from setup.steps import main

sys.exit(main(sys.argv[1:]))
