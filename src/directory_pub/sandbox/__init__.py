"""A sandbox for templates: what they may ask of a value, and how much work and room they may take.

It knows nothing of layouts or letters: whoever opens one says which of its own kinds show which fields.
"""

from directory_pub.sandbox.allowance import Allowance, TooMuch
from directory_pub.sandbox.environment import Sandbox

__all__ = ["Allowance", "Sandbox", "TooMuch"]
