"""The trims that have a name, and how small and how large a leaf may be."""

from __future__ import annotations

from directory_pub.edition.model import TrimSize

__all__ = ["LEAST_HEIGHT_MM", "LEAST_WIDTH_MM", "MOST_HEIGHT_MM", "MOST_WIDTH_MM", "TRIMS"]

TRIMS = {
    "A4": TrimSize(width_mm=210, height_mm=297),
    "A5": TrimSize(width_mm=148, height_mm=210),
    "A5-landscape": TrimSize(width_mm=210, height_mm=148),
    "A6": TrimSize(width_mm=105, height_mm=148),
    "B5": TrimSize(width_mm=176, height_mm=250),
    "Letter": TrimSize(width_mm=215.9, height_mm=279.4),
    "Half-Letter": TrimSize(width_mm=139.7, height_mm=215.9),
    "170x240": TrimSize(width_mm=170, height_mm=240),
    "210x210": TrimSize(width_mm=210, height_mm=210),
}
"""Trims by the names that the trade and ``edition.yaml`` have for them."""
LEAST_WIDTH_MM, LEAST_HEIGHT_MM = 100, 140
"""A leaf is larger than that: A6 is 105 x 148 mm."""
MOST_WIDTH_MM, MOST_HEIGHT_MM = 500, 700
