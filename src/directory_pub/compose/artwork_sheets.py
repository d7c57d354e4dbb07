"""TEMPORARY."""
from __future__ import annotations
from types import SimpleNamespace
def svg(w,h,fill): return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}mm" height="{h}mm"><rect width="{w}" height="{h}" fill="{fill}"/></svg>'.encode()
def draw_artwork(edition, grid, palette):
    a={}; w=grid.trim.width_mm+6; h=grid.trim.height_mm+6
    for n in ('cover','inside-cover','back-cover'): a[n+'.svg']=svg(w,h,palette['navy'])
    plans={'cover':SimpleNamespace(type_area='left:6mm;top:6mm;width:198mm;height:120mm',word_plots=[f'left:{x}mm;top:{y}mm;width:42mm;height:42mm' for x,y in ((126,127),(42,170),(126,212),(0,254))])}
    for s in edition.sections:
        a[f'opener-{s.key}.svg']=svg(w,h,palette['navy']); plans[f'opener-{s.key}']=SimpleNamespace(type_area='left:6mm;top:2mm')
    for e in edition.entries: a[f'tile-{e.key}.svg']=svg(45,45.85,palette['blue'])
    for p in (edition.root/'styles/icons').glob('*.svg'): a[f'icon-{p.stem}.svg']=p.read_text().replace('currentColor',palette['navy']).encode()
    return a,plans
