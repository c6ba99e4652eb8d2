"""One module per page; `page()` reads like the screen."""
