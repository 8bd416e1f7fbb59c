"""Standards: agreements, their parties and editions, as documents and as a library."""
