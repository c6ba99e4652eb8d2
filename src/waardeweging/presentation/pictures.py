"""The pictures of an outcome: each a question, an answer, a figure, a table and a description."""

from waardeweging.presentation.figures.canvas import PLOTLY_CONFIG, Picture
from waardeweging.presentation.figures.composition import composition_bars
from waardeweging.presentation.figures.contributions import contributions, for_whom
from waardeweging.presentation.figures.costs import cost_only
from waardeweging.presentation.figures.effects import effect_dots
from waardeweging.presentation.figures.firm import acceptability, tornado
from waardeweging.presentation.figures.rounds import rounds_weights
from waardeweging.presentation.figures.sides import dispute, weights_per_side
from waardeweging.presentation.figures.strip import equality_strip
from waardeweging.presentation.figures.triangle import triangle
from waardeweging.presentation.figures.variants import variant_name, variants

__all__ = [
    "PLOTLY_CONFIG",
    "Picture",
    "acceptability",
    "composition_bars",
    "contributions",
    "cost_only",
    "dispute",
    "effect_dots",
    "equality_strip",
    "for_whom",
    "rounds_weights",
    "tornado",
    "triangle",
    "variant_name",
    "variants",
    "weights_per_side",
]
