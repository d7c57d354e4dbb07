"""Every rule of preflight: its code, what it asks, and how much it weighs."""

from __future__ import annotations

from msgspec import Struct

from directory_pub.findings import Severity

__all__ = ["DOCUMENT_RULES", "FILE_RULES", "LABEL_RULES", "PLATE_RULES", "RULES", "Rule"]


class Rule(Struct, frozen=True, kw_only=True):
    """One demand on a file.

    ``press_only`` rules are not held against a printer that takes RGB; one that is ``on_request`` speaks only
    where it is asked for by name.
    """

    code: str
    title: str
    asks: str
    severity: Severity
    press_only: bool = False
    on_request: bool = False


_ERROR, _WARNING = Severity.ERROR, Severity.WARNING
# Code, title, what it asks, severity, and whether a printer that takes RGB asks it too.
_ROWS = (
    ("damaged", "The file is damaged", "The file can be read to its end, its structure as written.", _ERROR, True),
    ("encrypted", "The file is encrypted", "No password stands between the file and the press.", _ERROR, True),
    ("pdf-version", "Version of PDF", "The file begins with %PDF-1.3 to 1.6; for a copier up to 1.7.", _ERROR, True),
    ("page-tree", "Page tree", "The page tree holds what it says, and every page once.", _ERROR, True),
    ("document-title", "Title", "Document information and XMP name the same title.", _ERROR, False),
    ("document-dates", "Dates", "Document information and XMP name the same dates, made and changed.", _ERROR, False),
    ("document-trapped", "Trapped", "Document information and XMP say alike whether it is trapped.", _ERROR, False),
    ("document-id", "Document id", "The trailer and the XMP packet carry an id.", _ERROR, False),
    ("output-intent", "Output intent", "There is one output intent GTS_PDFX, and no second.", _ERROR, False),
    ("output-profile", "Output profile", "The intent embeds a CMYK printer profile of four channels.", _ERROR, False),
    ("output-condition", "Printing condition", "It names the printer's condition and its registry.", _ERROR, False),
    ("label-missing", "PDF/X label missing", "The file says that it is PDF/X-4.", _WARNING, False),
    ("label-unearned", "PDF/X label unearned", "A PDF/X label is PDF/X-4, and the file keeps to it.", _ERROR, False),
    ("presentation", "Presentation", "The file is shown in one way alone.", _ERROR, False),
    ("print-area", "Area that prints", "No preference of viewers cuts a page within its bleed.", _ERROR, False),
    ("layers", "Layers", "Layers are all listed, named, and switched by nothing but the reader.", _ERROR, False),
    ("annotation", "Annotation", "No annotation lies on the page or its bleed.", _ERROR, False),
    ("action", "Action", "Nothing happens when the file or a page is opened.", _ERROR, False),
    ("javascript", "JavaScript", "The file holds no script.", _ERROR, True),
    ("embedded-file", "Embedded file", "The file holds no other file.", _ERROR, False),
    ("form-field", "Form", "The file has no fields to fill in.", _ERROR, False),
    ("external-data", "Data in another file", "All data are in the file.", _ERROR, True),
    ("reference-form", "Page of another file", "Nothing stands for a page of another file.", _ERROR, True),
    ("postscript", "PostScript", "Nothing is written in PostScript.", _ERROR, True),
    ("opi", "OPI", "No picture stands for another that a server would put in.", _ERROR, False),
    ("transfer-curve", "Transfer curve", "Nothing changes tones on their way to the plate.", _ERROR, False),
    ("halftone", "Screen", "A screen is of type 1 or 5, without a name or curve of its own.", _ERROR, False),
    ("rendering-intent", "Rendering intent", "A rendering intent is one of the four.", _WARNING, False),
    ("content-unbalanced", "Unbalanced content", "What a content stream begins it ends: q, BT, BDC.", _ERROR, True),
    ("content-operator", "Unknown operator", "A content stream has no operators but those of PDF.", _ERROR, True),
    ("page-preseparated", "Page of one plate", "Pages are composite, all inks on one.", _ERROR, False),
    ("colour-rgb", "RGB", "Everything is in CMYK, grey or spot inks; nothing in RGB or Lab.", _ERROR, False),
    ("colour-spot", "Spot plate", "No more spot inks are needed than the printer has plates for.", _ERROR, False),
    ("spot-name", "Spot ink of two names", "A spot ink is named in one way: each name is a plate.", _WARNING, False),
    ("blend-space", "Blend space", "A page with transparency blends in CMYK.", _ERROR, False),
    ("blend-mode", "Blend mode", "A blend mode is one of those of PDF 1.6.", _ERROR, False),
    ("spot-alternate", "Spot ink of two colours", "A spot ink is one colour wherever it is named.", _ERROR, False),
    ("overprint-icc", "Overprint of a profile's CMYK", "CMYK with a profile overprints in mode 0.", _ERROR, False),
    ("overprint-white", "White overprints", "White knocks out: overprinting it would vanish.", _ERROR, False),
    ("ink-total", "Total ink", "No colour takes more ink than the stock bears.", _ERROR, True),
    ("ink-total-picture", "Total ink of a picture", "No picture takes more ink than the stock bears.", _ERROR, True),
    ("rule-hairline", "Hairline", "No line is thinner than the printer holds.", _ERROR, True),
    ("text-small", "Small type", "No type is smaller than the printer holds.", _ERROR, True),
    ("text-mixed-inks", "Small type in several inks", "Small type stands on one plate.", _ERROR, False),
    ("text-white-out", "Small type left white", "Type left white in other inks is not small.", _ERROR, False),
    ("text-rich-black", "Black type in several inks", "Black reading type is on the black plate alone.", _ERROR, False),
    ("font-not-embedded", "Font not embedded", "Every font that is used is in the file.", _ERROR, True),
    ("font-encoding", "Character map", "A font's character map is in the file, or one of PDF's.", _ERROR, True),
    ("font-coloured", "Coloured Type 3 font", "No glyph brings colours of its own.", _ERROR, True),
    ("glyph-missing", "Glyph missing", "Every character has a glyph in its font.", _ERROR, True),
    ("code-module", "Small code to scan", "A module of a code is at least 0.4 mm wide.", _ERROR, True),
    ("code-quiet", "Crowded code to scan", "Four modules round a code are free.", _ERROR, True),
    ("code-inks", "Code to scan in several inks", "A code is on the black plate alone.", _ERROR, False),
    ("code-contrast", "Pale code to scan", "A code is far darker than its ground.", _ERROR, True),
    ("code-overprint", "Code to scan overprints", "No colour shows through a code.", _ERROR, False),
    ("picture-data", "Picture without data", "A picture has the data that it says it has.", _ERROR, True),
    ("picture-alternate", "Alternate picture", "A picture has no other in its stead.", _ERROR, False),
    ("picture-resolution", "Coarse picture", "Pictures are as fine as asked; from half on, a warning.", _ERROR, True),
    ("trim-box", "TrimBox missing", "Every page says where it is trimmed.", _ERROR, False),
    ("art-box", "ArtBox beside a TrimBox", "A page with a TrimBox has no ArtBox.", _ERROR, False),
    ("boxes-nested", "Boxes not nested", "MediaBox holds BleedBox and CropBox, both hold TrimBox.", _ERROR, True),
    ("bleed-box", "BleedBox", "BleedBox is the trim and at least the printer's bleed, even all round.", _ERROR, False),
    ("boxes-equal", "Pages of unequal trim", "All pages have the same trim.", _ERROR, True),
    ("page-unit", "Unit of a page", "A unit is a 72nd of an inch; no UserUnit makes the page larger.", _ERROR, True),
    ("media-origin", "MediaBox off the origin", "MediaBox begins at 0 0.", _ERROR, False),
    ("marks-in-bleed", "Marks in the bleed", "Marks stand outside the bleed.", _ERROR, True),
    ("bleed-short", "Art stops short of the bleed", "Art that touches the trim runs on to the bleed.", _ERROR, True),
    ("text-safe", "Type near the trim", "Type keeps its distance from the trim.", _ERROR, True),
    ("page-multiple", "Number of pages", "The pages fill the printer's signatures.", _ERROR, True),
    ("page-empty", "Empty page", "Something is printed on every page.", _WARNING, True),
)  # fmt: skip
LABEL_RULES = ("label-missing", "label-unearned")
PLATE_RULES = ("colour-spot", "spot-name")
"""What is asked of all pages together, by the plates that they print on."""
DOCUMENT_RULES = (
    "encrypted", "pdf-version", "page-tree", "document-title", "document-dates", "document-trapped", "document-id",
    "output-intent", "output-profile", "output-condition", *LABEL_RULES, "action", "javascript",
    "embedded-file", "form-field", "boxes-equal", "page-multiple", "print-area", "layers",
)  # fmt: skip
"""What can only be asked of a whole file; all other rules speak of a page."""
FILE_RULES = ("damaged", *DOCUMENT_RULES)
"""What is told of a file whose pages are not read; a page that is read may be damaged, too."""

RULES: dict[str, Rule] = {
    code: Rule(
        code=code,
        title=title,
        asks=asks,
        severity=severity,
        press_only=not for_all,
        on_request=code == "label-missing",
    )
    for code, title, asks, severity, for_all in _ROWS
}
