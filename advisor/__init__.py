"""An advisor for people who open an online shop: it asks, listens, explains, and hands over a plan."""

__version__ = "0.1.0"
