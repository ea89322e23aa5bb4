"""Where the frozen program begins: PyInstaller runs a file, not a package."""

import multiprocessing
import sys

from wireyard.__main__ import main

if __name__ == "__main__":
    # A worker process is this program again, started with arguments that only multiprocessing understands.
    multiprocessing.freeze_support()
    sys.exit(main())
