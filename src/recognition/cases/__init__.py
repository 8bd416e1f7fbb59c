"""Cases: people with the decision that is expected of them, and what they cover."""
