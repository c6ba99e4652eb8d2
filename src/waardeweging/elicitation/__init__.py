"""What people find important: ballots as given, the weights they mean, and joint weights."""
