"""Sets Opvoedkaart up: installs exactly what the lock files say and resolves nothing; standard library only."""
