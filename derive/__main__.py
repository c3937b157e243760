"""`python -m derive`, which is the command `derive`."""

import sys

from derive.cli import main

sys.exit(main())
