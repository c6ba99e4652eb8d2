"""Run it, once or many times: `analyse` is the only conductor."""
