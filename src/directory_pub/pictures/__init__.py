"""Picture files: found by their names, looked at before they are opened, and made plain for the engine.

Below all steps: proofread asks what is wrong with a file, the engine and prepare take what is right.
"""

from directory_pub.pictures.finding import find_picture, names_in
from directory_pub.pictures.plain import plain_picture
from directory_pub.pictures.profiles import into_srgb, own_profile, profile_fault

__all__ = ["find_picture", "into_srgb", "names_in", "own_profile", "plain_picture", "profile_fault"]
