"""What each option does here: costs, emissions and peak, from open formulas and named inputs."""
