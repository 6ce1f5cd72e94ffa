"""The colours of reports by name. Status colours differ in lightness too, and never stand without their shape and word."""

from kring.documents.elements import Paint

INK = Paint("ink", "#1f2b33")
INK_SOFT = Paint("ink-soft", "#50606a")
PAPER = Paint("surface", "#ffffff")
LINE = Paint("line", "#e4dac9")
LINE_STRONG = Paint("line-strong", "#7a6f5f")
BRAND = Paint("brand", "#11506a")
BRAND_SOFT = Paint("brand-soft", "#dfedf0")
SUN = Paint("sun", "#f5bd3d")
PLUM = Paint("plum", "#7a4470")
RED = Paint("red", "#a3202b")
ORANGE = Paint("orange", "#c06a00")
GREEN = Paint("green", "#0b776b")
NONE = Paint("none", "#6b6a66")
RED_SOFT = Paint("red-soft", "#fbe7e3")
ORANGE_SOFT = Paint("orange-soft", "#fdf1dc")
GREEN_SOFT = Paint("green-soft", "#e0f1ec")
RING = Paint("ring", "#f4eee3")
RING_1 = Paint("ring-1", "#f7f3ea")
RING_2 = Paint("ring-2", "#f2ebdc")
RING_3 = Paint("ring-3", "#ece1cb")
RING_4 = Paint("ring-4", "#e6d6b8")
TIE = Paint("tie", "#7d8784")
NODE_QUIET = Paint("node-quiet", "#a9b3af")
FONT = "Atkinson Hyperlegible Next, Atkinson Hyperlegible, Verdana, sans-serif"
