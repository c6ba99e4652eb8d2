"""Why, as facts: findings without sentences."""
