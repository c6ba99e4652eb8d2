"""Words and pictures: findings become sentences, outcomes become tables, figures and files."""
