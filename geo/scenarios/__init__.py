"""Plans and proposals kept as files; a screen draws them."""
