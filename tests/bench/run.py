"""``./dev bench [NAME…] [--quick] [--with CHOICE=VALUE]…``: runs the cases and prints one table.

``--quick`` runs everything at small sizes, to see that it works; its figures mean nothing. ``--with`` measures another
way than the program's: ``--with host=thread``, ``--with switch-ms=5``, ``--with page-kb=64`` and others.
"""

from __future__ import annotations

import argparse
import sys

import timeline
import tree
import variants
from cases import CASES, FULL, QUICK
from figures import Figure, machine, table

ALL = {**CASES, **timeline.CASES, **tree.CASES}


def main() -> int:
    parser = argparse.ArgumentParser(prog="dev bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(ALL)}; all of them by default")
    parser.add_argument("--quick", action="store_true", help="small sizes: shows that it runs, measures nothing")
    parser.add_argument(
        "--with",
        dest="choices",
        action="append",
        default=[],
        metavar="CHOICE=VALUE",
        help="another way of doing it; of the cases that drive the window",
    )
    options = parser.parse_args()
    try:
        variants.ask_for(options.choices)
    except ValueError as error:
        parser.error(str(error))
    unknown = [name for name in options.names if name not in ALL]
    if unknown:
        parser.error(f"no such case: {', '.join(unknown)}")
    figures: list[Figure] = []
    for name in options.names or ALL:
        print(f"{name} …", file=sys.stderr, flush=True)
        figures += ALL[name](QUICK if options.quick else FULL)
    print(
        machine()
        + "".join(f", with {choice}" for choice in options.choices)
        + (" — small sizes: these figures mean nothing" if options.quick else "")
    )
    print()
    print(table(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
