"""The figures, one question each; all drawn on one canvas that fits a phone and a beamer."""
