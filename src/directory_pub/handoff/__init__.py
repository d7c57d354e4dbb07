"""Hand off: one folder for the printer, with the files, what to know of them, and an overview of the pages."""

from directory_pub.handoff.folder import Handoff, hand_off
from directory_pub.handoff.sums import FolderTakenError

__all__ = ["FolderTakenError", "Handoff", "hand_off"]
