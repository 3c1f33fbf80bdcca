"""The screens in a browser, on this computer only."""
