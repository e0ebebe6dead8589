"""`make mutants`: seed and judge everything, print the table, write docs/mutants.md."""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from itertools import chain

from tests.mutation.judging import FOLDERS, Mutant, rate
from tests.mutation.kinds import KINDS
from tests.mutation.page import PAGE, page, table
from tests.mutation.whole import LEAST, NUMBER, all_of


def main() -> None:
    """Judge the scenarios side by side; exit with 1 where too little was caught."""
    with ProcessPoolExecutor(max_workers=2) as pool:
        found: list[Mutant] = list(chain.from_iterable(pool.map(all_of, sorted(FOLDERS))))
    PAGE.write_text(page(found, NUMBER), encoding="utf-8")
    counted = [each for each in found if each.kind in KINDS]
    unshown = [(each.name, e) for each in counted for e in each.unshown]
    sys.stdout.write(f"{table(found)}{rate(counted):.2%} caught\n")
    sys.stdout.writelines(f"not shown by its play: {each}\n" for each in unshown)
    sys.exit(bool(unshown) or rate(counted) < LEAST)


if __name__ == "__main__":
    main()
