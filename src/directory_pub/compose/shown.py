"""What a layout is shown of a directory: the fields of each kind that docs/designers.md lists, and nothing else."""

from __future__ import annotations

from directory_pub.compose.adverts import AdvertSlot
from directory_pub.compose.artwork_sheets import Area, TypePlan
from directory_pub.compose.codes import Code
from directory_pub.compose.contact_block import ContactBlock
from directory_pub.compose.contents import ContentsPart, ContentsRow
from directory_pub.compose.contents_columns import ColumnRow, SetRow
from directory_pub.compose.edge_marks import EdgeMark
from directory_pub.compose.index import IndexPage, IndexRow
from directory_pub.compose.lines import Line
from directory_pub.compose.listing import ListingBlock, ListingPage, ListingTab
from directory_pub.compose.logo_sizes import LogoBox
from directory_pub.compose.pictures import PictureBlock, PictureRow, SetPicture
from directory_pub.compose.plate_type import PlateLetter, PlateType
from directory_pub.compose.programme import ProgrammePage
from directory_pub.compose.programme_day import ProgrammeCell, ProgrammeHead, ProgrammeRow
from directory_pub.compose.programme_lines import ProgrammeBlock
from directory_pub.compose.programme_strip import ProgrammeStrip, StripBar, StripHour, StripLane
from directory_pub.compose.sponsors import SponsorMark, SponsorPage, SponsorShelf
from directory_pub.compose.strips import ContactPiece, Strip
from directory_pub.compose.tables import SetCell, SetTable, SetTableRow
from directory_pub.compose.tailpieces import Tailpiece
from directory_pub.compose.terms import TermColumns
from directory_pub.design.grid import Grid
from directory_pub.edition.adverts import Advert
from directory_pub.edition.contact_table import ContactRow
from directory_pub.edition.flatplan import PlannedDay, PlannedPiece
from directory_pub.edition.model import (
    BookPart,
    Cover,
    Edition,
    Entry,
    Group,
    Index,
    Mark,
    OwnField,
    OwnValue,
    Publisher,
    Section,
    TextPage,
    TrimSize,
)
from directory_pub.edition.own_words import OwnWords
from directory_pub.edition.pictures import Photo
from directory_pub.edition.programme import Day, Room
from directory_pub.edition.sponsors import Sponsor, SponsorLevel, Sponsors
from directory_pub.edition.text import (
    Heading,
    IndexMark,
    ItemList,
    Note,
    Paragraph,
    Pictures,
    Quote,
    Row,
    Run,
    Table,
    TermList,
)

__all__ = ["SHOWN"]

_FIELDS: dict[type, str] = {
    Edition: "key title full_title year language languages country publisher created trim bleed_mm page_multiple"
    " contents_title note_pages_title email_opens publisher_details logo cover order text_pages front_matter"
    " fields marks sections entries words indexes sponsors",
    BookPart: "kind key page section",
    TrimSize: "width_mm height_mm",
    OwnWords: "cover contents preface people places topics organisations see see_also continued",
    Cover: "series title year words event theme date venue picture",
    TextPage: "key kind title body picture publisher note_count",
    Publisher: "name logo wordmark address contact",
    Mark: "key sign legend",
    Section: "key title head entries form groups portraits",
    Group: "title initial entries",
    Entry: "key name head subtitle mark motif language country photo logo closing_photo contact body note_count level"
    " locality values",
    Photo: "alt credit focus is_drawing fit caption size",
    Pictures: "photos",
    PictureBlock: "rows gap_mm size below below_lines lines blank",
    PictureRow: "pictures lines",
    SetPicture: "photo width_mm height_mm style caption beside_mm",
    OwnField: "name label type",
    OwnValue: "field texts",
    Sponsors: "title levels",
    SponsorLevel: "title sponsors",
    Sponsor: "name logo web entry address",
    ContactRow: "kind text label network web",
    Heading: "runs level",
    Paragraph: "runs is_see_also",
    ItemList: "items labels",
    TermList: "rows",
    Row: "term paragraphs",
    Quote: "paragraphs credit",
    Table: "wide",
    SetTable: "head rows columns_mm air_mm width_mm caption caption_height is_wide",
    SetTableRow: "cells height",
    SetCell: "lines aligned behind_mm heads_row",
    Run: "text bold italic href language note folio_of indexed",
    IndexMark: "head anchor",
    Note: "key runs index",
    Line: "runs joined hyphen hang_mm text",
    TermColumns: "width_mm term text style whole above",
    PlateType: "lines size_pt leading_mm letters style",
    PlateLetter: "text space_em",
    EdgeMark: "left_mm top_mm width_mm height_mm plot_mm recto artwork",
    PlannedPiece: "kind key section entry count listed folios free fit rule_mm planned",
    PlannedDay: "day",
    Day: "key date title",
    Room: "key name",
    ProgrammePage: "day part opens goes_on title head rows part_mm columns dots_mm strip",
    ProgrammeStrip: "top_mm left_mm width_mm lanes_mm hours lanes bars",
    StripHour: "lines left_mm",
    StripLane: "room top_mm",
    StripBar: "kind here left_mm width_mm top_mm height_mm",
    ProgrammeHead: "room block left_mm width_mm sign_mm",
    ProgrammeRow: "kind top_mm height_mm rule_mm band_mm time cells",
    ProgrammeCell: "anchor blocks left_mm width_mm columns rows",
    ProgrammeBlock: "kind lines top_mm left_mm sign",
    ContentsPart: "rows opens closes folios form columns head legend_air tight",
    ContentsRow: "number kind key name sign subtitle letter",
    ColumnRow: "set before letter goes_on",
    SetRow: "row lines subtitle beside height",
    IndexPage: "key title opens head columns guide",
    IndexRow: "kind runs key goes_on",
    Index: "of title key",
    ListingPage: "columns guide tabs head opens",
    ListingBlock: "kind before lines again title initial entry is_first strips beside field_mm",
    ListingTab: "letter top_mm height_mm",
    Strip: "kind lines before leading label runs_in depth sign sign_depth pieces key folio",
    ContactPiece: "row lines",
    Advert: "key anchor advertiser size alt link",
    AdvertSlot: "advert left_mm top_mm width_mm height_mm is_full source framed",
    LogoBox: "width_mm height_mm left_mm top_mm whole_width_mm whole_height_mm style whole",
    SponsorPage: "title opens shelves",
    SponsorShelf: "title goes_on top_mm rule_mm marks",
    SponsorMark: "logo address box left_mm top_mm name name_top_mm",
    Tailpiece: "key left_mm top_mm width_mm height_mm artwork",
    ContactBlock: "columns style",
    Code: "file said href lines under side_mm top_mm quiet_mm height",
    TypePlan: "type_area word_plots logo_plot",
    Area: "left_mm top_mm width_mm height_mm",
    Grid: "trim bleed_mm unit_mm main_mm lines baseline_mm cap_gap_mm foot_gap_mm ruled_rows text_height_mm foot_mm"
    " tokens has_side side_mm has_beside list_lines list_line_mm people_line_mm",
}
SHOWN = {kind: frozenset(fields.split()) for kind, fields in _FIELDS.items()}
