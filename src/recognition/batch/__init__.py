"""Files of profiles: read, checked, decided, written; nothing lost, nothing decided twice."""
