"""The page that explains words, sources and limits; defines none of them."""
