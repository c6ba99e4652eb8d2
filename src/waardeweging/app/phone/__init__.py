"""The ballot on a phone: small pages that work without a script and survive a bad connection."""
