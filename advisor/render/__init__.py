"""The plan for its readers: terminal text and JSON."""
