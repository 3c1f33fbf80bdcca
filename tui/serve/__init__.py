"""Serve the screens to a browser on this computer only."""
