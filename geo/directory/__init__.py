"""What services there are, as read; not where people look for them, and no file format."""
