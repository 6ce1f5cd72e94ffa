"""`python -m kring.analyse`."""

import sys

from kring.analyse import main

sys.exit(main(sys.argv[1:]))
