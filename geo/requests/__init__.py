"""What a reader may ask, declared once; not what is answered."""
