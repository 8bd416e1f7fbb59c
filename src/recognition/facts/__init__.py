"""Facts: profiles as columns of bounds, whatever they were read from."""
