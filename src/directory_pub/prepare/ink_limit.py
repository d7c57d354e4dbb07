"""Keep a picture's total ink within a printer's limit."""

from __future__ import annotations

from PIL import Image, ImageMath

__all__ = ["limit_ink"]

_MARGIN_PERCENT = 6  # what encoding as JPEG may add again


def limit_ink(picture: Image.Image, limit_percent: float) -> Image.Image:
    """A CMYK picture of which no pixel takes more ink: cyan, magenta and yellow give way alike, black stays."""
    limit = (limit_percent - _MARGIN_PERCENT) * 2.55
    cyan, magenta, yellow, black = (band.convert("F") for band in picture.split())
    share = ImageMath.lambda_eval(
        lambda a: a["min"]((limit - a["k"]) / a["max"](a["c"] + a["m"] + a["y"], 1.0), 1.0),
        c=cyan, m=magenta, y=yellow, k=black,
    )  # fmt: skip
    limited = [
        ImageMath.lambda_eval(lambda a: a["convert"](a["band"] * a["share"], "L"), band=band, share=share)
        for band in (cyan, magenta, yellow)
    ]
    return Image.merge("CMYK", [*limited, picture.getchannel("K")])
