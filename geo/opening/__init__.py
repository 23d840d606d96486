"""When a service is open: hours, holidays, states; not whose hours they are."""
