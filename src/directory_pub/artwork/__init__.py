from directory_pub.artwork.choice import Motif, choose_motifs
from directory_pub.artwork.closing import draw_closing
from directory_pub.artwork.cover import draw_back_cover, draw_cover, draw_inside_cover
from directory_pub.artwork.motifs import MOTIFS
from directory_pub.artwork.opener import draw_opener
from directory_pub.artwork.palette import Palette
from directory_pub.artwork.plots import Plan
from directory_pub.artwork.tiles import draw_tile
