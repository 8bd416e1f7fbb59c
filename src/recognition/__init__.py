"""Recognition: decides engineer profiles against cited standards of mutual recognition."""

__version__ = "0.1.0"
