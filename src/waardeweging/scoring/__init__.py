"""How good each option is: value scores, weighted sums, dominance and a check by other methods."""
