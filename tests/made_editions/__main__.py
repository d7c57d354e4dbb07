"""Write what is made up of tests/editions/: ``PYTHONPATH=tests python -m made_editions``."""

from __future__ import annotations

from made_editions.branches import write_branches
from made_editions.conference import write_conference
from made_editions.members import write_members
from made_editions.partners import write_partners
from project import ROOT

if __name__ == "__main__":
    editions = ROOT / "tests" / "editions"
    write_members(editions / "members")
    write_branches(editions / "branches")
    write_partners(editions / "partners")
    write_conference(editions / "conference")
