"""What is printed for an evening: cards with a code, and the ballot on paper."""
